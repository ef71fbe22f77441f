extension JSON {
    /// The value that says this of itself.
    package func decoded<Value: Decodable>(as _: Value.Type = Value.self) throws -> Value {
        try Value(from: JSONDecoding(json: self, codingPath: []))
    }
}

private struct JSONDecoding: Decoder {
    let json: JSON
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard let object = json.object else { throw unlike("an object") }
        return KeyedDecodingContainer(Members(codingPath: codingPath, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard let items = json.array else { throw unlike("a list") }
        return Items(codingPath: codingPath, items: items)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func unlike(_ wanted: String) -> DecodingError {
        DecodingError.typeMismatch(JSON.self, .init(codingPath: codingPath, debugDescription: "this is not \(wanted)"))
    }

    /// One generic method meets every requirement for a kind of value; the kinds that JSON knows are told apart in `Single`.
    private struct Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let codingPath: [any CodingKey]
        let object: JSON.Object
        var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

        private func below(_ key: any CodingKey) throws -> JSONDecoding {
            guard let value = object[key.stringValue] else {
                throw DecodingError.keyNotFound(
                    key, .init(codingPath: codingPath, debugDescription: "there is no \(key.stringValue)"))
            }
            return JSONDecoding(json: value, codingPath: codingPath + [key])
        }

        func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
        func decodeNil(forKey key: Key) throws -> Bool { try below(key).json.isNull }
        func decode<Value: Decodable>(_: Value.Type, forKey key: Key) throws -> Value { try Value(from: below(key)) }
        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> { try below(key).container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try below(key).unkeyedContainer()
        }
        func superDecoder() -> any Decoder { JSONDecoding(json: object["super"] ?? .null, codingPath: codingPath) }
        func superDecoder(forKey key: Key) throws -> any Decoder { try below(key) }
    }

    private struct Items: UnkeyedDecodingContainer {
        let codingPath: [any CodingKey]
        let items: [JSON]
        var currentIndex = 0
        var count: Int? { items.count }
        var isAtEnd: Bool { currentIndex >= items.count }

        private mutating func next() throws -> JSONDecoding {
            guard !isAtEnd else {
                throw DecodingError.valueNotFound(
                    JSON.self, .init(codingPath: codingPath, debugDescription: "the list has no more items"))
            }
            defer { currentIndex += 1 }
            return JSONDecoding(json: items[currentIndex], codingPath: codingPath)
        }

        mutating func decodeNil() throws -> Bool {
            guard !isAtEnd, items[currentIndex].isNull else { return false }
            currentIndex += 1
            return true
        }
        mutating func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: next()) }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
            try next().container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
        mutating func superDecoder() throws -> any Decoder { try next() }
    }

    private struct Single: SingleValueDecodingContainer {
        let decoder: JSONDecoding
        var codingPath: [any CodingKey] { decoder.codingPath }

        func decodeNil() -> Bool { decoder.json.isNull }
        func decode(_: Bool.Type) throws -> Bool { try value(decoder.json.bool, "true or false") }
        func decode(_: String.Type) throws -> String { try value(decoder.json.text, "text") }
        func decode(_: Double.Type) throws -> Double { try value(decoder.json.double, "a number") }
        func decode(_: Float.Type) throws -> Float { Float(try value(decoder.json.double, "a number")) }
        func decode(_: Int.Type) throws -> Int { try whole() }
        func decode(_: Int8.Type) throws -> Int8 { try whole() }
        func decode(_: Int16.Type) throws -> Int16 { try whole() }
        func decode(_: Int32.Type) throws -> Int32 { try whole() }
        func decode(_: Int64.Type) throws -> Int64 { try whole() }
        func decode(_: UInt.Type) throws -> UInt { try whole() }
        func decode(_: UInt8.Type) throws -> UInt8 { try whole() }
        func decode(_: UInt16.Type) throws -> UInt16 { try whole() }
        func decode(_: UInt32.Type) throws -> UInt32 { try whole() }
        func decode(_: UInt64.Type) throws -> UInt64 { try whole() }
        func decode<Value: Decodable>(_: Value.Type) throws -> Value { try Value(from: decoder) }

        private func whole<Number: BinaryInteger>() throws -> Number {
            try value(decoder.json.int.flatMap { Number(exactly: $0) }, "a whole number that fits")
        }

        private func value<Value>(_ value: Value?, _ wanted: String) throws -> Value {
            guard let value else { throw decoder.unlike(wanted) }
            return value
        }
    }
}
