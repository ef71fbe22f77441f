internal import Kit
internal import Shared

extension Pings {
    static let pause = switching(
        to: .paused, "pings.pause", "Stops a ping until it is resumed", back: "pings.resume", also: [])
    static let resume = switching(to: .on, "pings.resume", "Lets a paused ping come again", back: "pings.pause", also: [])
    static let remove = switching(
        to: .removed, "pings.remove", "Removes a ping; restore brings it back", back: "pings.restore", also: ["remove_ping"])
    static let restore = switching(
        to: .on, "pings.restore", "Brings back a ping that was removed", back: "pings.remove", also: [])

    private static func switching(
        to state: Ping.State, _ name: String, _ summary: String, back: String, also: [String]
    ) -> Command {
        Command(
            name, summary, access: .manageGuild, also: also, changes: true, returns: rowShape, example: "1",
            number
        ) { turn, id in
            let old = try PingRows.require(id, turn, removed: name == "pings.restore")
            try turn.require(version: old.version)
            guard old.state != state else { return .done(try PingText.changed(old, turn), data: try row(of: old, turn)) }
            var new = old
            new.state = state
            if state == .on { new.trouble = nil }
            let reply = try rewrite(old, as: new, turn)
            turn.change("state of \(new.subject)", from: .string(old.state.rawValue), to: .string(state.rawValue))
            let undo = Invocation(command: back, arguments: ["id": .int(new.id)])
            return Reply(.done, reply.card, data: reply.data, undo: undo)
        }
    }
}
