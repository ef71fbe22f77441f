internal import Kit
internal import Shared

extension HouseFeature {
    /// DEP-13: what failed, one line for each thing that failed in one way.
    static let faults = Command(
        "house.faults", "What went wrong inside me, each once with its count, the latest first", access: .moderate,
        scope: .either, isPrivate: true, changes: false, returns: .record(["rows": .list(faultShape)])
    ) { turn in
        let rows = try FaultRow.all(FaultRow.View(turn), turn)
        return .done(HouseText.faults(rows), data: ["rows": .array(rows.map(\.json))])
    }

    static let fault = Command(
        "house.fault", "One fault: what failed, how often, where, and since when", access: .moderate, scope: .either,
        isPrivate: true, changes: false,
        returns: .record([
            "reference": .text, "handler": .text, "message": .text, "times": .whole, "first_ms": .instant, "last_ms": .instant,
            "servers": .whole, "places": .list(.record(["guild": .id, "server": .text, "times": .whole])),
        ]), example: "ABC123",
        .lookup("reference", "Its reference, as people were told it", faultReferences)
    ) { turn, reference in
        let view = try FaultRow.View(turn)
        let row = try FaultRow.require(reference, view, turn)
        let places = try places(of: row, view, turn)
        return .done(HouseText.fault(row, places), data: row.json.joined(with: ["places": .array(places)]))
    }

    static let clearFaults = Command(
        "house.clear_faults", "Strikes a fault from the list, or all of them; should it happen again, staff are told again",
        access: .manageGuild, scope: .either, changes: true, returns: .record(["cleared": .whole]), example: "",
        .optional(.text("reference", "Which fault; all of them when left out", longest: 20))
    ) { turn, reference in
        let view = try FaultRow.View(turn)
        let rows = try reference.map { [try FaultRow.require($0, view, turn)] } ?? FaultRow.all(view, turn)
        for row in rows { try strike(row, view, turn) }
        turn.change("faults", from: .int(Int64(rows.count)), to: 0)
        return .done(HouseText.cleared(rows.count), data: ["cleared": .int(Int64(rows.count))])
    }

    static let faultsPanel = Panel(
        "house.faults", "Faults", "What went wrong, each once with its count", access: .moderate, scope: .either,
        tables: ["house_faults", "house_fault_places"],
        columns: [
            .init("last_ms", "Last", .time), .init("first_ms", "First", .time), .init("times", "Times", .number),
            .init("servers", "Servers", .number), .init("handler", "What failed", .text), .init("message", "How", .text),
            .init("reference", "Reference", .id),
        ],
        actions: [
            .init("house.fault", "Show", ["reference": "reference"]),
            .init("house.clear_faults", "Clear", ["reference": "reference"]),
        ],
        empty: "None. All is well."
    ) { turn in try FaultRow.all(FaultRow.View(turn), turn).map { Panel.Line($0.reference, $0.json) } }

    /// Of one server what happened there, and the whole of it once nobody else has any.
    private static func strike(_ row: FaultRow, _ view: FaultRow.View, _ turn: Turn) throws {
        switch view {
        case .house: try turn.store.run("DELETE FROM house_fault_places WHERE reference = \(row.reference)")
        case .guild(let guild):
            try turn.store.run("DELETE FROM house_fault_places WHERE reference = \(row.reference) AND guild = \(guild)")
        }
        try turn.store.run(
            """
            DELETE FROM house_faults WHERE reference = \(row.reference)
                AND NOT EXISTS (SELECT 1 FROM house_fault_places p WHERE p.reference = \(row.reference))
            """)
    }

    private static func places(of row: FaultRow, _ view: FaultRow.View, _ turn: Turn) throws -> [JSON] {
        let which: SQL = if case .guild(let guild) = view { "AND guild = \(guild)" } else { "AND guild <> 0" }
        return try turn.store.all(
            """
            SELECT guild, times FROM house_fault_places WHERE reference = \(row.reference) \(which)
            ORDER BY times DESC, guild LIMIT 20
            """
        ) { place in
            let guild = place.id(0, Guild.self)
            return .fields([
                "guild": guild.map { .id($0) },
                "server": guild.map { .string(turn.house.directory.guild($0)?.name ?? $0.description) },
                "times": .int(place.int(1)),
            ])
        }
    }

    private static let faultReferences = Lookup("faults") { turn, text in
        try FaultRow.all(FaultRow.View(turn), turn).filter { $0.reference.hasPrefix(text.uppercased()) }.prefix(25)
            .map { Choice("\($0.reference) \($0.handler)", $0.reference) }
    }

    private static let faultShape = Shape.record([
        "reference": .text, "handler": .text, "message": .text, "times": .whole, "first_ms": .instant, "last_ms": .instant,
        "servers": .whole,
    ])
}
