internal import Kit
internal import Shared

extension HouseFeature {
    /// OPS-09: where staff hear of faults. Of the whole house what it is set to there, of a server what happened in it.
    static let faultChannel = Setting(
        "house.fault_channel", .optional(.channel("channel", "Where staff are told of what went wrong inside me")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }

    /// Tells staff of each group once, several of them in one message; what is struck from the list and comes again is told
    /// again.
    static let tellFaults: Job<Int> = Job("house.tell_faults", late: .always) { turn, _ in
        let untold = try turn.store.all(
            "SELECT reference, guild FROM house_fault_places WHERE told IS NULL ORDER BY guild, first, reference"
        ) { (reference: $0.text(0), guild: $0.id(1, Guild.self)) }
        guard !untold.isEmpty else { return }
        let new = Set(
            try turn.store.all("SELECT reference FROM house_fault_places GROUP BY reference HAVING COUNT(told) = 0") {
                $0.text(0)
            })
        try turn.store.run("UPDATE house_fault_places SET told = \(turn.now + turn.late) WHERE told IS NULL")
        if let channel = try ownChannel(.house, turn) {
            tell(try FaultRow.all(.house, turn).filter { new.contains($0.reference) }, in: channel, turn)
        }
        let servers = Dictionary(grouping: untold.filter { $0.guild != nil }) { $0.guild?.number ?? 0 }
        for (_, some) in servers.sorted(by: { $0.key < $1.key }) {
            guard let guild = some.first?.guild,
                let channel = try ownChannel(SettingPlace(scope: .guild, target: guild.number, guild: guild), turn),
                turn.inside(guild).whyNotPost(in: channel) == nil
            else { continue }
            let known = Set(some.map(\.reference))
            tell(try FaultRow.all(.guild(guild), turn).filter { known.contains($0.reference) }, in: channel, turn)
        }
    }

    private static func tell(_ rows: [FaultRow], in channel: ID<Channel>, _ turn: Turn) {
        if !rows.isEmpty { turn.emit(.post(channel: .known(channel), Post(HouseText.newFaults(rows)))) }
    }

    /// What is set there and nowhere else: a server does not hear of its faults where the house hears of all.
    private static func ownChannel(_ place: SettingPlace, _ turn: Turn) throws -> ID<Channel>? {
        try SettingRows.own(faultChannel.name, at: place, in: turn.store)?.value.id(Channel.self)
    }
}
