internal import Kit
internal import Shared

extension HouseFeature {
    static let gaps = Command(
        "house.gaps", "Times of which something may be missing, because a session was lost", access: .moderate, scope: .house,
        changes: false,
        returns: .record([
            "rows": .list(.record(["shard": .whole, "began_ms": .instant, "ended_ms": .instant, "reason": .text]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try rows("SELECT shard, began, ended, reason FROM house_gaps ORDER BY id DESC LIMIT 200", turn) { row in
            .fields([
                "shard": .int(row.int(0)), "began_ms": .int(row.int(1)), "ended_ms": row.optionalInt(2).map(JSON.int),
                "reason": .string(row.text(3)),
            ])
        }
        return .done(HouseText.gaps(rows), data: ["rows": .array(rows)])
    }
}
