/// Replaces comments and the insides of texts by blanks and keeps the lines.
enum BlankText {
    static func blanked(_ text: String) -> String {
        var source = Array(text.utf8)[...]
        var out: [UInt8] = []
        out.reserveCapacity(source.count)
        while let byte = source.first {
            guard byte == quote || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "/") else {
                out.append(byte)
                source = source.dropFirst()
                continue
            }
            if source.starts(with: "//".utf8) {
                blank(source.prefix { $0 != newline }.count, of: &source, into: &out)
            } else if source.starts(with: "/*".utf8) {
                blank(lengthOfComment(source), of: &source, into: &out)
            } else if let length = lengthOfText(source) {
                blank(length, of: &source, into: &out)
            } else {
                out.append(byte)
                source = source.dropFirst()
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")

    private static func blank(_ count: Int, of source: inout ArraySlice<UInt8>, into out: inout [UInt8]) {
        out += source.prefix(count).map { $0 == newline ? newline : 0x20 }
        source = source.dropFirst(count)
    }

    /// Comments lie in each other.
    private static func lengthOfComment(_ source: ArraySlice<UInt8>) -> Int {
        var rest = source
        var depth = 0
        repeat {
            let opens = rest.starts(with: "/*".utf8)
            let closes = rest.starts(with: "*/".utf8)
            depth += opens ? 1 : closes ? -1 : 0
            rest = rest.dropFirst(opens || closes ? 2 : 1)
        } while depth > 0 && !rest.isEmpty
        return source.count - rest.count
    }

    /// A text on one or several lines, raw or not. A text inside an interpolation inside a text is followed to its end.
    private static func lengthOfText(_ source: ArraySlice<UInt8>) -> Int? {
        let hashes = source.prefix { $0 == UInt8(ascii: "#") }.count
        var rest = source.dropFirst(hashes)
        guard rest.first == quote else { return nil }
        let isBlock = rest.starts(with: [quote, quote, quote])
        let fence = Array(repeating: UInt8(ascii: "#"), count: hashes)
        let end = Array(repeating: quote, count: isBlock ? 3 : 1) + fence
        let escape = [UInt8(ascii: "\\")] + fence
        rest = rest.dropFirst(isBlock ? 3 : 1)
        while !rest.isEmpty && !rest.starts(with: end) {
            if rest.starts(with: escape + [UInt8(ascii: "(")]) {
                rest = rest.dropFirst(escape.count)
                rest = rest.dropFirst(lengthOfParentheses(rest))
            } else {
                rest = rest.dropFirst(rest.starts(with: escape) ? escape.count + 1 : 1)
            }
        }
        return source.count - rest.dropFirst(end.count).count
    }

    private static func lengthOfParentheses(_ source: ArraySlice<UInt8>) -> Int {
        var rest = source
        var depth = 0
        repeat {
            if let length = lengthOfText(rest) {
                rest = rest.dropFirst(length)
                continue
            }
            depth += rest.first == UInt8(ascii: "(") ? 1 : rest.first == UInt8(ascii: ")") ? -1 : 0
            rest = rest.dropFirst()
        } while depth > 0 && !rest.isEmpty
        return source.count - rest.count
    }
}
