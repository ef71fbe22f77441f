import Engine
import Kit
import Shared
import Testing
import Workbench

/// What members and staff see of an onboarding, line by line.
@Suite("Cards of onboarding")
struct StepCardTests {
    private func lines(_ card: Card, _ bench: Bench) -> [String] {
        PlainText(bench.directory, guild: Town.guild, zone: .utc).lines(of: card)
    }

    /// A member presses a button that runs this.
    private func touch(_ member: Int64, _ command: String, _ arguments: JSON, on bench: Bench) throws {
        bench.clock.pass(2.seconds)
        bench.journal.clear()
        let id = try #require(Invocation(command: command, arguments: arguments).standing)
        let pressed = InteractionSeen(
            id: Town.id(at: bench.clock.now), token: "t", application: name(998),
            kind: .component(customID: id, values: []), guild: Town.guild, channel: Town.channel(1), member: nil,
            user: Town.member(member), permissions: [], botPermissions: .all, locale: "en-GB", message: name(5),
            resolved: .null)
        bench.sequence += 1
        let steady = bench.clock.clocks.steadyNanoseconds()
        bench.deliver([
            Dispatch(shard: 0, sequence: bench.sequence, event: .interaction(pressed), receivedNanoseconds: steady)
        ])
    }

    /// The same; answers the card that they see.
    private func press(_ member: Int64, _ command: String, _ arguments: JSON = [:], on bench: Bench) throws -> Card {
        try touch(member, command, arguments, on: bench)
        let answers = bench.journal.parcels.compactMap {
            if case .answer(let answer) = $0.effect { answer.card } else { nil } as Card?
        }
        return try #require(answers.last)
    }

