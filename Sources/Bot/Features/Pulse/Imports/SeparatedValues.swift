import Shared

/// Rows of a file of comma-separated values: commas, semicolons or tabs, whichever its first line has most of; a field in
/// quotes may hold them, line ends and doubled quotes.
struct SeparatedValues {
    struct Row {
        /// The line that it begins on, from 1.
        var line: Int
        var fields: [String]
    }

    private let bytes: [UInt8]
    private let separator: UInt8
    private var place = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array((text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]).utf8)
        let first = bytes.prefix { $0 != 10 }
        let marks = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        separator = marks.max { a, b in first.count { $0 == a } < first.count { $0 == b } } ?? UInt8(ascii: ",")
    }

    /// Nil at the end.
    mutating func next() -> Row? {
        guard place < bytes.count else { return nil }
        var row = Row(line: line, fields: [])
        var field: [UInt8] = []
        var isQuoted = false
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == 10 { line += 1 }
            switch byte {
            case UInt8(ascii: "\"") where isQuoted:
                if place < bytes.count, bytes[place] == byte {
                    field.append(byte)
                    place += 1
                } else {
                    isQuoted = false
                }
            case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
            case separator where !isQuoted:
                row.fields.append(String(decoding: field, as: UTF8.self))
                field = []
            case 10 where !isQuoted:
                row.fields.append(String(decoding: field, as: UTF8.self))
                return row
            case 13 where !isQuoted: break
            default: field.append(byte)
            }
        }
        row.fields.append(String(decoding: field, as: UTF8.self))
        return row
    }
}
