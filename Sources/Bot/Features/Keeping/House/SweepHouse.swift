internal import Kit
internal import Shared

extension HouseFeature {
    /// Every hour, what has served its time goes. The newest row stays where ids are counted on from it: an id that came back
    /// would make an old button do something new.
    static let sweep = Routine("house.sweep", every: 1.hours) { turn in
        let now = turn.now + turn.late
        let longest = turn.house.catalogue.commands.compactMap(\.cooldown).max() ?? .zero
        let old: [SQL] = [
            """
            DELETE FROM house_outbox WHERE settled IS NOT NULL AND id < (SELECT MAX(id) FROM house_outbox)
                AND (settled < \(now - 30.days) OR state IN ('done', 'dropped') AND settled < \(now - 1.days))
            """,
            "DELETE FROM house_uses WHERE at < \(now - max(longest, 1.days))",
            """
            DELETE FROM house_buttons WHERE created < \(now - 90.days) AND id < (SELECT MAX(id) FROM house_buttons)
            """,
            "DELETE FROM house_replies WHERE at < \(now - 1.days)",
            "DELETE FROM house_link_codes WHERE expires < \(now)",
            "DELETE FROM house_visits WHERE departed < \(now - 365.days)",
            "DELETE FROM house_faults WHERE last < \(now - 90.days)",
            "DELETE FROM house_fault_places WHERE reference NOT IN (SELECT reference FROM house_faults)",
            "DELETE FROM house_jobs WHERE outcome IS NOT NULL AND changed < \(now - 30.days)",
            "DELETE FROM house_gaps WHERE ended IS NOT NULL AND ended < \(now - 365.days)",
        ]
        for statement in old { try turn.store.run(statement) }
    }
}
