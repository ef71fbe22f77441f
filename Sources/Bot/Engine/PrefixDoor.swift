internal import Kit
internal import Shared

/// "E!activity leaderboard period: week" in a message.
struct PrefixInvocation {
    var command: Command?
    /// What was written where a command's name was expected.
    var name: String
    var rest: String
}

extension Engine {
    /// The prefixes of a guild, in lower case.
    private final class Prefixes: Sendable {
        let list: [[UInt8]]
        /// As they are shown.
        let words: [String]
        /// What a message with a prefix or with a mention of the bot begins with.
        let firsts: [UInt8]
        /// Some have letters that a frame may escape or that have cases beyond A to Z: then the text is decoded first.
        let needText: Bool
        /// E! is another one than e!.
        let isExact: Bool

        init(_ words: [String], exactly: Bool) {
            self.words = words
            isExact = exactly
            list = words.map { Array((exactly ? $0 : $0.lowercased()).utf8) }
            firsts =
                [UInt8(ascii: "<")]
                + words.flatMap { [$0.lowercased().utf8.first, $0.uppercased().utf8.first] }.compactMap(\.self)
            needText = list.joined().contains { $0 > 126 || $0 < 33 || [UInt8(ascii: "\""), UInt8(ascii: "\\")].contains($0) }
        }
    }

    private func prefixes(_ guild: ID<Guild>?) -> Prefixes {
        compiled(Prefixes.self, guild: guild) {
            let own = settings.stored("house.prefixes", guild: guild, channel: nil, roles: [], from: store)?.text ?? ""
            let words = own.split(separator: " ").map(String.init)
            return Prefixes(words.isEmpty ? options.prefixes : words, exactly: options.prefixesMatchCase)
        }
    }

    func prefix(_ guild: ID<Guild>?) -> String { prefixes(guild).words.first ?? "" }

    /// Is this message a command? Nearly every message is not, and is told by its first bytes.
    func prefixed(_ message: MessageSeen) -> PrefixInvocation? {
        guard message.content.count > 1, mayBegin(message), var text = afterPrefix(message)?[...] else { return nil }
        text = text.drop(while: \.isWhitespace)
        let first = text.prefix { !$0.isWhitespace }.lowercased()
        guard let start = first.first, start.isLetter else { return nil }
        let afterFirst = text.dropFirst(first.count).drop(while: \.isWhitespace)
        let second = afterFirst.prefix { !$0.isWhitespace }.lowercased()
        if let command = catalogue.command("\(first).\(second)") {
            return PrefixInvocation(command: command, name: command.name, rest: String(afterFirst.dropFirst(second.count)))
        }
        if let command = catalogue.command(first) ?? onlyVerb(first) {
            return PrefixInvocation(command: command, name: first, rest: String(afterFirst))
        }
        return PrefixInvocation(command: nil, name: first, rest: String(afterFirst))
    }

    /// A verb that only one feature has needs no feature before it.
    private func onlyVerb(_ word: String) -> Command? {
        let found = catalogue.commands.filter { $0.verb == word }
        return found.count == 1 ? found.first : nil
    }

    /// Can a message with this first byte be a command? Where letters have cases beyond A to Z, all can.
    private func mayBegin(_ message: MessageSeen) -> Bool {
        let prefixes = prefixes(message.guild)
        return prefixes.needText || prefixes.firsts.contains(message.frame[Int(message.content.start)])
    }

    private func afterPrefix(_ message: MessageSeen) -> String? {
        let prefixes = prefixes(message.guild)
        if prefixes.needText {
            let text = message.contentText
            let begins = { (word: String) in
                prefixes.isExact ? text.hasPrefix(word) : text.lowercased().hasPrefix(word.lowercased())
            }
            if let prefix = prefixes.words.first(where: begins) {
                return String(text.dropFirst(prefix.count))
            }
        }
        let bytes = message.bytes(message.content)
        for prefix in prefixes.list where bytes.count > prefix.count {
            if zip(bytes, prefix).allSatisfy({ (prefixes.isExact ? $0 : lowered($0)) == $1 }) {
                return String(decoding: Array(message.contentText.utf8).dropFirst(prefix.count), as: UTF8.self)
            }
        }
        guard bytes.starts(with: "<@".utf8), let bot else { return nil }
        let text = message.contentText
        for mention in ["<@\(bot)>", "<@!\(bot)>"] where text.hasPrefix(mention) {
            return String(text.dropFirst(mention.count))
        }
        return nil
    }

    private func lowered(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }

