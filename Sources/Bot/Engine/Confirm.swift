internal import Kit
internal import Shared

/// What Discord tells the bot about its own doings.
extension Engine {
    /// The bot's own message, come back with the nonce that it was sent with: it has arrived, whatever became of the answer
    /// to the request, and in whichever life of this process it was sent.
    func confirm(_ message: MessageSeen, _ number: Int, _ attempt: inout Attempt) throws {
        guard message.author == bot, message.nonce.count > 0 else { return }
        guard let parcel = try Outbox.waiting(for: message.text(message.nonce), in: store) else { return }
        try perform(
            Receipt(parcel: parcel.id, outcome: .done(made: message.id.number), tries: max(1, parcel.tries)), number, &attempt)
    }

    /// What the bot may do may have changed, and what was forbidden may be allowed.
    func tellRights(_ event: Event) {
        switch event {
        case .roleSeen, .roleDeleted, .channelSeen, .guildSeen, .guildChanged:
            if let guild = event.guild { courier.rightsChanged(in: guild, of: nil) }
        case .memberSeen(let member, joined: false): courier.rightsChanged(in: member.guild, of: member.id)
        default: break
        }
    }
}
