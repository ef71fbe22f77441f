internal import Kit
internal import Shared

extension Reminders {
    /// REM-05: each time at which it comes is a row with that time as its key, so it comes once, whatever happens to the process;
    /// and what was missed comes late, and says so.
    static let fire: Job<Int64> = Job("reminders.fire", late: .always) { turn, id in
        guard let one = try ReminderRows.find(id, in: turn.store), one.state == .on else { return }
        let now = turn.now + turn.late
        if isResting(turn) {
            guard one.recurs else { return try turn.schedule(fire, key: one.key, id, at: now + 1.hours) }
            return try goOn(one, after: now, turn)
        }
        guard let (coming, missed) = try one.due(at: turn.now, now: now, turn) else { return try goOn(one, after: now, turn) }
        let after = coming.kind == .ahead || coming.kind == .start ? coming.at : now
        let delivery = Delivery(one, coming, missed: missed, at: now)
        if let reason = try whyNot(delivery, now, turn) {
            try record(delivery, .missed, reason, turn)
            try note(.missed(reason), one, turn)
        } else if try !deliver(delivery, turn) {
            return
        }
        try goOn(one, after: after, turn)
    }

    /// The bot has left the server, or reminders are switched off in it.
    private static func isResting(_ turn: Turn) -> Bool {
        let isOn = turn.house.catalogue.feature("reminders").map { turn.house.isOn($0, turn.guild) } ?? true
        return !isOn || !turn.house.directory.guilds().contains { $0.id == turn.guild }
    }

    /// Goes on to its next time; without one it is over.
    private static func goOn(_ one: Reminder, after moment: Instant, _ turn: Turn) throws {
        var rest = one
        if let snoozed = one.snoozed, snoozed <= moment { rest.snoozed = nil }
        rest.next = try rest.coming(after: moment, count: 1, turn).first?.at
        if let next = rest.next {
            try turn.store.run(
                "UPDATE reminders_reminders SET next = \(next), snoozed = \(rest.snoozed) WHERE id = \(one.id)")
            return try turn.schedule(fire, key: one.key, one.id, at: next)
        }
        rest.state = .over
        try ReminderRows.update(rest, at: turn.now + turn.late, in: turn.store)
        try note(.over, rest, turn)
    }

    /// Why this time passes without a word. A single date is told of however late it is.
    private static func whyNot(_ delivery: Delivery, _ now: Instant, _ turn: Turn) throws -> String? {
        let (one, coming) = (delivery.reminder, delivery.coming)
        if coming.kind == .ahead, let at = one.once, at <= now { return "the date itself had come" }
        if coming.kind == .again, now - coming.at > turn[patience] {
            return "the bot was not there, and \((now - coming.at).spelled) later was too late"
        }
        if one.way == .channel, let channel = one.channel, try turn.declines(channel, .pings) {
            return "the channel is silenced"
        }
        return nil
    }

    // MARK: - Sending

    /// Answers false when nothing more is to come of it: this time has been dealt with already, or it had to be stopped.
    private static func deliver(_ delivery: Delivery, _ turn: Turn) throws -> Bool {
        let one = delivery.reminder
        guard let fire = try record(delivery, .sent, nil, turn) else { return true }
        if one.isPersonal, let owner = one.owner, turn.house.directory.member(owner, in: one.guild) == nil {
            return try stop(one, "You had left the server.", fire, turn)
        }
        if one.way == .privately {
            guard let owner = one.owner else { return true }
            let post = Post(try ReminderText.privately(delivery, turn))
            guard let reason = try turn.tell(owner, post, receiptTo: sent, fire) else { return true }
            return try fallBack(fire, delivery, reason, turn)
        }
        guard let channel = one.channel else { return true }
        if let refusal = turn.whyNotPost(in: channel) { return try stop(one, refusal.trouble, fire, turn) }
        let (card, mentions) = try ReminderText.posted(delivery, turn)
        try turn.emit(.post(channel: .known(channel), Post(card, mentions: mentions)), receiptTo: sent, fire)
        try note(.sent(delivery), one, turn)
        return true
    }

