import CLinux
import Kit
import Machine
import Shared
import Sibyl
import Simulator
import Testing
import hearthd

extension Stories {
    @Suite("Secrets", .serialized) struct Secrets {
        private static let token = BotAccount.madeUpToken
        /// The language model's key.
        private static let key = "sk-canary-0d7e5b1f93ac"
        /// Something else that lies in the environment and is nobody's business.
        private static let password = "zaunkoenig-7Qm2xR9t"
        /// Made up in the shape of a real one, and put together here so that no scanner takes it for leaked.
        private static let foreign = ["MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs0abcdEFGHij"]
            .joined(separator: ".")

        @Test(
            "PRV-06, P15: the token and the model's key are seen nowhere: in no log or answer, file or file's name, process list, crash, nor in Discord",
            arguments: ["in a file", "in the environment"])
        func token(place: String) throws {
            let ordeal = try Ordeal(Ordeal.Plan(rate: 200))
            var environment: [String: String?] = ["HEARTH_LOG_LEVEL": "trace", "DATABASE_PASSWORD": Self.password]
            let sibyl = try Sibyl()
            defer { sibyl.stop() }
            environment["HEARTH_ORACLE_URL"] = "\(sibyl.address)"
            environment["HEARTH_ORACLE_MODEL"] = "sibyl-1"
            if place == "in the environment" {
                try ordeal.forgetsTheTokenFile()
                environment["DISCORD_TOKEN"] = Self.token
                environment["ORACLE_KEY"] = Self.key
            } else {
                try Files.write(Array(Self.key.utf8), to: ordeal.folder + "/oracle-key")
                environment["HEARTH_ORACLE_KEY_FILE"] = ordeal.folder + "/oracle-key"
            }
            let secrets = [("the token", Self.token), ("the model's key", Self.key)]
            let canaries = Canaries(secrets + [("a password", Self.password)])
            try ordeal.starts(environment)
            try ordeal.waits(60_000, "the slash commands") { ordeal.isOnline && !ordeal.discord.commandNames().isEmpty }
            try ordeal.goesOn(for: 500)
            sibyl.next(.status(401, body: "{\"error\":\"\(Self.key) is no key\"}"))
            try ordeal.usesEverything()
            try ordeal.waits(20_000, "a question to the model") { !sibyl.heard.isEmpty }
            #expect(sibyl.heard.allSatisfy { $0.head.contains(Self.key) && !$0.body.line.contains(Self.key) })
            #expect(canaries.heard(in: try ordeal.whatTheSocketSays()) == [])

            let process = try #require(ordeal.daemon?.process)
            #expect(canaries.heard(in: try Files.read("/proc/\(process)/cmdline")) == [])
            #expect(Canaries(secrets).heard(in: try Files.read("/proc/\(process)/environ")) == [])

            // As one who has set nothing starts it: the runtime would print what lies in memory.
            environment["SWIFT_BACKTRACE"] = .some(nil)
            for signal in [SIGSEGV, SIGABRT, SIGILL] {
                ordeal.daemon?.crashes(by: signal)
                try ordeal.dies()
                try ordeal.starts(environment)
                try ordeal.waits(60_000, "its session") { ordeal.isOnline }
            }
            try ordeal.isQuiet()
            ordeal.daemon?.stops()
            #expect(ordeal.said(in: "hearthd.log").count > 20)
            #expect(try canaries.heard(below: ordeal.folder, but: ["token", "oracle-key"]) == [])
            #expect(canaries.heard(in: ordeal.whatDiscordHas()) == [])
        }

        @Test("P15: what Discord lends for an answer, and what people paste, comes into no log, and no door tells the first")
        func borrowed() throws {
            let ordeal = try Ordeal(Ordeal.Plan(rate: 200))
            try ordeal.starts(["HEARTH_LOG_LEVEL": "trace"])
            try ordeal.waits(60_000, "the slash commands") { ordeal.isOnline && !ordeal.discord.commandNames().isEmpty }
            ordeal.discord.act { world in
                for fault in [Fault.errorBefore, .badGatewayAfter, .resetAfter, .garbledAfter] {
                    world.faults.next(fault, on: "POST /interactions/{interaction_id}/{interaction_token}/callback")
                    world.faults.next(fault, on: "POST /channels/{channel_id}/messages")
                }
            }
            let home = ordeal.crowd.homes[0]
            let webhook = "https://discord.com/api/webhooks/198622483471925248/" + Self.foreign.replacing(".", with: "")
            var asked: [ID<Interaction>] = []
            for number in 0..<4 {
                let person = home.people[number % home.people.count]
                for text in [Self.foreign, webhook, "E!aip \(Self.foreign)", "E!house set activity.reply \(webhook)"] {
                    try ordeal.discord.says(person, in: home.channels[0], text)
                }
                asked.append(try ordeal.discord.uses(person, "activity profile", in: home.channels[0]))
            }
            try ordeal.isQuiet()
            let tokens = asked.compactMap { ordeal.discord.interaction($0)?.token }
            #expect(tokens.count == 4 && tokens.allSatisfy { $0.utf8.count > 20 })
            let lent = Canaries(tokens.map { ("an interaction's token", $0) })
            #expect(lent.heard(in: try ordeal.whatTheSocketSays()) == [])
            #expect(lent.heard(in: ordeal.whatDiscordHas()) == [])
            ordeal.daemon?.crashes(by: SIGSEGV)
            let pasted = Canaries([("a token", Self.foreign), ("a webhook", Self.foreign.replacing(".", with: ""))])
            for file in ["hearthd.log", "hearthd.out"] {
                let lines = ordeal.said(in: file).joined(separator: "\n")
                #expect(lent.heard(in: lines) + pasted.heard(in: lines) == [], "\(file)")
            }
        }

