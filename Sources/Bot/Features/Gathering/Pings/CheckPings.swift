internal import Kit
internal import Shared

extension Pings {
    /// Pings that cannot be posted or never come, and spared roles that are gone.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        let roles = Set(turn.house.directory.roles(in: guild).map(\.id))
        let gone = try sparedRoles(of: guild, turn).filter { !roles.contains($0) }.map { role in
            Symptom(
                "ping.spared.\(role)", .warn, "The role \(role), which no ping mentions, is gone.", fix: "Run:",
                run: Invocation(command: "pings.unspare", arguments: ["role": .id(role)]))
        }
        return try PingRows.all(of: guild, in: turn.store).compactMap { try symptom(of: $0, turn) } + gone
    }

    private static func symptom(of ping: Ping, _ turn: Turn) throws -> Symptom? {
        let (key, number) = ("ping.\(ping.id)", ["id": .int(ping.id)] as JSON)
        if let trouble = ping.trouble {
            return Symptom(
                key, .bad, "Ping \(ping.id) is stopped: \(trouble)", fix: "Mend that, then run:",
                run: Invocation(command: "pings.resume", arguments: number))
        }
        guard ping.state == .on else { return nil }
        guard turn.house.directory.name(of: ping.channel) != nil else {
            return Symptom(
                key, .bad, "Ping \(ping.id) is posted in a channel that is gone.",
                fix: "Choose another one, pings edit \(ping.id) channel: #…, or run:",
                run: Invocation(command: "pings.remove", arguments: number))
        }
        if try ping.times(after: turn.now, count: 1, turn).isEmpty {
            return Symptom(
                key, .warn, "Ping \(ping.id) never comes: \(ping.rhythm.spelled) is over, or always in the quiet hours.",
                fix: "Give it other times or quiet hours with pings edit, or run:",
                run: Invocation(command: "pings.pause", arguments: number))
        }
        do throws(Refusal) { try checkPlace(ping, turn) } catch {
            return Symptom(key, .bad, "Ping \(ping.id): \(error.sentence)", fix: error.hint ?? "")
        }
        return nil
    }
}
