package import Shared

/// How a shell command ends. Scripts rely on these numbers.
package enum ExitCode: Int32, Sendable {
    case done = 0
    case failed = 1
    case usage = 2
    case unreachable = 3
    case notPermitted = 4
    case notFound = 5
    case conflict = 6
    case invalidValue = 7
    case busy = 8
    case degraded = 9
    case uncertain = 10
    case configuration = 78
    case timeout = 124
    /// As shells call a program that Ctrl-C has ended.
    case interrupted = 130

    package init(_ error: ControlError) {
        self =
            switch error.name {
            case "invalid_json", "invalid_request", "unknown_method": .usage
            case "invalid_value": .invalidValue
            case "not_permitted": .notPermitted
            case "not_found": .notFound
            case "conflict", "confirmation_needed": .conflict
            case "busy": .busy
            case "degraded": .degraded
            case "uncertain": .uncertain
            case "timeout": .timeout
            default: .failed
            }
    }
}
