internal import Kit
internal import Shared

/// A plan that has to be seen before it is carried out, with the button that carries out exactly this one.
struct ConfirmCard {
    /// Buttons and prefix lines carry the token under this name, beside the command's own arguments.
    static let argument = "confirm"
    private static let mostLines = 12

    let command: Command
    let arguments: JSON
    let confirmation: Confirmation

    init?(_ refusal: Refusal, _ run: CommandRun) {
        guard let confirmation = refusal.confirmation else { return nil }
        self.confirmation = confirmation
        command = run.command
        arguments = Arguments(run.values, in: .bare).json
    }

    var card: Card {
        var given = arguments.object ?? .init()
        given[Self.argument] = .string(confirmation.token)
        return Card(
            "Look at this first", text: .lines(lines),
            footer: "Nothing has happened yet. If it is other than this when you press, I ask again.", tone: .warning,
            buttons: [Button("Do it", style: .danger, runs: command.name, .object(given))])
    }

    private var lines: [Phrase] {
        let plan = confirmation.plan
        var lines = deeds.map { "\($0.count) \(words: $0.words)" as Phrase }
        lines += plan.changes.prefix(Self.mostLines).map { "\($0.subject): \($0.before.spoken) → \($0.after.spoken)" as Phrase }
        if plan.changes.count > Self.mostLines { lines.append("… and \(plan.changes.count - Self.mostLines) more changes") }
        return lines
    }

    /// What Discord would see of it, counted by kind.
    private var deeds: [(words: String, count: Int)] {
        var counts: [(words: String, count: Int)] = []
        for effect in confirmation.plan.effects {
            if let index = counts.firstIndex(where: { $0.words == effect.deed }) {
                counts[index].count += 1
            } else {
                counts.append((effect.deed, 1))
            }
        }
        return counts
    }
}

extension Effect {
    fileprivate var deed: String {
        switch self {
        case .post, .openForumPost: "messages are written"
        case .privately: "private messages are written"
        case .delete: "messages are deleted"
        case .deleteMany: "times many messages are deleted"
        case .addRole: "roles are given"
        case .removeRole: "roles are taken"
        case .timeOut: "members are timed out"
        case .kick: "members are removed from the server"
        case .ban: "members are banned"
        default: "other things are done in Discord"
        }
    }
}

extension JSON {
    fileprivate var spoken: String {
        switch self {
        case .null: "nothing"
        case .string(let text): String(text.prefix(100))
        default: String(line.prefix(100))
        }
    }
}
