/// How much a line in the log matters.
package enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case trace, debug, info, warn, error

    package static func < (a: Self, b: Self) -> Bool { a.weight < b.weight }

    private var weight: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warn: 3
        case .error: 4
        }
    }
}

/// How a line in the log is written.
package enum LogFormat: String, CaseIterable, Sendable {
    case json, logfmt
}
