internal import Kit

/// What somebody has typed of a name, held against the names of many: capitals do not matter.
struct NameStart {
    enum Verdict: Int { case other, begins, equals }

    private let wanted: [UInt8]
    /// Plain letters are compared as bytes; all others have capitals that only a `String` knows.
    private let isPlain: Bool

    init(_ text: String) {
        wanted = Array(text.lowercased().utf8)
        isPlain = wanted.allSatisfy { $0 < 0x80 }
    }

    var isEmpty: Bool { wanted.isEmpty }

    /// The best that any of the names is.
    func judge(_ names: MemberNames<ArraySlice<UInt8>>) -> Verdict {
        let verdicts = [names.username, names.globalName, names.nick].compactMap { $0.map(judge) }
        return verdicts.max { $0.rawValue < $1.rawValue } ?? .other
    }

    private func judge(_ name: ArraySlice<UInt8>) -> Verdict {
        if !isPlain { return judge(lowered: String(decoding: name, as: UTF8.self).lowercased().utf8) }
        return judge(lowered: name.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    }

    private func judge(lowered name: some Sequence<UInt8>) -> Verdict {
        var rest = wanted[...]
        for letter in name {
            guard let next = rest.first else { return .begins }
            if letter != next { return .other }
            rest = rest.dropFirst()
        }
        return rest.isEmpty ? .equals : .other
    }
}
