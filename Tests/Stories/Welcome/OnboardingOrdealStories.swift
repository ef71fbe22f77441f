import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Onboarding through kills", .serialized) struct OnboardingOrdealStories {
        @Test("ONB-08 LEAD-23: killed again and again, the bot leads everybody to where they should be, and tells it once")
        func kills() throws {
            let kills = Environment.read()["HEARTH_KILLS"].flatMap { Int($0) } ?? 5
            let ordeal = try Ordeal(Ordeal.Plan())
            try ordeal.isBorn()
            let home = ordeal.crowd.homes[0]
            let place = try Self.furnish(ordeal, home)
            var travellers = (0..<5).map { number in
                Traveller(ordeal.discord.member("newcomer-\(number)", in: home.guild), ordeal.discord, place)
            }
            var deaths = 0
            var next = MonotonicTime.now.adding(milliseconds: 400)
            let deadline = MonotonicTime.now.adding(milliseconds: 120_000)
            while deaths < kills || !travellers.allSatisfy(\.isThere) {
                guard MonotonicTime.now < deadline else { throw ordeal.lost("everybody's end: \(travellers.map(\.words))") }
                for index in travellers.indices { try travellers[index].acts() }
                if deaths < kills, MonotonicTime.now >= next {
                    try ordeal.dies()
                    deaths += 1
                    try ordeal.starts()
                    next = .now.adding(milliseconds: 300 + ordeal.dice.below(1500))
                }
                try ordeal.goesOn(for: 5)
            }
            try ordeal.isQuiet()
            let socket = try ordeal.client()
            let log = ordeal.discord.botMessages(in: place.log).map(Story.words)
            let greetings = ordeal.discord.botMessages(in: place.greetings).flatMap(\.mentions)
            for traveller in travellers {
                #expect(ordeal.discord.roles(of: traveller.id, in: home.guild) == [place.role])
                #expect(log.filter { $0.contains("<@\(traveller.id)> has finished") }.count == 1)
                #expect(greetings.filter { $0 == traveller.id }.count == 1)
                let row = try socket.ask(
                    "onboarding.show", ["guild": .id(home.guild), "member": .id(traveller.id)])
                #expect(
                    row["answers"]?.array?.map { $0["answer"] } == [
                        ["choice": "Elsewhere", "followup": "far away", "followup_label": "Where is that?"], ["Tea", "Talk"],
                        "AB12", "ann@example.org", "nothing more",
                    ], "\(row.line)")
            }
            #expect(ordeal.discord.ledger.doubled.map(\.content) == [])
        }

        struct Place {
            var notice: Said
            var log: ID<Channel>
            var greetings: ID<Channel>
            var role: ID<Role>
        }

        private static func furnish(_ ordeal: Ordeal, _ home: Crowd.Home) throws -> Place {
            let socket = try ordeal.client()
            func ask(_ method: String, _ params: JSON) throws {
                _ = try socket.ask(method, params.joined(with: ["guild": .id(home.guild)]))
            }
            let role = ordeal.discord.role("Member", in: home.guild, position: 1)
            try ordeal.waits(20_000, "the role is known") {
                try ordeal.number("SELECT COUNT(*) FROM house_roles WHERE role = \(role)") > 0
            }
            try ask("rules.add", ["text": "Be kind."])
            for (name, value) in [
                ("log_channel", JSON.id(home.channels[1])), ("role", .id(role)), ("greet", "channel"),
                ("greeting_channel", .id(home.channels[2])),
            ] { try ask("house.set", ["name": .string("onboarding." + name), "value": value]) }
            for question in [
                ["kind": "one", "text": "Where from?", "choices": "Here|Elsewhere"],
                ["kind": "several", "text": "What for?", "choices": "Tea|Games|Talk"],
                ["kind": "short", "text": "Code?", "pattern": "[A-Z]{2}[0-9]+"], ["kind": "email", "text": "Mail?"],
                ["kind": "long", "text": "More?", "only_if": "1: Elsewhere"],
            ] as [JSON] { try ask("onboarding.add", question) }
            try ask("onboarding.choice", ["question": 1, "choice": "Elsewhere", "follow_up": "Where is that?"])
            try ask("onboarding.post", ["channel": .id(home.channels[0])])
            try ordeal.isQuiet()
            let notice = ordeal.discord.botMessages(in: home.channels[0]).first
            return Place(
                notice: try #require(notice).said, log: home.channels[1], greetings: home.channels[2], role: role)
        }
    }
}

/// A newcomer who presses on whatever becomes of the bot: what fails is begun again with the button under the rules.
private struct Traveller {
    private var newcomer: Newcomer
    private let place: Stories.OnboardingOrdealStories.Place
    private var waiting: ID<Interaction>?
    private var isBeginning = false
    private(set) var isThere = false

    init(_ id: ID<Member>, _ discord: Simulation, _ place: Stories.OnboardingOrdealStories.Place) {
        newcomer = Newcomer(id, discord)
        self.place = place
    }

    var id: ID<Member> { newcomer.id }
    var words: String { newcomer.words }

    /// One look, and at most one press.
    mutating func acts() throws {
        if isThere { return }
        if let waiting { return try looks(after: waiting) }
        guard newcomer.seen != nil else {
            isBeginning = true
            waiting = try newcomer.discord.clicks(id, "Start", on: place.notice)
            return
        }
        let buttons = newcomer.buttons
        if newcomer.words.hasPrefix("Done") {
            isThere = true
        } else if let press = ["I agree", "I accept the rules", "Send", "Answer"].first(where: buttons.contains) {
            waiting = try newcomer.presses(press)
        } else if newcomer.menu != nil {
            waiting =
                try newcomer.words.contains("Where from?") ? newcomer.chooses("Elsewhere") : newcomer.chooses("Tea", "Talk")
        } else {
            newcomer.seen = nil
        }
    }

    private mutating func looks(after interaction: ID<Interaction>) throws {
        guard let record = newcomer.discord.interaction(interaction) else { return waiting = nil }
        if record.form != nil {
            return waiting = try newcomer.discord.submitsModal(id, interaction, [field(of: record.form): answer])
        }
        if record.hasFailed {
            (waiting, newcomer.seen) = (nil, nil)
        } else if record.answer != nil {
            if isBeginning {
                guard let reply = newcomer.discord.reply(to: interaction) else { return }
                newcomer.seen = reply.said
            }
            (waiting, isBeginning) = (nil, false)
        }
    }

    private func field(of form: JSON?) -> String {
        form?["components"]?[0]?["component"]?["custom_id"]?.text ?? ""
    }

    private var answer: String {
        let words = newcomer.words
        if words.contains("Where from?") { return "far away" }
        if words.contains("Code?") { return "AB12" }
        return words.contains("Mail?") ? "ann@example.org" : "nothing more"
    }
}
