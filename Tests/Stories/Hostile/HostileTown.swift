import Discord
import Kit
import Shared
import Simulator
import Testing
import Workbench
import hearthd

/// The whole house on a bench in a server where everything has a hostile name, and a Discord that checks each message that
/// comes out of it. A new feature is here by itself: everything that the house can do is taken from its catalogue.
final class HostileTown {
    let bench: Bench
    private let discord = Simulation()
    private let home: ID<Guild>
    private var room: ID<Channel>
    private var seen: Set<JSON> = []
    private(set) var drawn = 0
    private var extra: Int64 = 0

    init() throws {
        bench = try Bench(hearthd.House.features)
        home = discord.guild("Judges")
        room = discord.channel("general", in: home)
        settle()
    }

    var commands: [Command] { bench.catalogue.commands }

    /// One member, role and channel for each hostile name; the first member has 250 roles; each has said something hostile.
    private func settle() {
        let names = HostileWords.names
        let roles =
            [Town.everyone()]
            + (0..<250).map { number in
                RoleProfile(
                    id: Town.role(Int64(number)), guild: Town.guild, name: names[number % names.count], position: number + 1,
                    permissions: [], isManaged: false)
            }
        let channels = names.enumerated().map { number, name in
            ChannelProfile(
                id: Town.channel(Int64(number + 1)), guild: Town.guild, name: name, type: 0, parent: nil, position: number,
                overwrites: [])
        }
        let members = names.enumerated().map { number, name in
            MemberProfile(
                id: Town.member(Int64(number + 1)), guild: Town.guild, username: name, globalName: name, nick: name,
                roles: number == 0 ? roles.dropFirst().map(\.id) : [], isBot: false, joined: nil)
        }
        bench.hear(Town.seen(channels: channels, roles: roles, members: members))
        for (number, words) in HostileWords.all.enumerated() {
            let member = Int64(number % names.count + 1)
            var said = Said(member, words, in: member, at: bench.clock.now, extra: Int64(number))
            (said.username, said.nick) = (names[Int(member) - 1], names[Int(member) - 1])
            bench.hear(
                said.event, .reactionAdded(Town.reaction(1, on: said.id, of: member, String(words.prefix(32)), in: member)))
        }
    }

    // MARK: - Asking

    /// What every parameter of a command takes, with these words wherever words are taken.
    func values(_ command: Command, _ words: String) -> JSON.Object {
        JSON.Object(command.parameters.compactMap { outline in Self.fitting(outline, words).map { (outline.name, $0) } })
    }

    private static func fitting(_ outline: Outline, _ words: String) -> JSON? {
        switch outline.kind {
        case .text(let longest): .string(String(String.UnicodeScalarView(words.unicodeScalars.prefix(longest))))
        case .whole(let range): .int(Int64(range.lowerBound))
        case .decimal(let range): .double(range.lowerBound)
        case .yesNo: true
        case .choice(let choices): choices.first.map { .string($0.value) }
        case .duration(let range, _): .string(range.lowerBound.exactly)
        case .date: "tomorrow 18:00"
        case .member: .id(Town.member(1))
        case .role: .id(Town.role(1))
        case .channel: .id(Town.channel(1))
        case .message: "https://discord.com/channels/100/201/300"
        case .emoji: "👍"
        case .colour: "#ff8800"
        case .lookup: .string(words)
        case .file: nil
        }
    }

    /// On the control socket. Something inside may never fail.
    func asks(_ command: Command, _ values: JSON.Object) throws -> Answered {
        var request = Request(command, params: values, guild: Town.guild, person: Bench.owner)
        request.person.member = command.isForMembers ? Town.member(1) : nil
        return try bench.ask(request)
    }

    /// As a slash command of somebody who may do everything; once a minute, so that nobody is told to wait.
    func uses(_ command: Command, _ values: JSON.Object) {
        extra += 1
        bench.clock.pass(1.minutes)
        bench.hear(
            .interaction(
                InteractionSeen(
                    id: Town.id(at: bench.clock.now, extra), token: "t", application: name(998),
                    kind: .command(path: command.name.replacing(".", with: " "), options: values), guild: Town.guild,
                    channel: Town.channel(1), member: nil, user: Town.member(1), permissions: .all, botPermissions: .all,
                    locale: "en-GB", message: nil, resolved: .null)))
    }

    /// In a channel, by a prefix.
    func writes(_ command: Command, _ words: String) {
        extra += 1
        bench.clock.pass(1.minutes)
        let path = command.name.replacing(".", with: " ")
        bench.hear(Said(1, "E!\(path) \(words)", at: bench.clock.now, extra: extra).event)
    }

    // MARK: - Judging

    /// Discord takes everything that was said since the last look, and pings nobody for it.
    func judge(_ story: String) {
        for card in bench.journal.cards {
            let body = JSON.object(MessageBody.new(card, mentions: .nobody))
            guard seen.insert(body).inserted else { continue }
            drawn += 1
            discord.pass(2.seconds)
            if drawn % 500 == 0 { room = discord.channel("general-\(drawn)", in: home) }
            let answer = discord.respond(
                to: Request("POST", "/api/v10/channels/\(room)/messages", headers: Self.headers, body: body.bytes))
            #expect(answer.status == 200, "\(story): Discord says \(answer.json.line) to \(body.line.prefix(600))")
            let message = discord.botMessages(in: room).last
            #expect(message?.mentions.isEmpty == true && message?.mentionsEveryone == false, "\(story) pings with \(body.line)")
            judge(body["allowed_mentions"], story)
        }
        bench.journal.clear()
        #expect(discord.violations == [], "\(story)")
    }

    private func judge(_ mentions: JSON?, _ story: String) {
        let isEmpty = mentions?["parse"] == [] && mentions?["users"] == nil && mentions?["roles"] == nil
        #expect(isEmpty, "\(story): allowed_mentions is \(mentions?.line ?? "missing")")
    }

    /// The terminal draws it in exactly the cells that it has, and obeys none of it.
    func draws(_ lines: some Sequence<String>, _ story: String) {
        for line in lines {
            for policy in WidthPolicy.allCases {
                let cells = line.cells(policy).fitted(to: 80)
                #expect(cells.width == 80, "\(story): \(cells.width) cells by \(policy)")
                let commands = cells.string.unicodeScalars.filter { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
                #expect(commands.isEmpty, "\(story): the terminal would obey \(commands)")
            }
        }
    }

    private static let headers = [
        "authorization": "Bot " + BotAccount.madeUpToken, "user-agent": "DiscordBot (https://example.org, 1)",
        "content-type": "application/json",
    ]
}
