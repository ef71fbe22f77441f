extension JSON {
    /// What a value says of itself, in the shape that Foundation's encoder gives it: rows written by either are read by both.
    package init(encoding value: some Encodable) throws {
        let encoding = JSONEncoding(codingPath: [])
        try value.encode(to: encoding)
        self = encoding.slot.json
    }
}

/// Where one value is being put together: an object, unless it becomes a list or is set to something plain.
private final class Slot {
    var plain: JSON?
    var isList = false
    private(set) var items: [Slot] = []
    private var members: [(key: String, slot: Slot)] = []

    var json: JSON {
        if let plain { return plain }
        return isList ? .array(items.map(\.json)) : .object(JSON.Object(members.map { ($0.key, $0.slot.json) }))
    }

    func member(_ key: String) -> Slot {
        let slot = Slot()
        members.append((key, slot))
        return slot
    }

    func item() -> Slot {
        let slot = Slot()
        items.append(slot)
        return slot
    }
}

private struct JSONEncoding: Encoder {
    let codingPath: [any CodingKey]
    var slot = Slot()
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Members(codingPath: codingPath, slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        slot.isList = true
        return Items(codingPath: codingPath, slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(codingPath: codingPath, slot: slot) }

    /// One generic method meets every requirement for a kind of value; the kinds that JSON knows are told apart in `Single`.
    private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let codingPath: [any CodingKey]
        let slot: Slot

        private func below(_ key: any CodingKey) -> JSONEncoding {
            JSONEncoding(codingPath: codingPath + [key], slot: slot.member(key.stringValue))
        }

        func encodeNil(forKey key: Key) { below(key).slot.plain = .null }
        func encode(_ value: some Encodable, forKey key: Key) throws { try value.encode(to: below(key)) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
            below(key).container(keyedBy: type)
        }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { below(key).unkeyedContainer() }
        func superEncoder() -> any Encoder { JSONEncoding(codingPath: codingPath, slot: slot.member("super")) }
        func superEncoder(forKey key: Key) -> any Encoder { below(key) }
    }

    private struct Items: UnkeyedEncodingContainer {
        let codingPath: [any CodingKey]
        let slot: Slot
        var count: Int { slot.items.count }

        private func next() -> JSONEncoding { JSONEncoding(codingPath: codingPath, slot: slot.item()) }

        func encodeNil() { next().slot.plain = .null }
        func encode(_ value: some Encodable) throws { try value.encode(to: next()) }
        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            next().container(keyedBy: type)
        }
        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
        func superEncoder() -> any Encoder { next() }
    }

    private struct Single: SingleValueEncodingContainer {
        let codingPath: [any CodingKey]
        let slot: Slot

        func encodeNil() { slot.plain = .null }
        func encode(_ value: Bool) { slot.plain = .bool(value) }
        func encode(_ value: String) { slot.plain = .string(value) }
        func encode(_ value: Double) throws { try put(value) }
        func encode(_ value: Float) throws { try put(Double(value)) }
        func encode(_ value: Int) throws { try put(value) }
        func encode(_ value: Int8) throws { try put(value) }
        func encode(_ value: Int16) throws { try put(value) }
        func encode(_ value: Int32) throws { try put(value) }
        func encode(_ value: Int64) throws { try put(value) }
        func encode(_ value: UInt) throws { try put(value) }
        func encode(_ value: UInt8) throws { try put(value) }
        func encode(_ value: UInt16) throws { try put(value) }
        func encode(_ value: UInt32) throws { try put(value) }
        func encode(_ value: UInt64) throws { try put(value) }
        func encode(_ value: some Encodable) throws { try value.encode(to: JSONEncoding(codingPath: codingPath, slot: slot)) }

        private func put(_ number: some BinaryInteger) throws {
            guard let whole = Int64(exactly: number) else { throw refused(number, "a whole number beyond 64 bits") }
            slot.plain = .int(whole)
        }

        private func put(_ number: Double) throws {
            guard number.isFinite else { throw refused(number, "a number that JSON does not have") }
            slot.plain = .double(number)
        }

        private func refused(_ value: Any, _ reason: String) -> EncodingError {
            EncodingError.invalidValue(value, .init(codingPath: codingPath, debugDescription: reason))
        }
    }
}
