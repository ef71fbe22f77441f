internal import Kit
internal import Shared

/// What has to be done about a ticket without anybody's asking, and when: worked out from the ticket and what is set, so that
/// the clock has to be looked at only when the next thing is due.
struct Agenda: Equatable {
    enum Deed: Equatable {
        /// Staff have not answered in time; the ticket is older than it should get.
        case tellAnswer, tellAge
        case warnIdle, warnEmpty
        case closeIdle, closeEmpty
        /// A name that had to wait, because Discord allows two in ten minutes.
        case rename
        case delete
    }

    struct Rules: Equatable {
        var answer = Duration.zero
        var age = Duration.zero
        var idle = Duration.zero
        var empty = Duration.zero
        var warning = 24.hours
        var delete = Duration.zero
        var hours = WorkingHours.always
        var zone = Zone.utc
    }

    struct Entry: Equatable {
        var deed: Deed
        var at: Instant
    }

    /// The earliest first.
    let entries: [Entry]

    init(of ticket: Ticket, _ rules: Rules, hasAnswers: Bool) {
        var entries: [Entry] = []
        func add(_ deed: Deed, _ at: Instant?) { if let at { entries.append(Entry(deed: deed, at: at)) } }
        if ticket.state.isLive {
            if rules.answer > .zero, ticket.answered == nil, !ticket.told.contains(.answer) {
                add(.tellAnswer, rules.hours.add(rules.answer, to: ticket.opened, in: rules.zone))
            }
            if rules.age > .zero, !ticket.told.contains(.age) {
                add(.tellAge, rules.hours.add(rules.age, to: ticket.opened, in: rules.zone))
            }
            let isEmpty = ticket.memberAt == nil && !hasAnswers
            if isEmpty, rules.empty > .zero {
                add(
                    ticket.warned == nil ? .warnEmpty : .closeEmpty,
                    Self.ending(ticket.lastWord, rules.empty, warned: ticket.warned, rules.warning))
            } else if ticket.awaitsMember, rules.idle > .zero {
                add(
                    ticket.warned == nil ? .warnIdle : .closeIdle,
                    Self.ending(ticket.lastWord, rules.idle, warned: ticket.warned, rules.warning))
            }
        }
        if ticket.channel != nil {
            add(.rename, ticket.renameTo.map { _ in ticket.nameFree })
            if ticket.state == .closed, rules.delete > .zero { add(.delete, ticket.closed.map { $0 + rules.delete }) }
        }
        self.entries = entries.sorted { $0.at < $1.at }
    }

    var next: Instant? { entries.first?.at }

    /// The first thing that is due.
    func due(at now: Instant) -> Deed? { entries.first.flatMap { $0.at <= now ? $0.deed : nil } }

    /// Nobody's ticket is closed who was not warned a while before, however late the warning came.
    private static func ending(_ last: Instant, _ time: Duration, warned: Instant?, _ warning: Duration) -> Instant {
        let ahead = min(warning, .milliseconds(time.milliseconds / 2))
        return warned.map { $0 + ahead } ?? last + .milliseconds(time.milliseconds - ahead.milliseconds)
    }
}

extension Turn {
    var ticketRules: Agenda.Rules {
        Agenda.Rules(
            answer: self[Tickets.answerTarget], age: self[Tickets.ageTarget], idle: self[Tickets.closesIdle],
            empty: self[Tickets.closesEmpty], warning: self[Tickets.warning], delete: self[Tickets.deletesAfter],
            hours: workingHours, zone: zone)
    }
}
