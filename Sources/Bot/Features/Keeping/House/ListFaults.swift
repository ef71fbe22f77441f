internal import Kit
internal import Shared

extension HouseFeature {
    static let faults = Command(
        "house.faults", "What went wrong inside me, the latest first", access: .moderate, scope: .house, isPrivate: true,
        changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "reference": .text, "handler": .text, "message": .text, "times": .whole, "first_ms": .instant,
                    "last_ms": .instant,
                ]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try faultRows(turn)
        return .done(HouseText.faults(rows), data: ["rows": .array(rows)])
    }

    static let clearFaults = Command(
        "house.clear_faults", "Strikes a fault from the list, or all of them", access: .manageGuild, scope: .house,
        changes: true, returns: .record(["cleared": .whole]), example: "",
        .optional(.text("reference", "Which fault; all of them when left out", longest: 20))
    ) { turn, reference in
        try keepersOnly(turn)
        let which: SQL = reference.map { "WHERE reference = \($0.uppercased())" } ?? ""
        let cleared = try turn.store.run("DELETE FROM house_faults \(which)")
        if let reference, cleared == 0 {
            throw Refusal(
                .notFound, "There is no fault \"\(reference)\".", hint: "See them with house faults.", field: "reference")
        }
        turn.change("faults", from: .int(Int64(cleared)), to: 0)
        return .done(HouseText.cleared(cleared), data: ["cleared": .int(Int64(cleared))])
    }

    static let faultsPanel = Panel(
        "house.faults", "Faults", "What went wrong", access: .moderate, scope: .house, tables: ["house_faults"],
        columns: [
            .init("last_ms", "Last", .time), .init("times", "Times", .number), .init("handler", "Handler", .text),
            .init("message", "What", .text), .init("reference", "Reference", .id),
        ],
        actions: [.init("house.clear_faults", "Clear", ["reference": "reference"])],
        empty: "None. All is well."
    ) { turn in lines(try faultRows(turn), by: "reference") }

    private static func faultRows(_ turn: Turn) throws -> [JSON] {
        try rows(
            "SELECT reference, handler, message, times, first, last FROM house_faults ORDER BY last DESC, reference LIMIT 200",
            turn
        ) { row in
            .fields([
                "last_ms": .int(row.int(5)), "times": .int(row.int(3)), "handler": .string(row.text(1)),
                "message": .string(row.text(2)), "first_ms": .int(row.int(4)), "reference": .string(row.text(0)),
            ])
        }
    }
}
