internal import Kit
internal import Shared

extension Tickets {
    /// TKT-11: what becomes of tickets is told where the server wants it.
    static func log(_ card: Card, _ turn: Turn) {
        guard let channel = turn[logChannel], turn.whyNotPost(in: channel) == nil else { return }
        turn.emit(.post(channel: .known(channel), Post(card)))
    }

    /// Writes into a ticket's own channel.
    static func say(_ card: Card, in ticket: Ticket, _ turn: Turn, mentions: Mentions = .nobody) {
        guard let channel = ticket.channel else { return }
        turn.emit(.post(channel: .known(channel), Post(card, mentions: mentions)))
    }
}
