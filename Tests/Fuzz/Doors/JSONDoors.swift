import Discord
import FoundationEssentials
import Kit
import Shared

extension Door {
    /// Every verdict and every value is Foundation's, apart from what the two agree to differ about.
    static let json = Door("json", longest: 1 << 14) { bytes in
        let own = try? JSON(parsing: bytes)
        if let own {
            let again = try JSON(parsing: own.bytes)
            try expect(again == own, "what was written reads back as \(again.line), not \(own.line)")
        }
        guard !Tree.guessesEncoding(of: bytes) else { return }
        let foundation = try? JSONDecoder().decode(Tree.self, from: Data(bytes))
        switch (own, foundation) {
        case (let own?, let tree?): try expect(tree.agrees(with: own), "read as \(own.line), by Foundation as \(tree)")
        case (let own?, nil): try expect(Tree.isOurLenience(bytes), "only we accept it, as \(own.line)")
        case (nil, let tree?): try expect(Tree.isOurStrictness(bytes), "only Foundation accepts it, as \(tree)")
        case (nil, nil): return
        }
    }

    /// A gateway's frame is read in parts, and yet is as strictly JSON as if it were read whole; texts lie inside their frame.
    static let gateway = Door("gateway", longest: 1 << 14) { bytes in
        let whole = try? JSON(parsing: bytes)
        let frame = bytes.withUnsafeBufferPointer { bytes in
            try? GatewayDecoder(wanted: .all, bot: ID<Member>(4)).decode(bytes)
        }
        try expect((frame != nil) == (whole?.object != nil), "as a frame \(frame as Any), as JSON \(whole?.line ?? "nothing")")
        guard case .dispatch(_, let event?)? = frame else { return }
        guard case .message(let message) = event else { return }
        for slice in [message.content, message.username, message.globalName, message.nick, message.nonce] {
            try expect(!message.text(slice).utf8.contains(0xFF), "a text that is not UTF-8")
        }
        _ = try? JSON(parsing: message.bytes(message.roles))
    }
}

/// JSON as Foundation understands it.
private enum Tree: Decodable {
    case null, flag(Bool), number(Double), text(String), list([Tree]), object([String: Tree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([Tree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: Tree].self))
        }
    }

    /// Of several members with one name each of us keeps another.
    func agrees(with json: JSON) -> Bool {
        switch (self, json) {
        case (.null, .null): return true
        case (.flag(let flag), .bool(let other)): return flag == other
        case (.number(let number), .int), (.number(let number), .double): return number == json.double
        case (.text(let text), .string(let other)): return Array(text.utf8) == Array(other.utf8)
        case (.list(let list), .array(let others)):
            return list.count == others.count && zip(list, others).allSatisfy { $0.agrees(with: $1) }
        case (.object(let members), .object(let others)):
            let names = Set(others.keys)
            guard names.count == others.members.count else { return names == Set(members.keys) }
            return names.count == members.count
                && members.allSatisfy { name, value in others[name].map(value.agrees) ?? false }
        default: return false
        }
    }

    /// Foundation also reads UTF-16 and UTF-32, and guesses by the first bytes.
    static func guessesEncoding(of bytes: [UInt8]) -> Bool {
        bytes.prefix(4).contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE])
    }

    private static func saysANameTwice(_ bytes: [UInt8]) -> Bool {
        var seen: Set<Substring> = []
        return String(decoding: bytes, as: UTF8.self).matches(of: #/"((?:[^"\\]|\\.)*)"\s*:/#).contains { match in
            !seen.insert(match.output.1).inserted
        }
    }

    /// Half a surrogate pair becomes a replacement character, as Discord's own clients show it.
    static func isOurLenience(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return ["\\ud8", "\\ud9", "\\uda", "\\udb", "\\udc", "\\udd", "\\ude", "\\udf"].contains { text.contains($0) }
    }

    /// We go 64 levels deep, and know no number that begins with needless zeros and no comma that nothing follows. Of values
    /// that have one name, Foundation looks at the one that it keeps.
    static func isOurStrictness(_ bytes: [UInt8]) -> Bool {
        bytes.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } > JSONScanner.deepest
            || String(decoding: bytes, as: UTF8.self).contains(#/(^|[^0-9.eE+])0[0-9]|,\s*[\]}]/#)
            || saysANameTwice(bytes)
    }
}
