/// Writes scalars of YAML: plain where that reads back as it was, a block for several lines, else in quotation marks.
enum YAMLText {
    /// A key and its text, which may go over several lines.
    static func lines(_ title: String, _ text: String, margin: String) -> [String] {
        guard isBlock(text) else { return [margin + title + ": " + scalar(text)] }
        let body = text.split(separator: "\n", omittingEmptySubsequences: false)
        return [margin + title + ": |-"] + body.map { $0.isEmpty ? "" : margin + "  " + $0 }
    }

    static func scalar(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

    private static let signs: Set<Unicode.Scalar> = Set("-?:,[]{}#&*!|>'\"%@`~=<".unicodeScalars)

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last, !signs.contains(first), first != " ",
            last != " ", last != ":", text != "null", text.unicodeScalars.count <= 500
        else { return false }
        var before: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            guard isShown(scalar), !(before == ":" && scalar == " "), !(before == " " && scalar == "#") else { return false }
            before = scalar
        }
        return true
    }

    /// Its first line shows how far it is indented, and no line ends in a way that is not seen.
    private static func isBlock(_ text: String) -> Bool {
        guard text.unicodeScalars.contains("\n"), let first = text.unicodeScalars.first, first != " ", first != "\n",
            text.unicodeScalars.last != "\n", text.unicodeScalars.last != " "
        else { return false }
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.allSatisfy { line in line.allSatisfy(isShown) && (line.isEmpty || line.contains { $0 != " " }) }
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        var line = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": line += "\\" + String(scalar)
            case "\n": line += "\\n"
            case "\t": line += "\\t"
            case _ where isShown(scalar): line.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16)
                line += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
            }
        }
        return line + "\""
    }
}
