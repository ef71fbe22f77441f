internal import Kit
internal import Shared

/// Something that is called to mind: once or again and again, to one member or to a channel.
struct Reminder: Equatable {
    enum State: String { case on, paused, removed, over }

    /// How it reaches whom.
    enum Way: String {
        /// A private message to who set it.
        case privately
        /// A mention of who set it, where they set it.
        case here
        /// A message to a channel that staff set up.
        case channel
    }

    enum Course: Equatable {
        /// At a moment; the reminder comes then, and once before it where `ahead` is not zero.
        case once(Instant, ahead: Duration)
        /// By an RFC 5545 rule on the clocks of the zone, counted from a moment; single times may be left out.
        case rule(String, since: Instant, skipped: [Instant])
    }

    struct Origin: Equatable {
        var channel: ID<Channel>
        var message: ID<Message>
    }

    var id: Int64 = 0
    var guild: ID<Guild>
    /// Who set it; nil when they had themselves forgotten.
    var owner: ID<Member>?
    var way: Way
    /// Where it is posted; of a private one where it was set, for when it cannot be written privately.
    var channel: ID<Channel>?
    var name: String
    var text: String
    var course: Course
    var zone: String
    /// The time of day that is shown instead of that at which it comes, in minutes.
    var call: Int?
    var place: String?
    var role: ID<Role>?
    var mentionsEveryone = false
    /// When it comes once more because somebody put it off.
    var snoozed: Instant?
    var origin: Origin?
    var state = State.on
    /// Why it was stopped.
    var trouble: String?
    /// When it comes next, as it was last worked out.
    var next: Instant?
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "reminder \(id)" }
    var isPersonal: Bool { way != .channel }
    /// What lists call it.
    var title: String { name.isEmpty ? String(text.prefix(60)) : name }
    var recurs: Bool { if case .rule = course { true } else { false } }

    /// What can be set, as the audit and the undo know it. What a personal one says is nobody's business.
    var settings: JSON {
        let (time, ahead): (String, Duration) =
            switch course {
            case .once(let at, let ahead): (at.rfc3339, ahead)
            case .rule(let rule, _, _): (rule, .zero)
            }
        return .fields([
            "name": name.isEmpty ? nil : .string(name), "channel": isPersonal ? nil : channel.map { .id($0) },
            "time": .string(time), "message": text.isEmpty ? "none" : .string(text),
            "call_time": .string(call.map(Clock.spelled) ?? "none"), "zone": .string(zone), "place": .string(place ?? "none"),
            "role": role.map { .id($0) } ?? "none", "everyone": .bool(mentionsEveryone), "before": .string(ahead.exactly),
        ])
    }
}

/// A time of day in minutes, as it is written.
enum Clock {
    static func spelled(_ minutes: Int) -> String { padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2) }
}
