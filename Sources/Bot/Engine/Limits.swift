internal import Kit
internal import Shared

/// How often one person may ask. The uses are rows, so that a restart forgives nobody, and they are pruned as they age out.
enum Limits {
    struct Rule {
        var uses = 5
        var window = 10.seconds
        /// Between two uses of this command.
        var cooldown: Duration?
        /// Whether a command of this name answers what the bot has asked.
        var isStep: (String) -> Bool = { _ in false }
    }

    /// How many steps count as one command.
    private static let stepsForOne = 6

    /// Writes this use down, or refuses; false when the same cause has been handled before.
    static func admit(
        _ member: ID<Member>, _ command: Command, cause: Cause, at now: Instant, rule: Rule, in store: any Connection
    ) throws -> Bool {
        let horizon = max(rule.window, rule.cooldown ?? .zero)
        try store.run("DELETE FROM house_uses WHERE member = \(member) AND at < \(now - max(horizon, 1.hours))")
        if try store.first("SELECT 1 FROM house_uses WHERE cause = \(cause.name)", { $0.int(0) }) != nil { return false }
        let recent = try store.all(
            "SELECT at, command FROM house_uses WHERE member = \(member) AND at > \(now - horizon) ORDER BY at"
        ) { (at: $0.instant(0), command: $0.text(1)) }
        if let cooldown = rule.cooldown,
            let last = recent.last(where: { $0.command == command.name && $0.at > now - cooldown })
        {
            throw tooSoon(last.at + cooldown - now, "\(command.name) can be used every \(cooldown.spelled).")
        }
        let inWindow = recent.filter { $0.at > now - rule.window && rule.isStep($0.command) == command.isStep }
        let uses = command.isStep ? rule.uses * stepsForOne : rule.uses
        if inWindow.count >= uses, let first = inWindow.first {
            throw tooSoon(
                first.at + rule.window - now,
                "That was \(uses) \(command.isStep ? "steps" : "commands") in \(rule.window.spelled), which is the limit.")
        }
        try store.run(
            """
            INSERT INTO house_uses (cause, member, command, at) VALUES (\(cause.name), \(member), \(command.name), \(now))
            ON CONFLICT DO NOTHING
            """)
        return true
    }

    private static func tooSoon(_ wait: Duration, _ sentence: String) -> Refusal {
        var refusal = Refusal(
            .limited, sentence, hint: "Try again in \(Duration.seconds((wait.milliseconds + 999) / 1000).spelled).")
        refusal.retryMilliseconds = max(1, wait.milliseconds)
        return refusal
    }
}
