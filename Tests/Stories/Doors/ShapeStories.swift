import Engine
import Kit
import Machine
import Shared
import Testing
import Workbench
import hearthd

extension Stories {
    @Suite("What commands return") struct ShapeStories {
        /// What sets a server up for the examples, in the words of their own.
        private static let furniture = [
            "house.set events.channel #general", "house.set topics.listen yes", "pings.add", "pings.edit", "pings.spare",
            "pings.fire", "templates.set", "badges.add", "badges.give", "seasons.start", "events.create", "events.edit",
            "events.rsvp", "rewards.add", "rewards.edit", "rewards.winners", "rewards.apply", "rewards.almost", "topics.add",
            "topics.schedule", "topics.topic", "activity.override", "silence.add", "privacy.decline", "house.tune",
            "rules.add", "onboarding.add", "onboarding.start",
            "reminders.add", "rolemenus.add",
            "tickets.add_kind name: help", "privacy.agree", "tickets.open", "faq.add",
        ]

        /// There is nothing of what their examples name, or it is not to be had on a bench.
        private static let barren: Set<String> = [
            "analytics.download", "analytics.dashboard", "events.attendance", "house.backup", "house.drill", "house.fault",
        ]

        @Test("every command that changes nothing returns what it says, asked as its example asks")
        func returned() throws {
            let bench = try Self.furnished()
            for words in Self.furniture {
                let name = String(words.prefix { $0 != " " })
                let command = try #require(bench.catalogue.command(name))
                let given = words == name ? command.example : String(words.dropFirst(name.count + 1))
                let faults = try Self.faults(of: command, given, bench)
                #expect(faults.isEmpty, "\(name) \(given): \(faults)")
            }
            for command in bench.catalogue.commands where !command.changes && !Self.barren.contains(command.name) {
                let faults = try Self.faults(of: command, command.example, bench)
                #expect(faults.isEmpty, "\(command.name) \(command.example): \(faults)")
            }
        }

        private static func furnished() throws -> Bench {
            let bench = try Bench(House.features)
            var roles = [Town.everyone(.all)] + (1...4).map { Town.role($0, []) } + [Town.role(9, .all)]
            for (index, name) in ["Regular", "Gold", "Champion", "Moderator"].enumerated() { roles[index + 1].name = name }
            var members = ["owner", "somebody", "ann", "ben"].enumerated().map { index, name in
                Town.profile(Int64(index + 1), named: name)
            }
            var machine = Town.profile(0, named: "hearth", roles: [Town.role(9)])
            (machine.id, machine.isBot) = (Bench.bot, true)
            members.append(machine)
            var places = [Town.place(1), Town.place(2), Town.place(3, type: 2)]
            for (index, name) in ["general", "lounge", "voice"].enumerated() { places[index].name = name }
            bench.hear(Town.seen(channels: places, roles: roles, members: members))
            for member in Int64(1)...4 {
                for day in 0..<member { bench.hear(Said(member, at: Bench.start - Int(day).days, extra: member).event) }
            }
            return bench
        }

        /// What is wrong with the answer; a refusal is wrong as well. What asks to be confirmed is.
        private static func faults(of command: Command, _ words: String, _ bench: Bench) throws -> [String] {
            var params = JSON.Object()
            for (name, raw) in try Line.values(words, for: command.parameters) { params[name] = raw.text.map(JSON.string) }
            var person = Bench.owner
            person.member = Town.member(2)
            let guild = command.scope == .house ? nil : Town.guild
            var request = Request(command, params: params, guild: guild, person: person)
            var answer = try bench.ask(request)
            if case .refused(let refusal) = answer, let confirmation = refusal.confirmation {
                request.confirm = confirmation.token
                answer = try bench.ask(request)
            }
            switch answer {
            case .reply(let data, _, _, _), .planned(_, _, let data), .replayed(let data):
                return command.returns.faults(in: data, at: command.verb)
            case .refused(let refusal): return ["refused: \(refusal.sentence)"]
            case .failed: return bench.notes.locked { $0.suffix(1).map { "failed: \($0)" } }
            }
        }
    }
}

extension Shape {
    /// What a value has that the shape does not know, and what it has otherwise. What there is not may be left out.
    fileprivate func faults(in json: JSON, at path: String) -> [String] {
        if json.isNull { return [] }
        func wrong(unless fits: Bool) -> [String] { fits ? [] : ["\(path) is \(json.line.prefix(80)), not \(self)"] }
        switch self {
        case .nothing: return wrong(unless: false)
        case .anything: return []
        case .text: return wrong(unless: json.text != nil)
        case .flag: return wrong(unless: json.bool != nil)
        case .decimal: return wrong(unless: json.double != nil)
        case .whole, .duration: return wrong(unless: json.int != nil)
        case .id: return wrong(unless: json.text.flatMap { Int64($0) } != nil)
        case .instant:
            return wrong(unless: path.hasSuffix("_ms") ? json.int != nil : json.text.flatMap { Instant(rfc3339: $0) } != nil)
        case .list(let inner):
            guard let items = json.array else { return wrong(unless: false) }
            return items.prefix(3).flatMap { inner.faults(in: $0, at: path) }
        case .record(let members):
            guard let object = json.object else { return wrong(unless: false) }
            return object.members.flatMap { name, value -> [String] in
                guard let shape = members.first(where: { $0.name == name })?.shape else {
                    return ["\(path).\(name) is not told of"]
                }
                return shape.faults(in: value, at: path + "." + name)
            }
        }
    }
}
