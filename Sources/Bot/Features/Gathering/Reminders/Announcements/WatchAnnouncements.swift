internal import Kit
internal import Shared

extension Reminders {
    /// REM-07: what is announced in a watched channel becomes a reminder, also when it was said while the bot was away.
    static let hearAnnouncements = Listener.message(
        "reminders.announcements", order: 200, alwaysHears: true,
        catchesUp: { turn, channel in WatchedChannels.here(turn).contains(channel) }
    ) { turn, message in
        guard WatchedChannels.here(turn).contains(message.channel), message.author != turn.house.directory.bot,
            let guild = turn.guild, try Announced.find(message.id, in: turn.store) == nil
        else { return .passed }
        let heard = Heard(guild: guild, channel: message.channel, message: message.id)
        try consider(heard, Announcement(message), turn)
        return .passed
    }

    /// An announcement that is changed changes its reminder; Discord also tells of an embed that it has added by itself.
    static let hearEdits = Listener.event("reminders.edits", .edits, order: 200) { turn, event in
        guard case .messageEdited(let message) = event, WatchedChannels.here(turn).contains(message.channel),
            message.author != turn.house.directory.bot, let guild = turn.guild
        else { return }
        let heard = Heard(guild: guild, channel: message.channel, message: message.id)
        guard let known = try Announced.find(message.id, in: turn.store) else {
            return try consider(heard, Announcement(message), turn)
        }
        try follow(known, heard, Announcement(message), turn)
    }

    /// What is announced no more is called to mind no more.
    static let hearDeletions = Listener.event("reminders.deletions", .deletions, order: 200) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event, !WatchedChannels.here(turn).isEmpty else { return }
        for message in messages {
            guard var known = try Announced.find(message, in: turn.store), known.state != .gone else { continue }
            try withdraw(known, turn)
            known.state = .gone
            try known.write(at: turn.now, to: turn.store)
        }
    }

    /// Where a message stands.
    struct Heard: Codable, Sendable {
        var guild: ID<Guild>
        var channel: ID<Channel>
        var message: ID<Message>
        /// Where its reminder is posted, where somebody has said so.
        var target: ID<Channel>?
        /// Where it is told what came of it, where somebody waits for it.
        var answer: ID<Channel>?
    }

    /// Makes a reminder of what is sure, and asks staff where it is not.
    static func consider(_ heard: Heard, _ announcement: Announcement, _ turn: Turn) throws {
        guard let found = read(announcement, of: heard, turn) else {
            return try answer(ReminderText.nothingFound(heard), heard, turn)
        }
        var row = Announced(
            guild: heard.guild, channel: heard.channel, message: heard.message, state: .proposed, reminder: nil,
            reading: found.summary)
        if found.doubts.isEmpty {
            do {
                row.reminder = try make(found, of: heard, turn).data["id"]?.int
                row.state = .made
                try row.write(at: turn.now, to: turn.store)
                return
            } catch let refusal as Refusal {
                return try answer(ReminderText.notMade(heard, refusal), heard, turn)
            }
        }
        try row.write(at: turn.now, to: turn.store)
        try answer(ReminderText.proposed(found, heard, turn), heard, turn)
    }

    static func read(_ announcement: Announcement, of heard: Heard, _ turn: Turn) -> AnnouncementFound? {
        let found = announcement.read(posted: heard.message.created, zone: turn.zone)
        // What was missed for long may be over by now.
        if case .once(let at)? = found?.when, at <= turn.now + turn.late { return nil }
        return found
    }

    static func make(
        _ found: AnnouncementFound, of heard: Heard, course: Reminder.Course? = nil, _ turn: Turn
    ) throws -> Reply {
        try insert(
            Reminder(
                guild: heard.guild, owner: turn.asker.member, way: .channel,
                channel: heard.target ?? turn.value(of: target, channel: heard.channel) ?? heard.channel, name: found.title,
                text: "", course: course ?? found.course(turn.zone, ahead: turn[ahead], now: turn.now + turn.late),
                zone: turn.zone.name, place: found.place, origin: .init(channel: heard.channel, message: heard.message)), turn)
    }

    // MARK: - Following

    private static func follow(_ known: Announced, _ heard: Heard, _ announcement: Announcement, _ turn: Turn) throws {
        let found = read(announcement, of: heard, turn)
        guard known.state == .made || known.state == .proposed, found?.summary ?? "" != known.reading else { return }
        if known.state == .proposed, found != nil { return try consider(heard, announcement, turn) }
        var row = known
        row.reading = found?.summary ?? ""
        try row.write(at: turn.now, to: turn.store)
        guard let id = known.reminder, let old = try ReminderRows.find(id, in: turn.store), old.state == .on else { return }
        guard let found else { return try withdraw(known, turn) }
        var new = old
        (new.name, new.place) = (found.title, found.place)
        let ahead: Duration = if case .once(_, let time) = old.course { time } else { turn[self.ahead] }
        new.course = found.course(turn.zone, ahead: ahead, now: turn.now)
        _ = try rewrite(old, as: new, turn)
        try note(.changed, try ReminderRows.find(id, in: turn.store) ?? new, turn)
    }

    private static func withdraw(_ known: Announced, _ turn: Turn) throws {
        guard let id = known.reminder, let old = try ReminderRows.find(id, in: turn.store),
            old.state == .on || old.state == .paused
        else { return }
        var gone = old
        gone.state = .removed
        _ = try rewrite(old, as: gone, turn)
        try note(.withdrawn, gone, turn)
    }

    /// Tells who asked, else staff.
    static func answer(_ card: Card?, _ heard: Heard, _ turn: Turn) throws {
        guard let card, let channel = heard.answer ?? turn[log], turn.whyNotPost(in: channel) == nil else { return }
        turn.emit(.post(channel: .known(channel), Post(card)))
    }
}

extension AnnouncementFound {
    /// What of it a reminder is made of.
    var summary: String {
        let time =
            switch when {
            case .once(let at): at.rfc3339
            case .weekly(let days, let minutes): days.map { "\($0)" }.joined(separator: ",") + " \(minutes)"
            }
        return [time, title, place ?? ""].joined(separator: "\n")
    }
}
