internal import Kit
internal import Shared

extension Rewards {
    static let panel = Panel(
        "rewards.list", "Rewards", "Which role is earned how, who holds it, and what stands in its way",
        tables: ["rewards_rewards", "rewards_holdings", "rewards_channels", "house_roles", "house_channels", "house_settings"],
        columns: [
            .init("id", "#", .number), .init("name", "Reward", .text), .init("ladder", "Ladder", .text),
            .init("tier", "Tier", .number), .init("criteria", "Rule", .text), .init("holders", "Holders", .number),
            .init("for", "For", .text), .init("last_ms", "Last run", .time), .init("next_ms", "Next", .time),
            .init("state", "State", .state), .init("trouble", "Trouble", .text),
        ],
        actions: [
            .init("rewards.show", "Show", ["reward": "id"]), .init("rewards.edit", "Edit", ["reward": "id"]),
            .init("rewards.plan", "Dry run", ["reward": "id"]), .init("rewards.apply", "Apply all", [:]),
            .init("rewards.simulate", "Simulate", ["reward": "id"]),
            .init("rewards.unlock", "Open a channel", ["reward": "id"]),
            .init("rewards.pause", "Pause", ["reward": "id"]), .init("rewards.resume", "Resume", ["reward": "id"]),
            .init("rewards.remove", "Remove", ["reward": "id"]),
        ],
        empty: "No rewards yet. rewards add sets one up."
    ) { turn in
        try RewardRows.all(of: try turn.requireGuild(), in: turn.store).map { reward in
            Panel.Line(String(reward.id), try row(of: reward, turn))
        }
    }

    static let holdersPanel = Panel(
        "rewards.holders", "Holders", "Who holds what, since when and until when", access: .moderate,
        tables: ["rewards_holdings"],
        columns: [
            .init("member", "Member", .member), .init("role_name", "Role", .text), .init("source", "By", .text),
            .init("since_ms", "Since", .time), .init("until_ms", "Until", .time), .init("state", "State", .text),
        ],
        actions: [
            .init("rewards.check", "Why", ["member": "member_id"]),
            .init("rewards.revoke", "Take back", ["member": "member_id", "what": "role_id"]),
        ],
        empty: "Nobody holds a reward yet. rewards apply gives them by their rules."
    ) { turn in
        try holderRows(of: nil, from: 0, limit: 500, turn).map { row in
            let line = flat(row)
            return Panel.Line("\(line["member_id"]?.text ?? "").\(line["role_id"]?.text ?? "")", line)
        }
    }

    static let runsPanel = Panel(
        "rewards.runs", "Runs", "What each run has done", access: .moderate, tables: ["rewards_runs", "rewards_changes"],
        columns: [
            .init("id", "#", .number), .init("at_ms", "When", .time), .init("cause", "Why", .text),
            .init("state", "State", .text), .init("gains", "Gain", .number), .init("losses", "Lose", .number),
            .init("keeps", "Keep", .number), .init("blocked", "Blocked", .number), .init("finished", "Done", .number),
            .init("refused", "Refused", .number), .init("note", "Note", .text),
        ],
        actions: [.init("rewards.history", "What became of it", ["run": "id"]), .init("rewards.apply", "Apply now", [:])],
        empty: "No run yet. rewards plan shows what one would change."
    ) { turn in
        try runRows(from: 0, limit: 100, turn).map { Panel.Line($0["id"]?.line ?? "", $0) }
    }

    static let changesPanel = Panel(
        "rewards.changes", "Role changes", "Which roles were given and taken, why, and what Discord said", access: .moderate,
        tables: ["rewards_changes"],
        columns: [
            .init("at_ms", "When", .time), .init("run", "Run", .number), .init("member", "Member", .member),
            .init("deed", "Deed", .text), .init("role_name", "Role", .text), .init("why", "Why", .text),
            .init("outcome", "Outcome", .text), .init("note", "Discord", .text),
        ], actions: [.init("rewards.check", "Why", ["member": "member_id"])],
        empty: "No role has been given or taken yet. rewards apply does it.",
        .optional(.whole("run", "Only this run", 1...Int.max))
    ) { turn, run in
        try changeRows(nil, run.map { Int64($0) }, from: 0, limit: 300, turn).map { row in
            Panel.Line(row["id"]?.line ?? "", flat(row))
        }
    }

    /// With what columns show and actions take beside the pairs of id and name that it is in.
    private static func flat(_ row: JSON) -> JSON {
        row.joined(with: [
            "role_name": row["role"]?["name"] ?? .null, "member_id": row["member"]?["id"] ?? .null,
            "role_id": row["role"]?["id"] ?? .null,
        ])
    }
}