        @Test("P15: a token in the wrong place is refused, and the sentence does not repeat it")
        func misplaced() throws {
            let place = try StoryFolder()
            let file = place.path + "/hearth.yml"
            let canaries = Canaries([("the token", Self.foreign)])
            let cases: [(name: String, yaml: String, words: [String], environment: [String: String?])] = [
                ("as a word", "", [Self.foreign], [:]),
                ("as an option", "", ["--\(Self.foreign)"], [:]),
                ("as the configuration's name", "", ["--config", Self.foreign], [:]),
                ("as the file's name", "discord: { token_file: \(Self.foreign) }", ["--config", file], [:]),
                ("under a key of its own", "discord: { token: \(Self.foreign) }", ["--config", file], [:]),
                ("as a key", "discord: { \(Self.foreign): 1 }", ["--config", file], [:]),
                ("as another key's value", "discord: { shards: \(Self.foreign) }", ["--config", file], [:]),
                ("as an address", "discord: { api_base: \(Self.foreign) }", ["--config", file], [:]),
                ("with its scheme", "", ["--config", file], ["DISCORD_TOKEN": "Bot \(Self.foreign)"]),
                ("twice", "", ["--config", file], ["DISCORD_TOKEN": "\(Self.foreign) \(Self.foreign) x"]),
                ("in another variable", "", ["--config", file], ["HEARTH_DISCORD_SHARDS": Self.foreign]),
                ("in a variable that is none", "", ["--config", file], ["HEARTH_\(Self.foreign)": "1"]),
            ]
            for one in cases {
                try Files.write(Array("store: { path: \(place.path)/hearth.db }\n\(one.yaml)\n".utf8), to: file)
                let output = place.path + "/said"
                if Files.exists(output) { try Files.remove(output) }
                let words = one.words + ["--check-config"]
                let code = try OwnProgram("hearthd", words, output: output, environment: one.environment).ends()
                let said = try Files.read(output)
                #expect(canaries.heard(in: said) == [], "\(one.name): \(String(decoding: said, as: UTF8.self))")
                #expect([0, 2, 78].contains(code) && !said.isEmpty, "\(one.name)")
            }
        }
    }
}

extension Ordeal {
    /// The token is to come from elsewhere.
    fileprivate func forgetsTheTokenFile() throws {
        let lines = String(decoding: try Files.read(configuration), as: UTF8.self).split(separator: "\n")
        let kept = lines.filter { !$0.contains("token_file") }.joined(separator: "\n") + "\n"
        #expect(kept.split(separator: "\n").count == lines.count - 1)
        try Files.write(Array(kept.utf8), to: configuration)
        try Files.remove(folder + "/token")
    }

    /// A member asks for everything that asks for nothing, and the owner's console makes a backup.
    fileprivate func usesEverything() throws {
        let home = crowd.homes[0]
        // Nobody is told to wait: each command is to answer.
        for home in crowd.homes {
            _ = try client().ask("house.set", ["guild": .id(home.guild), "name": "house.command_limit", "value": 1_000])
        }
        for (number, command) in Self.plain.enumerated() {
            let (person, place) = (home.people[number % home.people.count], home.channels[number % home.channels.count])
            try discord.says(person, in: place, "E!" + command.replacing(".", with: " "))
            _ = try discord.uses(person, "activity profile", in: place)
        }
        _ = try client().ask("house.backup")
        _ = try client().ask("house.backup", ["name": "again.db"])
    }

    private static var plain: [String] {
        hearthd.House.features.flatMap(\.commands).filter { !$0.parameters.contains(where: \.isRequired) }.map(\.name)
    }

    /// What every command, verb and panel says to somebody who asks for all of it; what would change something is only planned.
    fileprivate func whatTheSocketSays() throws -> String {
        let client = try client()
        let guild = JSON.id(home)
        var lines: [String] = []
        for command in hearthd.House.features.flatMap(\.commands) {
            let needed = command.parameters.filter(\.isRequired).map { ($0.name, JSON.string("1")) }
            var values = JSON.Object([("guild", guild)] + needed)
            if command.changes { values["dry_run"] = true }
            lines.append(try client.exchange(command.name, .object(values)).line)
            lines.append(try client.exchange("meta.describe", ["method": .string(command.name)]).line)
        }
        for verb in ["hello", "meta.info", "meta.methods", "meta.panels"] { lines.append(try client.exchange(verb).line) }
        for panel in hearthd.House.features.flatMap(\.panels) {
            let params: JSON = panel.scope == .house ? [:] : ["guild": guild]
            lines.append(try client.exchange("sub.open", ["topic": .string(panel.topic), "params": params]).line)
            if lines.last?.contains("\"error\"") == false {
                lines += try client.hear { $0["op"] == "live" }.map(\.line)
            }
        }
        #expect(lines.count > 40)
        return lines.joined(separator: "\n")
    }

    /// Everything that the bot has said in Discord, and what it asked for there.
    fileprivate func whatDiscordHas() -> String {
        let rooms = discord.homes.flatMap { discord.channels(of: $0) }
        let messages = rooms.flatMap { discord.botMessages(in: $0) }
        #expect(!messages.isEmpty)
        return messages.map { "\($0)" }.joined(separator: "\n")
    }
}
