import Shared

/// What a handler gets: the route's parameters, the query, and a body that is an object (or nothing).
struct Call: Sendable {
    let names: [String: String]
    let query: Query
    let body: JSON
    let files: [Upload]
    let reason: String?

    func id<Kind>(_ name: String, _: Kind.Type = Kind.self) throws(Refusal) -> ID<Kind> {
        guard let text = names[name], let id = ID<Kind>(text) else {
            throw Form.refusal(name, code: "NUMBER_TYPE_COERCE", "Value \"\(names[name] ?? "")\" is not snowflake.")
        }
        return id
    }

    /// A page size: given values beyond the range are refused, as Discord does.
    func limit(_ range: ClosedRange<Int>, default standard: Int) throws(Refusal) -> Int {
        guard let text = query["limit"] else { return standard }
        guard let limit = Int(text) else {
            throw Form.refusal("limit", code: "NUMBER_TYPE_COERCE", "Value \"\(text)\" is not int.")
        }
        if limit > range.upperBound {
            throw Form.refusal(
                "limit", code: "NUMBER_TYPE_MAX", "int value should be less than or equal to \(range.upperBound).")
        }
        if limit < range.lowerBound {
            throw Form.refusal(
                "limit", code: "NUMBER_TYPE_MIN", "int value should be greater than or equal to \(range.lowerBound).")
        }
        return limit
    }

    func cursor<Kind>(_ name: String, _: Kind.Type = Kind.self) throws(Refusal) -> ID<Kind>? {
        guard let text = query[name] else { return nil }
        if text == "0" { return ID<Kind>(1) }
        guard let id = ID<Kind>(text) else {
            throw Form.refusal(name, code: "NUMBER_TYPE_COERCE", "Value \"\(text)\" is not snowflake.")
        }
        return id
    }
}

enum Answer: Sendable {
    case json(Int, JSON)
    case nothing

    static func ok(_ json: JSON) -> Answer { .json(200, json) }
}

/// A way into the API: who may come, how often, and what happens.
struct Route: Sendable {
    enum Door: Sendable { case bot, anybody, interaction }
    typealias Handler = @Sendable (inout World, Call) throws(Refusal) -> Answer

    let method: String
    let template: String
    let segments: [String]
    let bucket: Bucket?
    let door: Door
    let answer: Handler

    var name: String { method + " " + template }

    init(_ method: String, _ template: String, _ bucket: Bucket? = nil, door: Door = .bot, _ answer: @escaping Handler) {
        self.method = method
        self.template = template
        self.bucket = bucket
        self.door = door
        self.answer = answer
        segments = template.split(separator: "/").map(String.init)
    }

    /// The parameters when the path fits, still encoded.
    func match(_ path: [Substring]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var names: [String: String] = [:]
        for (segment, part) in zip(segments, path) {
            if segment.hasPrefix("{") {
                guard let value = Percent.decoded(part), !value.isEmpty else { return nil }
                names[String(segment.dropFirst().dropLast())] = value
            } else if segment != part {
                return nil
            }
        }
        return names
    }

    /// Fixed words win over parameters, so the more special route is looked at first.
    static let all: [Route] =
        (guildRoutes + memberRoutes + roleRoutes + channelRoutes + messageRoutes + reactionRoutes
        + threadRoutes + eventRoutes + inviteRoutes + userRoutes + commandRoutes + interactionRoutes)
        .sorted { $0.segments.filter { $0.hasPrefix("{") }.count < $1.segments.filter { $0.hasPrefix("{") }.count }
}
