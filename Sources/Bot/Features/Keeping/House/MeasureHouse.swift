internal import Kit
internal import Shared

extension HouseFeature {
    /// What of the house lies in tables and is measured from outside: OPS-07.
    static let measured = MetricReading { turn in
        let guilds = turn.house.directory.guilds()
        let ledger = turn.house.catalogue.reading(LedgerReading.self)
        let liveliness = turn.house.catalogue.reading(ActivityReading.self)
        var (lively, active): (Int, Int) = (0, 0)
        for guild in guilds {
            guard try liveliness?.today(turn, guild.id).messages ?? 0 > 0 else { continue }
            lively += 1
            let local = turn.inside(guild.id)
            let today = local.zone.day(of: turn.now)
            active += try ledger?.active(local, today...today) ?? 0
        }
        let faults = try turn.store.first("SELECT COUNT(*) FROM house_faults") { $0.int(0) } ?? 0
        let users =
            try turn.store.first("SELECT COUNT(DISTINCT member) FROM house_uses WHERE at > \(turn.now - 1.hours)") { $0.int(0) }
            ?? 0
        return [
            Metric("hearth_guilds", "Servers that the bot is in.", .gauge, Double(guilds.count)),
            Metric("hearth_active_guilds", "Servers in which something was said today.", .gauge, Double(lively)),
            Metric("hearth_active_members", "Members who did something today, server by server.", .gauge, Double(active)),
            Metric("hearth_command_users", "Members who used a command in the last hour.", .gauge, Double(users)),
            Metric("hearth_faults", "Faults that nobody has cleared.", .gauge, Double(faults)),
        ]
    }
}
