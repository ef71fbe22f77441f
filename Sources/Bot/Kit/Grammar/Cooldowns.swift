internal import Shared

/// How long each member waits between two uses of a command, where an admin wants it otherwise than the command does:
/// "activity.leaderboard=30s pings.fire=5m". A time of 0 takes a command's own one away.
package struct Cooldowns: Hashable, Sendable {
    package let times: [String: Duration]

    package subscript(command: Command) -> Duration? { times[command.name] ?? command.cooldown }

    /// Nil of anything else.
    package init?(_ text: String) {
        var times: [String: Duration] = [:]
        for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) where text != "none" {
            let parts = word.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].contains("."), let time = Duration(spelled: String(parts[1]), bare: .seconds),
                time <= 1.days
            else { return nil }
            times[parts[0].lowercased()] = time
        }
        self.times = times
    }

    package var text: String {
        let words = times.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.exactly.filter { $0 != " " })" }
        return words.isEmpty ? "none" : words.joined(separator: " ")
    }
}

extension Parameter where Value == String {
    package static func cooldowns(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 1000))) { raw, _ throws(Refusal) in
            guard let cooldowns = raw.text.flatMap({ $0.utf8.count <= 1000 ? Cooldowns(trimmed($0)) : nil }) else {
                throw .invalid(
                    "\(name) cannot be \(raw.quoted).",
                    hint: "Write activity.leaderboard=30s pings.fire=5m, with times up to a day, or none.")
            }
            return cooldowns.text
        }
    }
}
