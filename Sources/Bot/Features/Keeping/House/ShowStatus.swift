internal import Kit
internal import Shared

extension HouseFeature {
    static let status = Command(
        "house.status", "How the bot is: its links, its store and since when it runs", scope: .either, changes: false,
        returns: .record([
            "state": .text, "version": .text, "boot_epoch": .text, "started": .text, "started_ms": .instant,
            "uptime_ms": .duration, "latency_ms": .whole, "signs": .list(signShape),
        ])
    ) { turn in
        let vitals = turn.house.vitals
        let signs = try signs(turn)
        return .done(
            HouseText.status(signs, version: vitals.facts.version),
            data: .fields([
                "state": .string(worst(of: signs).rawValue), "version": .string(vitals.facts.version),
                "boot_epoch": .string(vitals.facts.epoch), "started": .string(vitals.facts.started.rfc3339),
                "started_ms": .int(vitals.facts.started.milliseconds),
                "uptime_ms": .int((turn.now - vitals.facts.started).milliseconds),
                "latency_ms": vitals.latencyMilliseconds.map { .int(Int64($0)) }, "signs": .array(signs.map(row(of:))),
            ]))
    }

    static let overviewPanel = Panel(
        "house.overview", "Overview", "How the house is", scope: .either,
        tables: ["house_faults", "house_outbox", "house_gaps", "house_state"],
        columns: [.init("state", "", .state), .init("label", "What", .text), .init("value", "How", .text)],
        refresh: 2.seconds
    ) { turn in try signs(turn).map { Panel.Line($0.key, row(of: $0)) } }

    private static let signShape = Shape.record(["key": .text, "label": .text, "value": .text, "state": .text])

    private static func row(of sign: Sign) -> JSON {
        .fields([
            "key": .string(sign.key), "label": .string(sign.label), "value": .string(sign.value),
            "state": .string(sign.state.rawValue),
        ])
    }

    /// What the process knows of itself, and what an owner should look at in the store.
    private static func signs(_ turn: Turn) throws -> [Sign] {
        let known = turn.house.vitals.signs(at: turn.now)
        let faults = try count("SELECT COUNT(*) FROM house_faults WHERE last > \(turn.now - 1.days)", turn)
        let uncertain = try count("SELECT COUNT(*) FROM house_outbox WHERE state = 'uncertain'", turn)
        var signs = [Sign("faults", "Faults", HouseText.faults(faults), faults == 0 ? .ok : .warn)]
        if uncertain > 0 { signs.append(Sign("uncertain", "Uncertain", HouseText.uncertain(uncertain), .warn)) }
        if let gap = try gapSign(turn) { signs.append(gap) }
        if try quarantine(turn) != nil { signs.append(Sign("quarantine", "Quarantine", HouseText.quarantine, .warn)) }
        return known + signs.filter { sign in !known.contains { $0.key == sign.key } }
    }

    /// What of the last week does not count, because no session stood.
    private static func gapSign(_ turn: Turn) throws -> Sign? {
        let gaps = try turn.gaps(since: turn.now - 7.days)
        guard !gaps.isEmpty else { return nil }
        let isMending = gaps.contains { $0.state == .open || $0.state == .filling }
        let isWhole = gaps.allSatisfy { $0.state == .filled && $0.channelsUnread == 0 }
        let messages = gaps.map(\.messages).reduce(0, +)
        let words = isMending ? HouseText.gapsMending(gaps.count) : HouseText.gapsMended(gaps.count, messages: messages)
        return Sign("gaps", "Gaps", words, isWhole ? .ok : .warn)
    }

    private static func count(_ sql: SQL, _ turn: Turn) throws -> Int64 { try turn.store.first(sql) { $0.int(0) } ?? 0 }

    /// A link that is off by choice does not make the house unwell.
    private static func worst(of signs: [Sign]) -> Sign.State {
        [.bad, .warn].first { state in signs.contains { $0.state == state } } ?? .ok
    }
}