    func obey(_ invocation: PrefixInvocation, _ message: MessageSeen, _ number: Int, _ attempt: inout Attempt) throws {
        guard let command = invocation.command else { return try suggest(invocation, message, number, &attempt) }
        let savepoint = LazySavepoint(store)
        let turn = turn(for: message, savepoint)
        var values: [String: Raw] = [:]
        var unread: Refusal?
        do { values = try Line.values(invocation.rest, for: command.parameters) } catch { unread = error }
        var run = CommandRun(command: command, values: values)
        var outcome: CommandRun.Outcome
        if let unread {
            outcome = .refused(unread)
        } else {
            let needs = bot.flatMap { bot in
                message.guild.map { Rights(directory: storedDirectory).permissions(of: bot, in: $0, channel: message.channel) }
            }
            run.botPermissions = command.needs.isEmpty ? nil : needs
            outcome = try self.run(run, turn, savepoint, number, &attempt)
            outcome = try teach(outcome, called: invocation.name, run, turn)
        }
        guard let (card, mentions) = Self.card(for: outcome, of: run, usage: usage(of: command, message.guild)) else { return }
        try say(card, mentions, outcome, turn, message, number, &attempt)
    }

    private func suggest(_ invocation: PrefixInvocation, _ message: MessageSeen, _ number: Int, _ attempt: inout Attempt) throws
    {
        guard let near = catalogue.nearestCommand(to: invocation.name), let command = catalogue.command(near) else { return }
        let refusal = Refusal.notFound("There is no command \"\(invocation.name)\".", hint: "Did you mean \(command.name)?")
        let turn = turn(for: message, store)
        guard let (card, mentions) = Self.card(for: .refused(refusal), usage: nil) else { return }
        try say(card, mentions, .refused(refusal), turn, message, number, &attempt)
    }

    /// A refused or failed turn keeps nothing of what it wanted; its answer is a turn of its own with the same cause.
    private func say(
        _ card: Card, _ mentions: Mentions, _ outcome: CommandRun.Outcome, _ turn: Turn, _ message: MessageSeen, _ number: Int,
        _ attempt: inout Attempt
    ) throws {
        let speaker = if case .replied = outcome { turn } else { self.turn(for: message, store) }
        speaker.emit(
            .post(channel: .known(message.channel), Post(card, mentions: mentions, replyTo: message.id, files: outcome.files)))
        try finish(speaker, number, &attempt)
    }

    private func turn(for message: MessageSeen, _ connection: any Connection) -> Turn {
        let rights = Rights(directory: storedDirectory)
        let permissions = message.guild.map { rights.permissions(of: message.author, in: $0, channel: message.channel) } ?? []
        return Turn(
            cause: .command(message.id), now: message.id.created, late: clocks.wall() - message.id.created,
            guild: message.guild,
            channel: message.channel,
            asker: .member(
                .init(
                    id: message.author, permissions: permissions,
                    ownsGuild: message.guild.map { rights.owns($0, message.author) } ?? false,
                    ownsHouse: options.owners.contains(message.author))),
            door: .prefix, store: connection, house: self)
    }

    /// "E!activity leaderboard period: …", for a refusal.
    func usage(of command: Command, _ guild: ID<Guild>?) -> String {
        let words = command.parameters.map { $0.isRequired ? "<\($0.name)>" : "[\($0.name)]" }
        return ([prefix(guild) + command.name.split(separator: ".").joined(separator: " ")] + words).joined(separator: " ")
    }

    /// What people see of an outcome; nil when there is nothing to say.
    static func card(for outcome: CommandRun.Outcome, of run: CommandRun? = nil, usage: String?) -> (Card, Mentions)? {
        switch outcome {
        case .replied(let reply): return (reply.card, reply.mentions)
        case .repeated: return nil
        case .refused(let refusal):
            if let asking = run.flatMap({ ConfirmCard(refusal, $0) }) { return (asking.card, .nobody) }
            var text: Phrase = "\(refusal.sentence)"
            for line in refusal.picture { text = text + "\n\(code: line)" }
            if let hint = refusal.hint { text = text + "\n\(hint)" }
            if refusal.kind == .invalid, let usage { text = text + "\nUsage: \(code: usage)" }
            return (Card(text: text, tone: .refused), .nobody)
        case .failed(let fault):
            return (
                Card(
                    text:
                        "That went wrong on my side, and nothing was changed. Tell an admin this reference: \(code: fault.reference)",
                    tone: .refused), .nobody
            )
        }
    }
}
