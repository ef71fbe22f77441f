internal import Machine
internal import Shared

/// `hearth setup`: from a token to the first board. Each step looks at what there is and does what is missing, so that it can be
/// run again at any time and goes on wherever it was left.
struct Setup {
    private let world: World
    private let flags: SetupFlags
    private let person: Person

    static func run(_ world: World) throws(Complaint) {
        let flags = try SetupFlags(world.arguments.dropFirst())
        guard !flags.wantsHelp else {
            _ = world.write(SetupFlags.usage)
            return
        }
        try Setup(world: world, flags: flags).run()
    }

    private init(world: World, flags: SetupFlags) {
        self.world = world
        self.flags = flags
        person = Person(world: world, agreesToAll: flags.agreesToAll)
    }

    private func run() throws(Complaint) {
        let card = try switchOn(try findToken())
        person.tell(
            "", "2. The invitation", "This link asks for what the bot needs and for nothing else:", "  \(card.invite)",
            "  That is: \(card.rights).")
        let exchange = try reach(card)
        let guild = try findServer(card, exchange)
        try FirstEvening(exchange: exchange, person: person, flags: flags, guild: guild).run()
    }

    // MARK: - The token

    private func findToken() throws(Complaint) -> BotCard {
        person.tell("1. The bot's token")
        let introduce = Introduce(configuration: flags.configuration)
        if let file = flags.tokenFile { return try take(try token(in: file), introduce) }
        switch try introduce.ask(nil) {
        case .known(let card):
            person.tell("The token is of the bot \(card.bot), application \(card.application).")
            if try person.agrees("Keep it?") { return card }
        case .trouble(let kind, let words, let hint):
            guard person.isThere, kind != "configuration", kind != "unreachable" else {
                throw Complaint(.configuration, words, hint)
            }
            person.tell(words, hint)
        }
        while true {
            let given = try person.secret("Token (nobody sees it):")
            var mayBeAnother = flags.mayBeAnother
            for _ in 0..<2 {
                switch try introduce.ask(given.isEmpty ? Secret("?") : given, mayBeAnother: mayBeAnother) {
                case .known(let card):
                    tell(card)
                    return card
                case .trouble("another", let words, _):
                    person.tell(words)
                    mayBeAnother = try person.agrees("Shall the house be that bot from now on?", otherwise: false)
                    if mayBeAnother { continue }
                case .trouble(_, let words, let hint): person.tell(words, hint)
                }
                break
            }
        }
    }

    private func take(_ token: Secret, _ introduce: Introduce) throws(Complaint) -> BotCard {
        switch try introduce.ask(token, mayBeAnother: flags.mayBeAnother) {
        case .known(let card):
            tell(card)
            return card
        case .trouble(let kind, let words, let hint):
            throw Complaint(.configuration, words, kind == "another" ? "--another says that it shall." : hint)
        }
    }

    private func token(in file: String) throws(Complaint) -> Secret {
        let bytes: [UInt8]
        if file == "-" {
            bytes = Streams.readAll(from: world.input)
        } else {
            do throws(SystemError) { bytes = try Files.read(file, atMost: 4096) } catch {
                throw Complaint(.configuration, "the token cannot be read: \(error)")
            }
        }
        let words = trimmed(String(decoding: bytes, as: UTF8.self))
        guard !words.isEmpty else { throw Complaint(.configuration, "there is no token in \(file)") }
        return Secret(words)
    }

    private func tell(_ card: BotCard) {
        person.tell("The token is of the bot \(card.bot), application \(card.application).")
        for file in card.written { person.tell("Written: \(file)") }
    }

    /// Privileged intents are switches of the portal, and no program can press them.
    private func switchOn(_ card: BotCard) throws(Complaint) -> BotCard {
        var card = card
        while !card.switchedOff.isEmpty {
            person.tell(
                "Switched off in the developer portal: \(card.switchedOff.joined(separator: " and ")).",
                "Switch on there, under Privileged Gateway Intents: \(card.portal)")
            guard person.isThere, try person.ask("Enter looks again, s goes on without:") != "s" else { return card }
            switch try Introduce(configuration: flags.configuration).ask(nil) {
            case .known(let seen): card = seen
            case .trouble(_, let words, let hint): person.tell(words, hint)
            }
        }
        return card
    }

    // MARK: - The daemon and its server

    private func reach(_ card: BotCard) throws(Complaint) -> Exchange {
        person.tell("", "3. The bot itself")
        var options = Options()
        options.socket = card.socket
        if let running = try? Exchange(options, world) {
            if !card.written.isEmpty { person.tell("It runs with what it knew before; restart it afterwards.") }
            return running
        }
        person.tell("Start it now: \(card.start)", "Waiting until it answers …")
        options.wait = true
        options.timeout = person.isThere ? 24 * 3_600_000 : flags.timeout
        _ = try Exchange(options, world)
        return try Exchange(
            {
                var plain = Options(); plain.socket = card.socket; return plain
            }(), world)
    }

    private func findServer(_ card: BotCard, _ exchange: Exchange) throws(Complaint) -> (id: String, name: String) {
        person.tell("", "4. The server")
        let end = person.isThere ? nil : MonotonicTime.now.adding(milliseconds: flags.timeout)
        var hasTold = false
        while true {
            let guilds = try GuildChoice.all(exchange)
            if let wanted = flags.guild {
                if let found = guilds.first(where: { $0.id == wanted || $0.name.lowercased() == wanted.lowercased() }) {
                    return found
                }
            } else if guilds.count == 1 {
                person.tell("The bot is in \(guilds[0].name).")
                return guilds[0]
            } else if guilds.count > 1 {
                return try choose(guilds)
            }
            if !hasTold { person.tell("Waiting until the bot is in a server; invite it: \(card.invite)") }
            hasTold = true
            if let end, end <= .now {
                throw Complaint(.notFound, "the bot is in no such server yet", "Invite it: \(card.invite)", Person.goesOn)
            }
            try exchange.pause(milliseconds: 500)
        }
    }

    private func choose(_ guilds: [(id: String, name: String)]) throws(Complaint) -> (id: String, name: String) {
        for (index, guild) in guilds.enumerated() { person.tell("  \(index + 1)  \(guild.name)") }
        guard person.isThere else { throw Complaint(.usage, "the bot is in several servers", "Say which with --guild.") }
        while true {
            if let number = Int(try person.ask("Which one?")), guilds.indices.contains(number - 1) { return guilds[number - 1] }
            person.tell("Please answer with a number from 1 to \(guilds.count).")
        }
    }
}
