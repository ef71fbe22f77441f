package import Shared

/// Discord's "no": a status, a code to branch on, a sentence, and for forms the place of each mistake.
package struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
    package var status: Int
    package var code: Int
    package var message: String
    package var errors: JSON?
    /// When to come again, in seconds.
    package var retryAfter: Double?

    package init(_ status: Int, _ code: Int, _ message: String, errors: JSON? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
    }

    package var description: String { "\(status) \(code) \(message)" + (errors.map { " " + $0.line } ?? "") }

    var json: JSON {
        .fields([
            "message": .string(message), "code": .int(Int64(code)), "errors": errors,
            "retry_after": retryAfter.map(JSON.double),
            "global": status == 429 ? false : nil,
        ])
    }

    static func limited(_ code: Int, _ message: String, for wait: Duration) -> Refusal {
        var refusal = Refusal(429, code, message)
        refusal.retryAfter = Double(wait.milliseconds) / 1000
        return refusal
    }

    static let unauthorized = Refusal(401, 0, "401: Unauthorized")
    static let noRoute = Refusal(404, 0, "404: Not Found")
    static let missingAccess = Refusal(403, 50001, "Missing Access")
    static let missingPermissions = Refusal(403, 50013, "Missing Permissions")
    static let unknownChannel = Refusal(404, 10003, "Unknown Channel")
    static let unknownGuild = Refusal(404, 10004, "Unknown Guild")
    static let unknownMember = Refusal(404, 10007, "Unknown Member")
    static let unknownMessage = Refusal(404, 10008, "Unknown Message")
    static let unknownRole = Refusal(404, 10011, "Unknown Role")
    static let unknownUser = Refusal(404, 10013, "Unknown User")
    static let unknownEmoji = Refusal(400, 10014, "Unknown Emoji")
    static let unknownWebhook = Refusal(404, 10015, "Unknown Webhook")
    static let unknownBan = Refusal(404, 10026, "Unknown Ban")
    static let unknownInteraction = Refusal(404, 10062, "Unknown interaction")
    static let unknownCommand = Refusal(404, 10063, "Unknown application command")
    static let unknownOverwrite = Refusal(404, 10009, "Unknown Overwrite")
    static let unknownEvent = Refusal(404, 10070, "Unknown Guild Scheduled Event")
    static let unknownVoice = Refusal(404, 10065, "Unknown Voice State")
    static let wrongApplication = Refusal(403, 20012, "You are not authorized to perform this action on this application")
    static let alreadyAcknowledged = Refusal(400, 40060, "Interaction has already been acknowledged.")
    static let notAuthor = Refusal(403, 50005, "Cannot edit a message authored by another user")
    static let emptyMessage = Refusal(400, 50006, "Cannot send an empty message")
    static let notText = Refusal(400, 50008, "Cannot send messages in a non-text channel")
    static let closedMessages = Refusal(403, 50007, "Cannot send messages to this user")
    static let systemMessage = Refusal(403, 50021, "Cannot execute action on a system message")
    static let wrongChannelKind = Refusal(400, 50024, "Cannot execute action on this channel type")
    static let badWebhookToken = Refusal(401, 50027, "Invalid Webhook Token")
    static let archivedThread = Refusal(400, 50083, "Thread is archived")
    static let badJSON = Refusal(400, 50109, "The request body contains invalid JSON.")
}

/// Collects the mistakes of one form, each at its path, and refuses them together.
struct Form {
    private var mistakes: [(path: [String], code: String, message: String)] = []
    var isClean: Bool { mistakes.isEmpty }

    mutating func note(_ path: String..., code: String, _ message: String) { mistakes.append((path, code, message)) }
    mutating func note(_ path: [String], code: String, _ message: String) { mistakes.append((path, code, message)) }

    mutating func length(_ value: JSON?, _ path: [String], _ range: ClosedRange<Int>) {
        guard let value, !value.isNull else { return }
        guard let text = value.text else {
            return note(path, code: "BASE_TYPE_BAD_TYPE", "Could not interpret \"\(value.line)\" as string.")
        }
        let count = text.unicodeScalars.count
        if range.contains(count) { return }
        if count < range.lowerBound, range.lowerBound == 1 {
            return note(path, code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        if count > range.upperBound, range.lowerBound == 0 {
            return note(
                path, code: "BASE_TYPE_MAX_LENGTH", "Must be \(range.upperBound) or fewer in length.")
        }
        note(
            path, code: "BASE_TYPE_BAD_LENGTH", "Must be between \(range.lowerBound) and \(range.upperBound) in length.")
    }

    mutating func number(_ value: JSON?, _ path: [String], _ range: ClosedRange<Int64>) {
        guard let value, !value.isNull else { return }
        guard let number = value.int else {
            return note(path, code: "NUMBER_TYPE_COERCE", "Value \(value.line) is not int.")
        }
        if number > range.upperBound {
            note(path, code: "NUMBER_TYPE_MAX", "int value should be less than or equal to \(range.upperBound).")
        } else if number < range.lowerBound {
            note(path, code: "NUMBER_TYPE_MIN", "int value should be greater than or equal to \(range.lowerBound).")
        }
    }

    func refuse() throws(Refusal) {
        if isClean { return }
        var tree = JSON.Object()
        for mistake in mistakes { Self.insert(mistake.path[...], mistake.code, mistake.message, into: &tree) }
        throw Refusal(400, 50035, "Invalid Form Body", errors: .object(tree))
    }

    private static func insert(_ path: ArraySlice<String>, _ code: String, _ message: String, into tree: inout JSON.Object) {
        guard let first = path.first else {
            let earlier = tree["_errors"]?.array ?? []
            tree["_errors"] = .array(earlier + [["code": .string(code), "message": .string(message)]])
            return
        }
        var child = tree[first]?.object ?? JSON.Object()
        insert(path.dropFirst(), code, message, into: &child)
        tree[first] = .object(child)
    }

    static func refusal(_ path: String..., code: String, _ message: String) -> Refusal {
        var tree = JSON.Object()
        insert(path[...], code, message, into: &tree)
        return Refusal(400, 50035, "Invalid Form Body", errors: .object(tree))
    }
}
