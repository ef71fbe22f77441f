internal import Kit
internal import Shared

extension Levels {
    /// Levels that are to be told in a channel which nobody has named.
    static let checkup = CheckupReading { turn in
        guard turn[telling] == .channel, turn[tellingChannel] == nil else { return [] }
        return [
            Symptom(
                "levels.channel", .warn, "Levels are to be told in a channel, and none is named.",
                fix: "Name one with house set levels.channel, or run:",
                run: Invocation(command: "house.unset", arguments: ["name": .string(telling.name)]))
        ]
    }
}
