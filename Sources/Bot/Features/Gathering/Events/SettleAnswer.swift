internal import Kit
internal import Shared

extension Events {
    /// Writes a member's answer, or takes it away, and gives seats that became free to those who wait. Answers what is written.
    @discardableResult
    static func settle(
        _ answer: String?, of member: ID<Member>, in one: Occurrence, of meeting: Meeting, via: String, _ turn: Turn
    ) throws -> AnswerRows.Answer? {
        let before = try AnswerRows.find(member, to: one.key, in: turn.store)
        guard before?.answer != answer else { return before }
        let isGoing = answer == AnswerKind.going.key
        if let answer, answer != AnswerKind.no.key { try checkMaySignUp(member, one, meeting, turn) }
        var after: AnswerRows.Answer?
        if let answer {
            let taken = try AnswerSheet(one, turn).going.filter { $0 != member }.count
            let isFull = meeting.capacity.map { taken >= $0 } ?? false
            let written = AnswerRows.Answer(
                member: member, answer: answer, waits: isGoing && isFull,
                rank: try AnswerRows.nextRank(of: one.key, in: turn.store), answered: turn.now, via: via)
            try AnswerRows.write(written, to: one, in: turn.store)
            after = written
        } else {
            try AnswerRows.delete(member, from: one.key, in: turn.store)
        }
        // Of who is gone or forgotten nothing is written down.
        if via != gone {
            turn.change(
                "answer of member \(member) to event \(meeting.id)", from: before.map { .string($0.answer) } ?? .null,
                to: answer.map(JSON.string) ?? .null)
        }
        if before?.answer == AnswerKind.going.key { try promote(in: one, of: meeting, turn) }
        try goStale(one, turn)
        return after
    }

    private static let gone = "gone"

    private static func checkMaySignUp(
        _ member: ID<Member>, _ one: Occurrence, _ meeting: Meeting, _ turn: Turn
    ) throws(Refusal) {
        if let closed = meeting.signUpEnds(one), turn.now >= closed {
            throw Refusal(
                .conflict, "Sign-up for \(meeting.title) has ended.",
                hint: "You can still answer no, or take your answer back.",
                field: "answer")
        }
        if turn.now >= one.ends { throw .conflict("\(meeting.title) is over.") }
        guard let role = meeting.role else { return }
        let held = turn.house.directory.member(member, in: meeting.guild)?.roles ?? []
        guard held.contains(role) else {
            let name = turn.house.directory.name(of: role).map { "@" + $0 } ?? "a role that is gone"
            throw .forbidden("Only holders of \(name) sign up for \(meeting.title).")
        }
    }

    /// Those who wait get the seats that are free, in the order in which they came, and hear of it.
    static func promote(in one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        let sheet = try AnswerSheet(one, turn)
        let free = meeting.capacity.map { max(0, $0 - sheet.going.count) } ?? sheet.waiting.count
        let next = sheet.waiting.prefix(free)
        guard !next.isEmpty else { return }
        for member in next {
            try turn.store.run(
                """
                UPDATE events_answers SET waits = 0 WHERE meeting = \(one.meeting) AND at = \(one.at) AND member = \(member)
                """)
            turn.change("seat of member \(member) at event \(meeting.id)", from: "waiting", to: "going")
            let post = Post(EventText.promoted(meeting, one, member), whenUnclear: .sendAgain)
            let reason = try turn.tell(member, post, receiptTo: toldOfSeat, Seat(key: one.key, member: member))
            if reason != nil { try tellPublicly(member, one, meeting, turn) }
        }
        try goStale(one, turn)
    }

    struct Seat: Codable, Sendable {
        var key: Occurrence.Key
        var member: ID<Member>
    }

    /// Whom Discord lets nobody write to hears of their seat where everybody reads.
    static let toldOfSeat: Job<Seat> = Job("events.told", late: .always) { turn, seat in
        guard case .refused? = turn.receipt?.outcome, let one = try OccurrenceRows.find(seat.key, in: turn.store), one.isLive,
            let meeting = try MeetingRows.find(seat.key.meeting, in: turn.store)
        else { return }
        try tellPublicly(seat.member, one, meeting, turn)
    }

    private static func tellPublicly(_ member: ID<Member>, _ one: Occurrence, _ meeting: Meeting, _ turn: Turn) throws {
        let isQuiet = try turn.declines(member, .pings)
        turn.emit(
            .post(
                channel: .known(one.space ?? one.channel),
                Post(EventText.promoted(meeting, one, member), mentions: isQuiet ? .nobody : Mentions(members: [member]))))
    }

    /// Whoever leaves the server leaves a seat.
    static let hearLeaving = Listener.event("events.leaving", .members, order: 200) { turn, event in
        guard case .memberLeft(let member, let guild) = event else { return }
        try forgetAnswers(of: member, in: guild, turn)
    }

    /// Takes somebody's answers to what is still to come away; answers how many.
    @discardableResult
    static func forgetAnswers(of member: ID<Member>, in guild: ID<Guild>, _ turn: Turn) throws -> Int {
        let keys = try turn.store.all(
            """
            SELECT a.meeting, a.at FROM events_answers a
            JOIN events_occurrences o ON o.meeting = a.meeting AND o.at = a.at
            WHERE a.guild = \(guild) AND a.member = \(member) AND o.state IN ('open', 'running')
            """
        ) { Occurrence.Key(meeting: $0.int(0), at: $0.instant(1)) }
        for key in keys {
            guard let one = try OccurrenceRows.find(key, in: turn.store),
                let meeting = try MeetingRows.find(key.meeting, in: turn.store)
            else { continue }
            try settle(nil, of: member, in: one, of: meeting, via: gone, turn)
        }
        return keys.count
    }
}

extension Meeting {
    /// From when on nobody signs up any more.
    func signUpEnds(_ one: Occurrence) -> Instant? { cutoff.map { one.starts - $0 } }
}
