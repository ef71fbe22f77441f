package import Shared

/// One line of the log before it is written; its texts have been redacted and cut to a length that a pipe takes at once.
package struct LogRecord: Hashable, Sendable {
    package let time: Instant
    package let level: LogLevel
    /// Which room of the house speaks: "gateway", "engine".
    package let room: String
    package let message: String
    package let fields: [LogField]

    package init(
        time: Instant, level: LogLevel, room: String, message: String, fields: [LogField] = [],
        redaction: Redaction = Redaction()
    ) {
        self.time = time
        self.level = level
        self.room = room
        self.message = Self.cut(redaction.redacted(message))
        self.fields = fields.map { field in
            LogField(
                field.name, Redaction.isSecret(field.name) ? .string(Redaction.mark) : Self.cut(redaction.redacted(field.value))
            )
        }
    }

    private static func cut(_ text: String) -> String { text.utf8.count > 2000 ? text.prefix(500) + "…" : text }

    private static func cut(_ value: JSON) -> JSON {
        if case .string(let text) = value { return .string(cut(text)) }
        let line = value.line
        return line.utf8.count > 2000 ? .string(cut(line)) : value
    }

    package var json: JSON {
        var object = JSON.Object([
            ("time", .string(time.rfc3339)), ("level", .string(level.rawValue)), ("room", .string(room)),
            ("message", .string(message)),
        ])
        for field in fields { object[Self.reserved.contains(field.name) ? "field_" + field.name : field.name] = field.value }
        return .object(object)
    }

    /// One line with its end, in UTF-8.
    package func line(as format: LogFormat) -> [UInt8] {
        guard case .object(let object) = json else { return [] }
        switch format {
        case .json: return JSON.object(object).bytes + [0x0A]
        case .logfmt:
            let words = object.members.map { "\($0.key)=\(Self.word($0.value))" }
            return Array((words.joined(separator: " ") + "\n").utf8)
        }
    }

    private static let reserved: Set<String> = ["time", "level", "room", "message"]

    /// Quoted unless it is one plain word.
    private static func word(_ value: JSON) -> String {
        guard case .string(let text) = value else {
            return value.line.contains(" ") ? JSON.string(value.line).line : value.line
        }
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x5C && $0 < 0x7F }
        return isPlain && !text.isEmpty ? text : JSON.string(text).line
    }
}
