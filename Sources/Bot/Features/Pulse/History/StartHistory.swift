internal import Kit
internal import Shared

extension History {
    static let start = Command(
        "history.start", "Reads what was said before the bot came, and counts it by the same rules", access: .manageGuild,
        changes: true, returns: planShape, example: "90", days, again
    ) { turn, days, again in
        let plan = try HistoryPlan(days: days ?? turn[depth], again: again, turn)
        guard !plan.lines.isEmpty else {
            throw Refusal(
                plan.done > 0 ? .conflict : .unavailable,
                plan.done > 0
                    ? "All of these \(plan.days) days has been read."
                    : "There is no channel here whose history can be read.",
                hint: plan.done > 0
                    ? "Name more days to read further back, or again: yes where nobody counted for a while."
                    : "See why with history preview, then grant what is missing.",
                field: "days")
        }
        // What is counted stays counted.
        turn.askFirst()
        try plan.begin(turn)
        turn.change("history of \(plan.lines.count) channels", from: .null, to: .string("the last \(plan.days) days"))
        return .done(HistoryText.started(plan), data: row(of: plan, turn))
    }

    static let stop = Command(
        "history.stop", "Stops reading history; what is counted stays, and starting again goes on from there",
        access: .manageGuild, changes: true, returns: .record(["channels": .whole])
    ) { turn in
        let stopped = try turn.stopPast()
        guard stopped > 0 else {
            throw Refusal.conflict("No history is being read here.", hint: "history start begins or goes on.")
        }
        turn.change("history of \(stopped) channels", from: "reading", to: "stopped")
        return .done(
            HistoryText.stopped(stopped), data: ["channels": .int(Int64(stopped))],
            undo: Invocation(command: "history.start", arguments: [:]))
    }

    /// Who has just invited the bot finds boards that are real. Where it has been for longer, an admin says when.
    static let seeServer = Listener.event("history.join", .guilds) { turn, event in
        switch event {
        case .guildLeft(let guild): try turn.store.run("DELETE FROM history_servers WHERE guild = \(guild)")
        case .guildSeen(let seen):
            let isNew = try turn.store.run(
                "INSERT INTO history_servers (guild, seen) VALUES (\(seen.profile.id), \(turn.now)) ON CONFLICT DO NOTHING")
            guard isNew > 0, turn[onJoin], let joined = seen.joined, turn.now - joined < 1.hours else { return }
            var plan = try HistoryPlan(days: turn[depth], turn)
            let spoken = Set(seen.channels.filter { $0.lastMessage != nil }.map(\.id))
            plan.keep { spoken.contains($0) }
            try plan.begin(turn)
        default: break
        }
    }
}
