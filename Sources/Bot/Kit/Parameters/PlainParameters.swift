internal import Shared

extension Parameter where Value == String {
    /// Free text; as the last parameter of a prefix command it takes the rest of the line.
    package static func text(
        _ name: String, _ summary: String, longest: Int = 2000, default standard: String? = nil
    ) -> Parameter {
        var outline = Outline(name, summary, .text(longest: longest))
        outline.isGreedy = true
        return Parameter(outline) { raw, _ throws(Refusal) in
            guard let text = raw.text else { throw .invalid("\(name) is a text, not \(raw.quoted).") }
            guard !text.utf8.contains(0) else { throw .invalid("\(name) has a NUL character in it.") }
            guard text.unicodeScalars.count <= longest else {
                throw .invalid("\(name) is \(text.unicodeScalars.count) characters long; \(longest) fit.")
            }
            guard text.isEmpty || text.showsSomething else { throw .invalid("\(name) has nothing in it that could be seen.") }
            return text
        }.standard(standard, spelled: standard.map(JSON.string))
    }

    /// As `text`; in a shell it is the name of a file.
    package static func document(_ name: String, _ summary: String, longest: Int) -> Parameter {
        var document = text(name, summary, longest: longest)
        document.outline.isDocument = true
        return document
    }

    /// One of several words.
    package static func choice(
        _ name: String, _ summary: String, _ choices: [Choice], default standard: String? = nil
    ) -> Parameter {
        Parameter(Outline(name, summary, .choice(choices))) { raw, _ throws(Refusal) in
            let word = raw.words?.lowercased() ?? ""
            if let choice = choices.first(where: { $0.value.lowercased() == word || $0.label.lowercased() == word }) {
                return choice.value
            }
            let near = nearest(to: word, among: choices.map(\.value)).map { "Did you mean \"\($0)\"? " } ?? ""
            throw .invalid(
                "\(name) cannot be \(raw.quoted).",
                hint: near + "It is one of: \(choices.map(\.value).joined(separator: ", ")).")
        }.standard(standard, spelled: standard.map(JSON.string))
    }

    /// A value that completes itself from the store; the command says what it means.
    package static func lookup(_ name: String, _ summary: String, _ lookup: Lookup) -> Parameter {
        Parameter(Outline(name, summary, .lookup(lookup))) { raw, _ throws(Refusal) in
            guard let text = raw.words, !text.isEmpty else { throw .invalid("\(name) cannot be \(raw.quoted).") }
            return text
        }
    }
}

extension Parameter where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One case of an enum, by its raw value.
    package static func oneOf(_ name: String, _ summary: String, default standard: Value? = nil) -> Parameter {
        let words = Parameter<String>.choice(name, summary, Value.allCases.map { Choice($0.rawValue, $0.rawValue) })
        return Parameter(words.outline) { raw, context throws(Refusal) in
            guard let value = Value(rawValue: try words.parse(raw, context)) else {
                throw .invalid("\(name) cannot be \(raw.quoted).")
            }
            return value
        }.standard(standard, spelled: standard.map { .string($0.rawValue) })
    }
}

extension Parameter where Value == Int {
    package static func whole(
        _ name: String, _ summary: String, _ range: ClosedRange<Int>, default standard: Int? = nil
    ) -> Parameter {
        Parameter(Outline(name, summary, .whole(range))) { raw, _ throws(Refusal) in
            let value: Int? =
                if case .json(let json) = raw, let number = json.int { Int(number) } else { raw.words.flatMap { Int($0) } }
            guard let value else { throw .invalid("\(name) is a whole number, not \(raw.quoted).") }
            guard range.contains(value) else {
                throw .invalid("\(name) is between \(range.lowerBound) and \(range.upperBound), not \(value).")
            }
            return value
        }.standard(standard, spelled: standard.map { .int(Int64($0)) })
    }
}

extension Parameter where Value == Double {
    package static func decimal(
        _ name: String, _ summary: String, _ range: ClosedRange<Double>, default standard: Double? = nil
    ) -> Parameter {
        Parameter(Outline(name, summary, .decimal(range))) { raw, _ throws(Refusal) in
            let words = raw.words.map { $0.contains(".") ? $0 : String($0.map { $0 == "," ? "." : $0 }) }
            guard let value = words.flatMap({ Double($0) }), value.isFinite else {
                throw .invalid("\(name) is a number, not \(raw.quoted).")
            }
            guard range.contains(value) else {
                throw .invalid(
                    "\(name) is between \(plain(range.lowerBound)) and \(plain(range.upperBound)), not \(plain(value)).")
            }
            return value
        }.standard(standard, spelled: standard.map(JSON.double))
    }

    /// "1000" and not "1000.0".
    private static func plain(_ number: Double) -> String { Int64(exactly: number).map { "\($0)" } ?? "\(number)" }
}

extension Parameter where Value == Bool {
    package static func yesNo(_ name: String, _ summary: String, default standard: Bool? = nil) -> Parameter {
        Parameter(Outline(name, summary, .yesNo)) { raw, _ throws(Refusal) in
            if case .json(.bool(let flag)) = raw { return flag }
            switch raw.words?.lowercased() {
            case "yes", "y", "true", "on", "1": return true
            case "no", "n", "false", "off", "0": return false
            default: throw .invalid("\(name) is yes or no, not \(raw.quoted).")
            }
        }.standard(standard, spelled: standard.map(JSON.bool))
    }
}

extension Parameter where Value == String {
    /// A time zone's name, such as "Europe/Brussels".
    package static func zone(_ name: String, _ summary: String) -> Parameter {
        let words = Parameter<String>.text(name, summary, longest: 60)
        var outline = words.outline
        outline.isGreedy = false
        return Parameter(outline) { raw, context throws(Refusal) in
            let text = trimmed(try words.parse(raw, context))
            do { return try Zone(named: text).name } catch { throw .invalid("\(error)") }
        }
    }
}
