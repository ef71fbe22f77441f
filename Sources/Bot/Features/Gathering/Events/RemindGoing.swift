internal import Kit
internal import Shared

/// One reminder of one occurrence.
struct Rung: Codable, Hashable, Sendable {
    var meeting: Int64
    var at: Instant
    /// How long before the start, in milliseconds.
    var ahead: Int64
    var key: Occurrence.Key { .init(meeting: meeting, at: at) }
}

extension Events {
    static func rungs(of meeting: Meeting, _ turn: Turn) -> [Duration] { Ladder(meeting.ladder ?? turn[ladder])?.rungs ?? [] }

    /// Only those that are still to come: an event that is made an hour before it starts has no reminder of yesterday.
    static func scheduleReminders(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        cancelReminders(meeting, turn)
        let now = turn.now + turn.late
        for (index, rung) in rungs(of: meeting, turn).enumerated() where one.starts - rung > now {
            let payload = Rung(meeting: one.meeting, at: one.at, ahead: rung.milliseconds)
            try turn.schedule(reminder, key: "\(meeting.id).\(index)", payload, at: one.starts - rung)
        }
    }

    static func cancelReminders(_ meeting: Meeting, _ turn: Turn) {
        for index in 0..<Ladder.most { turn.cancel(reminder, key: "\(meeting.id).\(index)") }
    }

    /// EVT-04: each reminder is a row of its occurrence, so it comes once; late, it says so; too late, it is left out.
    static let reminder: Job<Rung> = Job("events.reminder", late: .always) { turn, rung in
        guard let meeting = try MeetingRows.find(rung.meeting, in: turn.store), meeting.state == .on,
            let one = try OccurrenceRows.find(rung.key, in: turn.store), one.state == .open,
            one.starts - .milliseconds(rung.ahead) == turn.now, !isResting(turn)
        else { return }
        if let reason = tooLate(rung, one, meeting, turn) {
            try note(rung, reason, turn)
            return
        }
        guard try note(rung, "sent", turn) else { return }
        try send(one, of: meeting, turn)
    }

    /// After downtime only the newest of several reminders still has a meaning.
    private static func tooLate(_ rung: Rung, _ one: Occurrence, _ meeting: Meeting, _ turn: Turn) -> String? {
        let now = turn.now + turn.late
        if now >= one.starts { return "left out: the event had begun" }
        if turn.late > turn[patience] { return "left out: \(turn.late.spelled) late" }
        let isOvertaken = rungs(of: meeting, turn).contains { $0.milliseconds < rung.ahead && one.starts - $0 <= now }
        return isOvertaken ? "left out: a later reminder was due too" : nil
    }

    /// Answers false when this one was dealt with before.
    @discardableResult
    private static func note(_ rung: Rung, _ outcome: String, _ turn: Turn) throws -> Bool {
        let guild = try turn.requireGuild()
        return try turn.store.run(
            """
            INSERT INTO events_reminders (meeting, guild, at, ahead, sent, outcome)
            VALUES (\(rung.meeting), \(guild), \(rung.at), \(rung.ahead), \(turn.now + turn.late), \(outcome))
            ON CONFLICT DO NOTHING
            """) > 0
    }

    /// Those who are going are mentioned where people talk about it; privately where the server says so, and whom that does not
    /// reach is mentioned after all.
    private static func send(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        let going = try AnswerSheet(one, turn).going
        let place = one.space ?? one.channel
        let isPrivate = turn[remindsBy] == .privately
        let post = Post(EventText.reminder(one, meeting, late: turn.late, []), whenUnclear: .sendAgain)
        let reach = try turn.reach(going, privately: isPrivate ? post : nil, orIn: place)
        if !reach.told.isEmpty, reach.told.count == going.count { return }
        try mention(reach.mentioned, in: place, turn) { EventText.reminder(one, meeting, late: turn.late, $0) }
    }

    /// One post for so many as one message can mention; one also when there is nobody.
    static func mention(
        _ members: [ID<Member>], in channel: ID<Channel>, _ turn: Turn, _ card: ([ID<Member>]) throws -> Card
    ) throws {
        var rest = members[...]
        repeat {
            let some = Array(rest.prefix(50))
            rest = rest.dropFirst(50)
            turn.emit(.post(channel: .known(channel), Post(try card(some), mentions: Mentions(members: some))))
        } while !rest.isEmpty
    }

    /// Another ladder of the server counts for the events that are announced already; one of the whole house for those that are
    /// announced from then on.
    static let hearLadder = Listener.news("events.ladder", SettingChanged.self) { turn, change in
        guard change.name == ladder.name, let guild = change.place, guild == turn.guild else { return }
        for meeting in try MeetingRows.all(of: guild, in: turn.store) where meeting.ladder == nil {
            guard let one = try OccurrenceRows.live(meeting.id, in: turn.store) else { continue }
            try scheduleReminders(one, of: meeting, turn)
        }
    }
}
