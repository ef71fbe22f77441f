package import Kit
package import Shared

/// Why a request got no result, as the protocol says it. The names are the contract.
package struct Failure: Error, Hashable {
    package enum Name: String, Hashable, CaseIterable {
        case invalidJSON = "invalid_json"
        case invalidRequest = "invalid_request"
        case unknownMethod = "unknown_method"
        case invalidValue = "invalid_value"
        case failed
        case notPermitted = "not_permitted"
        case notFound = "not_found"
        case conflict
        case confirmationNeeded = "confirmation_needed"
        case busy, degraded, uncertain, timeout

        package var code: Int64 {
            switch self {
            case .invalidJSON: -32700
            case .invalidRequest: -32600
            case .unknownMethod: -32601
            case .invalidValue: -32602
            case .failed: -32603
            case .notPermitted: -32010
            case .notFound: -32011
            case .conflict: -32012
            case .confirmationNeeded: -32013
            case .busy: -32014
            case .degraded: -32015
            case .uncertain: -32016
            case .timeout: -32017
            }
        }
    }

    package var name: Name
    package var message: String
    package var hint: String?
    package var data = JSON.Object()

    package init(_ name: Name, _ message: String, hint: String? = nil, field: String? = nil) {
        self.name = name
        self.message = message
        self.hint = hint
        data["field"] = field.map(JSON.string)
    }

    package static func invalid(_ message: String, field: String, hint: String? = nil) -> Failure {
        Failure(.invalidValue, message, hint: hint, field: field)
    }

    package init(_ refusal: Refusal) {
        let name: Name =
            switch refusal.kind {
            case .invalid: .invalidValue
            case .notFound: .notFound
            case .conflict: .conflict
            case .forbidden: .notPermitted
            case .limited: .busy
            case .unavailable: .degraded
            case .unconfirmed: .confirmationNeeded
            }
        let hints = refusal.picture + (refusal.hint.map { [$0] } ?? [])
        self.init(name, refusal.sentence, hint: hints.isEmpty ? nil : hints.joined(separator: "\n"), field: refusal.field)
        data["retry_ms"] = refusal.retryMilliseconds.map(JSON.int)
        if let confirmation = refusal.confirmation {
            data["confirm"] = .string(confirmation.token)
            data["plan"] = confirmation.plan.json
        }
    }

    package init(reference: String) {
        self.init(
            .failed, "Something went wrong inside the bot; it is logged as \(reference).",
            hint: "Look for \(reference) in the log, or in `house.faults`.")
        data["reference"] = .string(reference)
    }

    package var json: JSON {
        .fields([
            "code": .int(name.code), "name": .string(name.rawValue), "message": .string(message),
            "hint": hint.map(JSON.string), "data": data.isEmpty ? JSON?.none : .object(data),
        ])
    }
}
