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
        var lines = deeds.map { "\(words: $0.words): \($0.count)" as Phrase }
        lines += plan.changes.prefix(Self.mostLines).map { "\($0.subject): \($0.told)" as Phrase }
        if plan.changes.count > Self.mostLines { lines.append("… and \(plan.changes.count - Self.mostLines) more changes") }
        if !plan.canBeUndone { lines.append("This cannot be taken back.") }
        return lines
    }

    /// What Discord would see of it, counted by kind.
    private var deeds: [(words: String, count: Int)] {
        var counts: [(words: String, count: Int)] = []
        for effect in confirmation.plan.effects {
            let (words, count) = effect.deed
            if let index = counts.firstIndex(where: { $0.words == words }) {
                counts[index].count += count
            } else {
                counts.append((words, count))
            }
        }
        return counts
    }
}

extension Effect {
    fileprivate var deed: (words: String, count: Int) {
        switch self {
        case .post, .openForumPost: ("Messages written", 1)
        case .privately: ("Private messages written", 1)
        case .delete: ("Messages deleted", 1)
        case .deleteMany(_, let messages, _): ("Messages deleted", messages.count)
        case .addRole: ("Roles given", 1)
        case .removeRole: ("Roles taken", 1)
        case .timeOut: ("Members timed out", 1)
        case .kick: ("Members removed from the server", 1)
        case .ban: ("Members banned", 1)
        default: ("Other things done in Discord", 1)
        }
    }
}

extension Change {
    private static let longest = 200

    /// What was and what will be, of records the parts that differ.
    fileprivate var told: String {
        let parts = Difference(from: before, to: after).parts.map { part in
            let change = [part.before, part.after].map { $0.map(Difference.spelled) ?? "nothing" }.joined(separator: " → ")
            return part.name.map { "\($0) \(change)" } ?? change
        }
        let line = parts.joined(separator: ", ")
        return line.count > Self.longest ? line.prefix(Self.longest) + "…" : line
    }
}