    /// Who cannot be written to is called where they set it: without a word of what it is about.
    private static func fallBack(_ fire: Int64, _ delivery: Delivery, _ reason: String, _ turn: Turn) throws -> Bool {
        let one = delivery.reminder
        guard let channel = one.channel, turn.whyNotPost(in: channel) == nil, let owner = one.owner else {
            return try stop(one, "I could not write to you: \(reason).", fire, turn)
        }
        try turn.store.run("UPDATE reminders_fires SET outcome = 'called', note = \(reason) WHERE id = \(fire)")
        let mentions = try turn.declines(owner, .pings) ? Mentions.nobody : Mentions(members: [owner])
        try turn.emit(
            .post(channel: .known(channel), Post(ReminderText.called(owner, one), mentions: mentions)), receiptTo: sent, fire)
        return true
    }

    /// What Discord said of the message. One that it will not take again stops the reminder, with the reason.
    static let sent: Job<Int64> = Job("reminders.sent", late: .always) { turn, fire in
        switch turn.receipt?.outcome {
        case .done(let made?): try turn.store.run("UPDATE reminders_fires SET message = \(made) WHERE id = \(fire)")
        case .refused(let code, let message):
            let found = try turn.store.first("SELECT reminder, outcome, due, kind FROM reminders_fires WHERE id = \(fire)") {
                ($0.int(0), $0.text(1), $0.instant(2), $0.text(3))
            }
            guard let (id, outcome, due, kind) = found, let one = try ReminderRows.find(id, in: turn.store) else { return }
            if one.way == .privately, outcome == Outcome.sent.rawValue, let kind = Coming.Kind(rawValue: kind) {
                let delivery = Delivery(one, Coming(at: due, kind: kind, event: nil), missed: 0, at: turn.now)
                _ = try fallBack(fire, delivery, "Discord says: \(message)", turn)
                return
            }
            _ = try stop(one, "Discord refused it (\(code)): \(message)", fire, turn)
        case .uncertain(let words), .expired(let words):
            try turn.store.run("UPDATE reminders_fires SET note = \(words) WHERE id = \(fire)")
        case .done(nil), nil: break
        }
    }

    private static func stop(_ one: Reminder, _ trouble: String, _ fire: Int64, _ turn: Turn) throws -> Bool {
        try turn.store.run("UPDATE reminders_fires SET outcome = 'refused', note = \(trouble) WHERE id = \(fire)")
        var stopped = one
        stopped.state = .paused
        stopped.trouble = trouble
        stopped.next = nil
        try ReminderRows.update(stopped, at: turn.now + turn.late, in: turn.store)
        turn.cancel(Self.fire, key: one.key)
        try note(.stopped(trouble), stopped, turn)
        return false
    }

    enum Outcome: String { case sent, called, missed, refused }

    /// Nil when this time has been dealt with already.
    @discardableResult
    private static func record(_ delivery: Delivery, _ outcome: Outcome, _ words: String?, _ turn: Turn) throws -> Int64? {
        let (one, coming) = (delivery.reminder, delivery.coming)
        return try turn.store.first(
            """
            INSERT INTO reminders_fires (reminder, guild, due, at, kind, outcome, note)
            VALUES (\(one.id), \(one.guild), \(coming.at), \(delivery.at), \(coming.kind.rawValue), \(outcome.rawValue), \(words))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ) { $0.int(0) }
    }
}

/// A reminder on its way, and how late it is.
struct Delivery {
    var reminder: Reminder
    var coming: Coming
    /// Times before it that passed unsaid.
    var missed: Int
    var at: Instant

    init(_ reminder: Reminder, _ coming: Coming, missed: Int, at: Instant) {
        (self.reminder, self.coming, self.missed, self.at) = (reminder, coming, missed, at)
    }

    var late: Duration { at - coming.at }
}

extension Refusal {
    /// The sentence and what mends it, as a reminder's trouble.
    fileprivate var trouble: String { hint.map { sentence + " " + $0 } ?? sentence }
}
