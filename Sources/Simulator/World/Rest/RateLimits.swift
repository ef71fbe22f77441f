import Shared

/// How often a family of routes may be used for each major parameter.
struct Bucket: Sendable {
    let name: String
    let limit: Int
    let window: Duration
    let major: String?

    /// Opaque, and the same for every major parameter; an era is the time that Discord keeps a name.
    func hash(era: Int64 = 0) -> String {
        let words = era == 0 ? name : "\(name) \(era)"
        return String(words.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }, radix: 16)
    }

    static let send = Bucket(name: "send", limit: 5, window: 5.seconds, major: "channel_id")
    static let change = Bucket(name: "change", limit: 5, window: 1.seconds, major: "channel_id")
    static let read = Bucket(name: "read", limit: 50, window: 1.seconds, major: "channel_id")
    static let react = Bucket(name: "react", limit: 1, window: .milliseconds(250), major: "channel_id")
    static let guildRead = Bucket(name: "guild-read", limit: 50, window: 1.seconds, major: "guild_id")
    static let members = Bucket(name: "members", limit: 10, window: 10.seconds, major: "guild_id")
    static let roles = Bucket(name: "roles", limit: 10, window: 10.seconds, major: "guild_id")
    static let channels = Bucket(name: "channels", limit: 10, window: 10.seconds, major: "channel_id")
    static let commands = Bucket(name: "commands", limit: 20, window: 20.seconds, major: nil)
    static let webhook = Bucket(name: "webhook", limit: 5, window: 2.seconds, major: "webhook")
    static let directs = Bucket(name: "directs", limit: 10, window: 10.seconds, major: nil)
}

/// What is left of each bucket, of the second, and of Discord's patience.
struct RateLimits: Sendable {
    struct Level: Sendable {
        var left: Int
        var reset: Instant
        /// When a response first said that nothing is left.
        var toldEmpty: Instant?
    }

    var levels: [String: Level] = [:]
    var second: (start: Instant, count: Int)?
    var invalid: [Instant] = []
    var refusedTokens: Set<String> = []
    var forbidden: [String: Instant] = [:]
    /// Names and topics of channels: a limit no header tells.
    var renames: [ID<Channel>: [Instant]] = [:]

    enum Verdict { case fine, empty(Duration, wasKnown: Bool) }

    mutating func take(_ bucket: Bucket, _ key: String, at now: Instant, crossing: Duration) -> Verdict {
        var level = levels[key] ?? Level(left: bucket.limit, reset: now + bucket.window)
        if level.reset <= now { level = Level(left: bucket.limit, reset: now + bucket.window) }
        defer { levels[key] = level }
        if levels.count > 10_000 { levels = levels.filter { $0.value.reset > now } }
        guard level.left > 0 else {
            let known = level.toldEmpty.map { $0 + crossing <= now } ?? false
            return .empty(level.reset - now, wasKnown: known)
        }
        level.left -= 1
        if level.left == 0 { level.toldEmpty = now }
        return .fine
    }

    mutating func takeSecond(_ limit: Int, at now: Instant) -> Duration? {
        guard let current = second, current.start + 1.seconds > now else {
            second = (now, 1)
            return nil
        }
        if current.count >= limit { return current.start + 1.seconds - now }
        second = (current.start, current.count + 1)
        return nil
    }
}

extension World {
    static func limited(_ wait: Duration, scope: String) -> Response {
        let seconds = Double(wait.milliseconds) / 1000
        var response = Response(
            429,
            [
                "message": "You are being rate limited.", "retry_after": .double(seconds), "global": .bool(scope == "global"),
            ])
        response.headers += [
            ("Retry-After", String((wait.milliseconds + 999) / 1000)), ("X-RateLimit-Scope", scope), ("Via", "1.1 simulated"),
        ]
        if scope == "global" { response.headers.append(("X-RateLimit-Global", "true")) }
        return response
    }

    /// The headers that let a client learn its buckets.
    func limitHeaders(_ bucket: Bucket, _ key: String) -> [(name: String, value: String)] {
        guard let level = limits.levels[key] else { return [] }
        return [
            ("X-RateLimit-Limit", String(bucket.limit)), ("X-RateLimit-Remaining", String(level.left)),
            ("X-RateLimit-Reset", "\(Double(level.reset.milliseconds) / 1000)"),
            ("X-RateLimit-Reset-After", "\(Double(max(0, (level.reset - now).milliseconds)) / 1000)"),
            ("X-RateLimit-Bucket", bucket.hash(era: rules.bucketEra.map { now.milliseconds / $0.milliseconds } ?? 0)),
        ]
    }

    static func key(_ bucket: Bucket, _ names: [String: String]) -> String {
        switch bucket.major {
        case "webhook": bucket.name + ":" + (names["webhook_token"] ?? names["interaction_token"] ?? "")
        case let major?: bucket.name + ":" + (names[major] ?? "")
        case nil: bucket.name
        }
    }
}
