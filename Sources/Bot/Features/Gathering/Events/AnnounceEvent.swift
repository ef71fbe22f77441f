internal import Kit
internal import Shared

extension Events {
    /// Posts the message of an occurrence, with what belongs to it.
    static func announce(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        let post = Post(try EventCard.drawn(one, of: meeting, turn))
        let message = try turn.emit(.post(channel: .known(one.channel), post), receiptTo: posted, one.key)
        if turn[reactions] {
            for kind in AnswerKind.all(turn) {
                turn.emit(.react(channel: .known(one.channel), message: .new(message), emoji: kind.emoji))
            }
        }
        let kind = turn[space]
        if kind != .none { try openSpace(kind, turn[access], for: one, of: meeting, under: .new(message), turn) }
    }

    /// What is known has changed. However many answers come, the message is drawn once for all of them, a little later.
    static func goStale(_ one: Occurrence, _ turn: Turn) throws {
        let changed = try turn.store.run(
            "UPDATE events_occurrences SET stale = 1 WHERE meeting = \(one.meeting) AND at = \(one.at) AND stale = 0")
        guard changed > 0 else { return }
        let now = turn.now + turn.late
        // Discord lets a message that is older than an hour be changed less often.
        let isOld = one.message.map { now - $0.created > 1.hours } ?? false
        try turn.schedule(refresh, key: "\(one.meeting).\(one.at.milliseconds)", one.key, at: now + (isOld ? 15 : 3).seconds)
    }

    static let refresh: Job<Occurrence.Key> = Job("events.refresh", late: .always) { turn, key in
        guard let one = try OccurrenceRows.find(key, in: turn.store), one.isStale,
            let meeting = try MeetingRows.find(key.meeting, in: turn.store)
        else { return }
        try redraw(one, of: meeting, turn)
    }

    /// A message that is still on its way is drawn again when it has arrived.
    static func redraw(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        try turn.store.run(
            "UPDATE events_occurrences SET stale = \(one.message == nil) WHERE meeting = \(one.meeting) AND at = \(one.at)")
        guard let message = one.message else { return }
        let post = Post(try EventCard.drawn(one, of: meeting, turn))
        try turn.emit(
            .edit(channel: .known(one.channel), message: .known(message), post), receiptTo: redrawn, one.key)
    }

    static let posted: Job<Occurrence.Key> = Job("events.posted", late: .always) { turn, key in
        guard var one = try OccurrenceRows.find(key, in: turn.store) else { return }
        switch turn.receipt?.outcome {
        case .done(let made?):
            one.message = ID<Message>(made)
            try OccurrenceRows.write(one, in: turn.store)
            try MeetingRows.note(trouble: nil, of: key.meeting, in: turn.store)
            if one.isStale || !one.isLive, let meeting = try MeetingRows.find(key.meeting, in: turn.store) {
                try redraw(one, of: meeting, turn)
            }
        case .refused(let code, let words): try note("Discord did not take the announcement (\(code)): \(words)", key, turn)
        case .uncertain(let words), .expired(let words): try note("The announcement may be missing: \(words)", key, turn)
        case .done(nil), nil: break
        }
    }

    static let redrawn: Job<Occurrence.Key> = Job("events.redrawn", late: .always) { turn, key in
        guard case .refused(let code, let words)? = turn.receipt?.outcome else { return }
        if code == 10008 {
            try loseMessage(of: key, turn)
        } else {
            try note("Discord did not take it (\(code)): \(words)", key, turn)
        }
    }

    /// Somebody deleted the message of an event.
    static let hearDeletions = Listener.event("events.deletions", .deletions, order: 200) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event else { return }
        for message in messages {
            guard let one = try OccurrenceRows.announced(by: message, in: turn.store) else { continue }
            try loseMessage(of: one.key, turn)
        }
    }

    static let repost = Command(
        "events.announce", "Posts an event's message anew, such as after it was deleted", access: .manageEvents, changes: true,
        returns: rowShape, example: "1",
        which
    ) { turn, id in
        let meeting = try MeetingRows.require(id, turn)
        guard let live = try OccurrenceRows.live(meeting.id, in: turn.store) else {
            throw Refusal.conflict("\(meeting.title) does not come any more.", hint: "Give it another time with events edit.")
        }
        guard live.message != nil || meeting.trouble != nil else {
            throw Refusal.conflict("\(meeting.title) is being announced just now.")
        }
        try checkPlaces(meeting, turn)
        try postAnew(live, of: meeting, turn)
        turn.change("announcement of \(meeting.subject)", from: live.message.map { .id($0) } ?? .null, to: "posted again")
        return .done(EventText.announced(meeting), data: try row(of: meeting, turn))
    }

    /// In the channel that the event has now; the old message goes.
    static func postAnew(_ live: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        if let message = live.message { turn.emit(.delete(channel: .known(live.channel), message: .known(message))) }
        var one = live
        one.message = nil
        one.channel = meeting.channel
        try OccurrenceRows.write(one, in: turn.store)
        let post = Post(try EventCard.drawn(one, of: meeting, turn))
        try turn.emit(.post(channel: .known(one.channel), post), receiptTo: posted, one.key)
    }

    private static func loseMessage(of key: Occurrence.Key, _ turn: Turn) throws {
        try turn.store.run("UPDATE events_occurrences SET message = NULL WHERE meeting = \(key.meeting) AND at = \(key.at)")
        try note("Its message was deleted; events announce posts it anew.", key, turn)
    }

    static func note(_ trouble: String, _ key: Occurrence.Key, _ turn: Turn) throws {
        try MeetingRows.note(trouble: trouble, of: key.meeting, in: turn.store)
    }
}
