internal import Kit
internal import Shared

/// An event as somebody has set it up, with all the times that it comes.
struct Meeting: Equatable {
    enum State: String { case on, cancelled, archived }

    var id: Int64 = 0
    var guild: ID<Guild>
    var title: String
    var text: String
    /// When it comes first; an occurrence itself.
    var start: Instant
    var length: Duration
    /// On whose clocks it comes again.
    var zone: String
    var rule: String?
    /// Where it is announced.
    var channel: ID<Channel>
    /// Where it takes place: a voice channel, somewhere else, or nowhere in particular.
    var voice: ID<Channel>?
    var place: String?
    /// How many may be going; nil for any number.
    var capacity: Int?
    /// How long before the start nobody signs up any more.
    var cutoff: Duration?
    /// Whose holders alone may sign up.
    var role: ID<Role>?
    /// Its own reminders, or the server's when nil.
    var ladder: String?
    /// The announcement's words, by name.
    var template: String?
    var creator: ID<Member>?
    /// What it is called in calendars.
    var uid: String
    var state = State.on
    /// What Discord did not take.
    var trouble: String?
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "event \(id)" }
    var end: Instant { start + length }

    var recurrence: Recurrence? { rule.map { Recurrence(rule: $0, start: start, zone: zone) } }

    /// What somebody can set, as the audit and the undo know it and `events.edit` reads it.
    var settings: JSON {
        [
            "title": .string(title), "description": text.isEmpty ? "none" : .string(text), "start": .string(start.rfc3339),
            "end": .string(end.rfc3339), "recurrence": rule.map(JSON.string) ?? "none", "channel": .id(channel),
            "zone": .string(zone), "voice": voice.map { .id($0) } ?? "none", "place": place.map(JSON.string) ?? "none",
            "capacity": capacity.map { .int(Int64($0)) } ?? "none", "cutoff": cutoff.map { .string($0.exactly) } ?? "none",
            "role": role.map { .id($0) } ?? "none", "reminders": .string(ladder ?? "server"),
            "template": template.map(JSON.string) ?? "none",
        ]
    }
}
