/// What Discord's secrets look like in running text.
enum SecretShapes {
    /// A run of letters that a token may have, and what was written before it.
    private struct Word {
        let range: Range<Int>
        let gap: Range<Int>
    }

    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        guard bytes.count >= 8 else { return [] }
        var found: [Range<Int>] = []
        var before: [Word] = []
        for word in words(in: bytes) {
            if isToken(bytes[word.range]) {
                found.append(word.range)
            } else if isGiven(word, after: before, bytes) {
                let isPath = bytes[word.gap] == slash[...]
                found.append(word.range.lowerBound..<endOfValue(from: word.range.upperBound, bytes, isPath: isPath))
            }
            before = before.suffix(2) + [word]
        }
        return found
    }

    private static func words(in bytes: [UInt8]) -> [Word] {
        var words: [Word] = []
        var end = 0
        var start: Int?
        for index in 0...bytes.count {
            let isInside = index < bytes.count && isWordByte(bytes[index])
            if isInside, start == nil { start = index }
            if !isInside, let begin = start {
                words.append(Word(range: begin..<index, gap: end..<begin))
                (end, start) = (index, nil)
            }
        }
        return words
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }

    /// A bot's token (three parts, the first an id in base64), a user's ("mfa.…"), an interaction's ("interaction:…" in
    /// base64).
    private static func isToken(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count >= 24 else { return false }
        if word.starts(with: "mfa.".utf8) || word.starts(with: "aW50ZXJhY3Rpb2".utf8) { return true }
        let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(\.count)
        return parts.indices.dropLast(2).contains { parts[$0] >= 18 && (5...8).contains(parts[$0 + 1]) && parts[$0 + 2] >= 20 }
    }

    /// What stands where a secret stands: after "Bearer", in an Authorization header, in a webhook's address, after "token=".
    private static func isGiven(_ word: Word, after before: [Word], _ bytes: [UInt8]) -> Bool {
        guard let last = before.last else { return false }
        let name = lower(last, bytes)
        let gap = Array(bytes[word.gap])
        let isLong = word.range.count >= 8
        switch name {
        case "bearer": return isLong && gap.allSatisfy { $0 == 0x20 }
        case "authorization": return !["bot", "bearer", "basic"].contains(lower(word, bytes))
        case "bot", "basic": return isLong && before.dropLast().last.map { lower($0, bytes) } == "authorization"
        default: break
        }
        if Redaction.isSecret(name) { return isLong && assignments.contains(gap) }
        guard isLong, gap == slash, bytes[last.gap] == slash[...], let kind = before.dropLast().last else { return false }
        return ["webhooks", "interactions"].contains(lower(kind, bytes))
            && bytes[last.range].allSatisfy { $0 >= 48 && $0 <= 57 }
    }

    private static let slash = Array("/".utf8)
    private static let assignments = Set(["=", "=\"", "\":\"", "\": \"", "\\\":\\\""].map { Array($0.utf8) })

    /// Base64 goes on where words end.
    private static func endOfValue(from end: Int, _ bytes: [UInt8], isPath: Bool) -> Int {
        let marks = Array((isPath ? "+=~%" : "+=~%/").utf8)
        return bytes[end...].firstIndex { !isWordByte($0) && !marks.contains($0) } ?? bytes.count
    }

    private static func lower(_ word: Word, _ bytes: [UInt8]) -> String {
        word.range.count > 16 ? "" : String(decoding: bytes[word.range], as: UTF8.self).lowercased()
    }
}
