internal import Kit
internal import Shared

extension Engine {
    /// Who used a command's old name is shown the new form, once.
    func teach(_ outcome: CommandRun.Outcome, called name: String, _ run: CommandRun, _ turn: Turn) throws
        -> CommandRun.Outcome
    {
        guard case .replied(var reply) = outcome, run.command.also.contains(name), let member = turn.asker.member,
            try turn.store.run(
                "INSERT INTO house_hints (member, name) VALUES (\(member), \(name)) ON CONFLICT DO NOTHING") > 0
        else { return outcome }
        let hint: Phrase = "\(words: name) is now \(words: newForm(run.command, turn))"
        reply.card.footer = reply.card.footer.map { .lines([$0, hint]) } ?? hint
        return .replied(reply)
    }

    private func newForm(_ command: Command, _ turn: Turn) -> String {
        turn.door == .prefix
            ? usage(of: command, turn.guild) : "/" + command.name.split(separator: ".").joined(separator: " ")
    }
}
