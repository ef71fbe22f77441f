internal import Kit
internal import Shared

/// Pings of the last hour, by channel: whoever they mentioned may still answer. Most messages find nothing here.
final class OpenFires: Hot {
    struct Fire {
        let id: Int64
        let at: Instant
        var message: Int64?
        /// Those who have not answered yet.
        var waiting: Set<Int64>
    }

    /// Within so long an answer is one to the ping.
    static let window = 1.hours

    private var fires: [Int64: [Fire]] = [:]
    private var isOpen = false

    init() {}

    func open(_ turn: Turn) throws {
        guard !isOpen else { return }
        isOpen = true
        try turn.store.each(
            """
            SELECT f.id, f.channel, f.at, f.message, m.member FROM pings_fires f JOIN pings_mentions m ON m.fire = f.id
            WHERE f.at > \(turn.now - Self.window - 1.hours) AND m.answered IS NULL ORDER BY f.id
            """
        ) { row in
            let channel = row.int(1)
            if fires[channel]?.last?.id != row.int(0) {
                fires[channel, default: []].append(
                    Fire(id: row.int(0), at: row.instant(2), message: row.optionalInt(3), waiting: []))
            }
            let last = (fires[channel]?.count ?? 1) - 1
            fires[channel]?[last].waiting.insert(row.int(4))
        }
    }

    func write(to store: any Connection) {}

    func forget() {
        fires = [:]
        isOpen = false
    }

    func add(_ id: Int64, in channel: ID<Channel>, at: Instant, _ members: Set<Int64>) {
        var open = fires[channel.number, default: []].filter { at <= $0.at + Self.window }
        open.append(Fire(id: id, at: at, message: nil, waiting: members))
        fires[channel.number] = open
    }

    /// Its message is there.
    func name(_ id: Int64, _ message: Int64) {
        for channel in fires.keys {
            if let index = fires[channel]?.firstIndex(where: { $0.id == id }) { fires[channel]?[index].message = message }
        }
    }

    /// The pings that somebody answers by being heard here; each is answered once.
    func answered(by member: ID<Member>, in channel: ID<Channel>, at: Instant, to message: ID<Message>? = nil) -> [Int64] {
        guard var open = fires[channel.number] else { return [] }
        open.removeAll { at > $0.at + Self.window || $0.waiting.isEmpty }
        var found: [Int64] = []
        for index in open.indices where at > open[index].at && (message == nil || open[index].message == message?.number) {
            if open[index].waiting.remove(member.number) != nil { found.append(open[index].id) }
        }
        fires[channel.number] = open.isEmpty ? nil : open
        return found
    }
}

extension Pings {
    /// Whoever speaks in the channel within an hour has answered.
    static let hearAnswers = Listener.message("pings.answers", order: 200, alwaysHears: true) { turn, message in
        guard message.isSpeech else { return .passed }
        let fires = turn.hot(OpenFires.self).answered(by: message.author, in: message.channel, at: turn.now)
        try note(fires, message.author, turn)
        return .passed
    }

    /// So has who reacts to the ping itself.
    static let seeAnswers = Listener.event("pings.reactions", .reactions, order: 200) { turn, event in
        guard case .reactionAdded(let reaction) = event, !reaction.giverIsBot else { return }
        let fires = turn.hot(OpenFires.self).answered(
            by: reaction.giver, in: reaction.channel, at: turn.now, to: reaction.message)
        try note(fires, reaction.giver, turn)
    }

    private static func note(_ fires: [Int64], _ member: ID<Member>, _ turn: Turn) throws {
        for fire in fires {
            try turn.store.run(
                "UPDATE pings_mentions SET answered = \(turn.now) WHERE fire = \(fire) AND member = \(member) AND answered IS NULL"
            )
        }
    }

    /// What pings remember of people goes after three months.
    static let sweep = Routine("pings.sweep", every: 1.days) { turn in
        let old = turn.now - 90.days
        try turn.store.run("DELETE FROM pings_mentions WHERE at < \(old)")
        try turn.store.run("DELETE FROM pings_fires WHERE at < \(old)")
    }
}
