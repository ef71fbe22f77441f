internal import Kit
internal import Machine
internal import Shared

/// What other threads tell the server's.
enum Notice: Sendable {
    case answered(client: UInt64, Call, Answered)
    case completed(client: UInt64, id: JSON, Result<[Choice], Refusal>)
    case guilds(client: UInt64, id: JSON, [GuildProfile])
    case looked(feed: Int, Result<[Panel.Line], Refusal>)
    case committed
    case disconnect(client: UInt64)
    case wake
    case stop
}

/// A command that is being run for somebody.
struct Call: Sendable {
    var id: JSON
    var wantsCard: Bool
}

/// The slot in the server's door: any thread puts notices through it.
struct Slot: Sendable {
    let notices: Mailbox<Notice>
    let bell: Bell

    func put(_ notice: Notice) {
        notices.send(notice)
        bell.ring()
    }
}
