internal import Kit
internal import Shared

extension HouseFeature {
    static let gaps = Command(
        "house.gaps", "Times of which something may be missing, because a session was lost", access: .moderate, scope: .house,
        changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "shard": .whole, "began_ms": .instant, "ended_ms": .instant, "reason": .text, "state": .text,
                    "filled_ms": .instant, "messages": .whole, "channels_unread": .whole, "not_counted": .list(.text),
                ]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try turn.gaps(since: Instant(milliseconds: 0)).map(\.data)
        return .done(HouseText.gaps(rows), data: ["rows": .array(rows)])
    }
}

extension Gap {
    fileprivate var data: JSON {
        .fields([
            "shard": .int(Int64(shard)), "began_ms": .int(began.milliseconds), "ended_ms": ended.map { .int($0.milliseconds) },
            "reason": .string(reason), "state": .string(state.rawValue), "filled_ms": filled.map { .int($0.milliseconds) },
            "messages": .int(Int64(messages)), "channels_unread": .int(Int64(channelsUnread)),
            "not_counted": .array(notCounted.map(JSON.string)),
        ])
    }
}
