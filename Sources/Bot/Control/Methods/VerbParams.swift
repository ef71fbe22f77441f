internal import Kit
internal import Shared

/// The params of one of the socket's own verbs. A name that the verb does not know is refused: typos must not pass.
struct VerbParams {
    let params: JSON.Object

    init(_ params: JSON.Object, of verb: Verb) throws(Failure) {
        let known = verb.structured.map(\.name) + verb.outlines.map(\.name)
        for name in params.keys where !known.contains(name) {
            throw known.isEmpty
                ? .invalid("\(verb.rawValue) takes no parameters.", field: String(name.prefix(60)))
                : Envelope.unknown(name, among: known)
        }
        self.params = params
    }

    subscript(name: String) -> JSON? { params[name].flatMap { $0.isNull ? nil : $0 } }

    func text(_ name: String, longest: Int = 200) throws(Failure) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.text, text.utf8.count <= longest, !text.utf8.contains(0) else {
            throw .invalid("\(name) is a text of at most \(longest) bytes.", field: name)
        }
        return text
    }

    func required(_ name: String) throws(Failure) -> String {
        guard let text = try text(name) else { throw .invalid("\(name) is missing.", field: name) }
        return text
    }

    func whole(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.int, range.contains(Int(clamping: number)) else {
            throw .invalid("\(name) is a whole number from \(range.lowerBound) to \(range.upperBound).", field: name)
        }
        return Int(clamping: number)
    }

    func decimal(_ name: String, in range: ClosedRange<Double>) throws(Failure) -> Double? {
        guard let value = self[name] else { return nil }
        guard let number = value.double, range.contains(number) else {
            throw .invalid("\(name) is a number from \(range.lowerBound) to \(range.upperBound).", field: name)
        }
        return number
    }
}
