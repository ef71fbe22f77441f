internal import Kit
internal import Shared

extension Pings {
    /// Pings that cannot be posted any more, and why.
    static let checkup = CheckupReading { turn in
        try PingRows.all(of: try turn.requireGuild(), in: turn.store).compactMap { ping -> Symptom? in
            if let trouble = ping.trouble {
                return Symptom(
                    "ping.\(ping.id)", .bad, "Ping \(ping.id) is stopped: \(trouble)",
                    fix: "Mend it, then pings resume \(ping.id).")
            }
            guard ping.state == .on else { return nil }
            guard turn.house.directory.name(of: ping.channel) != nil else {
                return Symptom(
                    "ping.\(ping.id)", .bad, "Ping \(ping.id) is posted in a channel that is gone.",
                    fix: "Choose another one: pings edit \(ping.id) channel: #…")
            }
            do throws(Refusal) { try checkPlace(ping, turn) } catch {
                return Symptom("ping.\(ping.id)", .bad, "Ping \(ping.id): \(error.sentence)", fix: error.hint ?? "")
            }
            return nil
        }
    }
}
