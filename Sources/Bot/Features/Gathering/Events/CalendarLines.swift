internal import Shared

/// One property of an iCalendar file (RFC 5545): its name, its parameters, its value as it stands there.
struct CalendarLine: Equatable {
    var name: String
    var parameters: [String: String] = [:]
    var value: String

    init(_ name: String, _ value: String, _ parameters: KeyValuePairs<String, String> = [:]) {
        self.name = name
        self.value = value
        for (key, value) in parameters { self.parameters[key] = value }
    }

    /// Nil when it is none.
    init?(reading line: String) {
        var (head, value, isQuoted) = ("", "", false)
        var parts: [String] = []
        var isHead = true
        for character in line {
            switch character {
            case _ where !isHead: value.append(character)
            case "\"": isQuoted.toggle()
            case ":" where !isQuoted:
                parts.append(head)
                isHead = false
            case ";" where !isQuoted:
                parts.append(head)
                head = ""
            default: head.append(character)
            }
        }
        guard !isHead, let name = parts.first, !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
        else { return nil }
        self.name = name.uppercased()
        self.value = value
        for part in parts.dropFirst() {
            let sides = part.split(separator: "=", maxSplits: 1)
            guard sides.count == 2 else { return nil }
            parameters[sides[0].uppercased()] = String(sides[1])
        }
    }

    /// As it stands in a file: after 75 bytes it goes on in a new line, never inside a character.
    var text: String {
        let spelled = parameters.sorted { $0.key < $1.key }.map { ";\($0.key)=\($0.value)" }.joined()
        var lines = ""
        var bytes = 0
        for character in (name + spelled + ":" + value).unicodeScalars {
            let size = UTF8.encode(character)?.count ?? 1
            if bytes + size > 75 {
                lines += "\r\n "
                bytes = 1
            }
            lines.unicodeScalars.append(character)
            bytes += size
        }
        return lines + "\r\n"
    }

    /// All properties of a file, what goes on in a new line put together again. Throws the number of a line that is none.
    static func all(in text: String) throws(Broken) -> [CalendarLine] {
        var whole: [(number: Int, text: String)] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
        for (index, line) in lines.enumerated() {
            if let first = line.first, first == " " || first == "\t", !whole.isEmpty {
                whole[whole.count - 1].text += line.dropFirst()
            } else if !line.isEmpty {
                whole.append((index + 1, String(line)))
            }
        }
        var found: [CalendarLine] = []
        for (number, text) in whole {
            guard let line = CalendarLine(reading: text) else { throw Broken(line: number) }
            found.append(line)
        }
        return found
    }

    struct Broken: Error, Equatable { var line: Int }
}

extension String {
    /// With what means something in a calendar's text made harmless.
    var calendarText: String {
        var text = ""
        for character in self {
            switch character {
            case "\\", ";", ",": text += "\\" + String(character)
            case "\n", "\r\n", "\r": text += "\\n"
            default:
                if character.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 || $0 == "\t" }) {
                    text.append(character)
                }
            }
        }
        return text
    }

    /// What a calendar's text says.
    var fromCalendarText: String {
        var text = ""
        var isEscaped = false
        for character in self {
            if isEscaped {
                text.append(character == "n" || character == "N" ? "\n" : character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                text.append(character)
            }
        }
        return text
    }
}