    @Test func `every step of a member, from Start to the end, and what staff read of it`() throws {
        let bench = try Bench.onboarding()
        try bench.putsUpNotice()
        for question in [
            ["kind": "one", "text": "Where from?", "choices": "Here | Elsewhere", "hint": "Roughly."],
            ["kind": "several", "text": "What for?", "choices": "Tea|Games|Talk", "most": 2],
            ["kind": "short", "text": "Code?", "pattern": "[A-Z]+", "as": "capitals", "required": false],
        ] as [JSON] { try bench.run("onboarding.add", question) }
        bench.settles()
        var card = try press(3, "onboarding.start", on: bench)
        #expect(card.title == "Before we begin" && card.buttons.map(\.label) == ["I agree"])
        card = try press(3, "onboarding.start", ["agree": 1], on: bench)
        #expect(lines(card, bench) == ["The rules", "1. Be kind.", "2. No spoilers."])
        #expect(card.buttons.map(\.label) == ["I accept the rules"])
        card = try press(3, "onboarding.accept", ["version": 2], on: bench)
        #expect(lines(card, bench) == ["Question 1 of 3", "Where from?", "Roughly."])
        #expect(
            card.menu?.choices.map(\.label) == ["Here", "Elsewhere"] && card.menu?.hint == "Choose one" && card.buttons.isEmpty)
        card = try press(3, "onboarding.answer", ["question": 1, "choice": "2"], on: bench)
        #expect(lines(card, bench) == ["Question 2 of 3", "What for?", "Choose 1 to 2."])
        #expect(card.menu?.least == 1 && card.menu?.most == 2 && card.buttons.map(\.label) == ["Back"])
        card = try press(3, "onboarding.answer", ["question": 1], on: bench)
        #expect(card.menu?.choices.map(\.isChosen) == [false, true], "what was chosen is shown again")
        card = try press(3, "onboarding.answer", ["question": 2, "choice": ["1", "3"]], on: bench)
        #expect(lines(card, bench) == ["Question 3 of 3", "Code?", "capitals", "You may leave it out."])
        #expect(card.buttons.map(\.label) == ["Answer", "Back", "Leave it out"] && card.menu == nil)
        card = try press(3, "onboarding.answer", ["question": 3, "skip": true], on: bench)
        #expect(
            lines(card, bench) == [
                "Is this right?", "Nobody has seen it yet.", "  Where from?  Elsewhere", "  What for?    Tea, Talk",
                "  Code?        –",
            ])
        #expect(
            card.buttons.map(\.label) == ["Send"] && card.menu?.choices.map(\.label) == ["Where from?", "What for?", "Code?"])
        card = try press(3, "onboarding.finish", on: bench)
        #expect(
            lines(card, bench) == [
                "Done", "You are done here since 2026-08-06. Welcome!", "  Where from?  Elsewhere", "  What for?    Tea, Talk",
                "  Code?        –", "See what I keep of you with privacy data.",
            ])
        let posts = bench.journal.parcels.compactMap { if case .post(_, let post) = $0.effect { post } else { nil } as Post? }
        #expect(
            posts.map { lines($0.card, bench) } == [
                [
                    "New member", "person-3 has finished the onboarding in 14 s. Accepted version 2 of the rules.",
                    "  Where from?  Elsewhere", "  What for?    Tea, Talk", "  Code?        –",
                ]
            ])
        #expect(posts.allSatisfy { $0.mentions == .nobody })
    }

    @Test func `a window asks what is to be written, and what belongs to a choice`() throws {
        let bench = try Bench.onboarding(rules: [])
        try bench.putsUpNotice()
        try bench.run("onboarding.add", ["kind": "several", "text": "What for?", "choices": "Tea|Else"])
        try bench.run("onboarding.choice", ["question": 1, "choice": "Else", "follow_up": "And what?"])
        try bench.run("onboarding.add", ["kind": "long", "text": "Tell us.", "required": false, "hint": "As you like."])
        bench.settles()
        try bench.step("onboarding.start", ["agree": 1], as: 3)
        bench.journal.clear()
        try touch(3, "onboarding.answer", ["question": 1, "choice": ["1", "2"]], on: bench)
        var form = try #require(bench.journal.forms.last)
        #expect(form.title == "What for?" && form.fields.map(\.label) == ["And what?"] && form.fields.map(\.hint) == ["Else"])
        try bench.step("onboarding.answer", ["question": 1, "choice": "Tea"], as: 3)
        try touch(3, "onboarding.answer", ["question": 2], on: bench)
        form = try #require(bench.journal.forms.last)
        #expect(form.title == "Question 2 of 2" && form.fields.map(\.label) == ["Tell us."])
        #expect(
            form.fields.first?.isLong == true && form.fields.first?.isRequired == false && form.fields.first?.longest == 1000)
    }

    @Test func `what staff see of the message, of the questions and of the way`() throws {
        let bench = try Bench.onboarding()
        func said(_ command: String, _ params: JSON = [:]) throws -> [String] {
            guard let found = bench.catalogue.command(command) else { throw Bench.Silence() }
            var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: Bench.owner)
            request.wantsCard = true
            guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
            return lines
        }
        #expect(try said("onboarding.overview").first == "Onboarding")
        #expect(try said("onboarding.questions").contains("There are none: who accepts the rules is done."))
        try bench.putsUpNotice()
        try bench.run("onboarding.add", ["kind": "one", "text": "Where from?", "choices": "Here | Elsewhere"])
        try bench.run("onboarding.choice", ["question": 1, "choice": "Elsewhere", "follow_up": "Where?"])
        try bench.run("onboarding.add", ["kind": "short", "text": "Code?", "pattern": "[A-Z]+", "only_if": "1: Here"])
        #expect(
            try said("onboarding.questions") == [
                "Questions of the onboarding", "#1  Where from?  (one)", "   Here | Elsewhere → Where?", "#2  Code?  (short)",
                "   matches [A-Z]+", "   only if 1: 1", "The numbers are those that other commands take.",
            ])
        #expect(try said("onboarding.overview").contains { $0.contains("stands in #room-1") })
        for number in 20..<24 as Range<Int64> { bench.joins(number) }
        try bench.begins(20)
        let funnel = try said("onboarding.funnel")
        #expect(funnel[1] == "██████████  Joined  4 (100 %), 3 stopped here")
        #expect(funnel[4] == "███         1. Where from?  1 (25 %), 1 stopped here")
        #expect(try said("onboarding.list").contains { $0.hasPrefix("person-20  question: Where from?") })
    }
}
