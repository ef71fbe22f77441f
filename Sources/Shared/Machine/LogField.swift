package import Shared

/// One named value of a line in the log.
package struct LogField: Hashable, Sendable {
    package let name: String
    package let value: JSON

    package init(_ name: String, _ value: JSON) { (self.name, self.value) = (name, value) }

    package static func text(_ name: String, _ value: some CustomStringConvertible) -> LogField {
        LogField(name, .string("\(value)"))
    }
    package static func whole(_ name: String, _ value: some BinaryInteger) -> LogField {
        LogField(name, .int(Int64(clamping: value)))
    }
    package static func flag(_ name: String, _ value: Bool) -> LogField { LogField(name, .bool(value)) }

    package static func command(_ name: String) -> LogField { text("command", name) }
    package static func user(_ id: ID<Member>) -> LogField { LogField("user", .id(id)) }
    package static func guild(_ id: ID<Guild>) -> LogField { LogField("guild", .id(id)) }
    package static func channel(_ id: ID<Channel>) -> LogField { LogField("channel", .id(id)) }
    /// Thousandths are enough.
    package static func latency(milliseconds: Double) -> LogField {
        LogField("latency_ms", .double((milliseconds * 1000).rounded() / 1000))
    }
    package static func error(_ error: some Error) -> LogField { text("error", "\(error)") }
}
