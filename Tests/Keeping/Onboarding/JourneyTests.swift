import Kit
import Shared
import Testing
import Workbench

@Suite("Onboarding: the way of a member")
struct JourneyTests {
    /// One of each kind, the third asked only of who chose "Elsewhere" in the first.
    private func questioned() throws -> Bench {
        let bench = try Bench.onboarding()
        try bench.putsUpNotice()
        try bench.run("onboarding.add", ["kind": "one", "text": "Where from?", "choices": "Here | Elsewhere"])
        try bench.run("onboarding.add", ["kind": "several", "text": "What for?", "choices": "Tea|Games|Talk", "most": 2])
        try bench.run("onboarding.add", ["kind": "short", "text": "Which country?", "only_if": "1: Elsewhere"])
        try bench.run("onboarding.add", ["kind": "email", "text": "Your address?", "required": false])
        try bench.run("onboarding.add", ["kind": "long", "text": "Anything else?", "required": false])
        bench.settles()
        return bench
    }

    @Test func `ONB-02 privacy first, then the rules with version and time, then the questions, and nothing out of turn`()
        throws
    {
        let bench = try questioned()
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "privacy")
        #expect(try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 3)["stage"] == "privacy")
        #expect(try bench.step("onboarding.accept", ["version": 2], as: 3)["stage"] == "privacy")
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [0])
        #expect(try bench.step("onboarding.start", ["agree": 1], as: 3)["stage"] == "rules")
        #expect(try bench.step("onboarding.accept", ["version": 1], as: 3)["stage"] == "rules", "an older version")
        bench.clock.pass(1.minutes)
        #expect(try bench.step("onboarding.accept", ["version": 2], as: 3)["stage"] == "question")
        let row = try bench.run("onboarding.show", ["member": .id(Town.member(3))])
        #expect(row["rules_version"] == 2 && row["accepted_ms"]?.int == bench.clock.now.milliseconds)
        #expect(try bench.step("onboarding.finish", as: 3)["stage"] == "question")
    }

    @Test func `ONB-03, ONB-06, ONB-07 every kind is answered, branches are followed, and it ends once with roles and a post`()
        throws
    {
        let bench = try questioned()
        try bench.begins(3)
        #expect(try bench.step("onboarding.answer", ["question": 1, "choice": "Elsewhere"], as: 3)["question"] == 2)
        #expect(try bench.step("onboarding.answer", ["question": 2, "choice": ["1", "3"]], as: 3)["question"] == 3)
        #expect(try bench.step("onboarding.answer", ["question": 3, "text": " France "], as: 3)["question"] == 4)
        #expect(try bench.step("onboarding.answer", ["question": 4, "text": "ann@example.org"], as: 3)["question"] == 5)
        #expect(try bench.step("onboarding.answer", ["question": 5, "skip": true], as: 3)["stage"] == "review")
        // Second thoughts: the branch closes, and what was said in it goes.
        #expect(try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 3)["stage"] == "review")
        bench.settles()
        bench.clock.pass(20.seconds)
        #expect(try bench.step("onboarding.finish", as: 3)["stage"] == "done")
        #expect(bench.settles().map(\.deed) == ["gives 1 to 3", "posts in 2"])
        #expect(try bench.step("onboarding.finish", as: 3)["stage"] == "done")
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "done")
        #expect(try bench.step("onboarding.answer", ["question": 1, "choice": "Elsewhere"], as: 3)["stage"] == "done")
        #expect(bench.settles().isEmpty)
        let row = try bench.run("onboarding.show", ["member": .id(Town.member(3))])
        #expect(row["roles"] == "given")
        #expect(row["answers"]?.array?.map { $0["answer"] } == ["Here", ["Tea", "Talk"], "ann@example.org", JSON.null])
        #expect(row["answers"]?.array?.allSatisfy { $0["at_ms"]?.int ?? 0 > 0 } == true)
    }

    @Test(
        arguments: [
            (1, ["choice": "Nowhere"], "choice", "\"Nowhere\" cannot be chosen here."),
            (1, ["choice": ["1", "2"]], "choice", "Choose 1."), (1, ["choice": "1,2"], "choice", "Choose 1."),
            (1, ["text": "Here"], "choice", "Choose what you answer."), (1, ["skip": true], "", ""),
            (2, ["choice": ["1", "2", "3"]], "choice", "Choose from 1 to 2; 3 were chosen."),
            (2, ["choice": .array([])], "choice", "Choose from 1 to 2; 0 were chosen."),
            (4, ["text": "ann"], "text", "\"ann\" is no e-mail address."),
            (4, ["choice": "1"], "text", ""), (5, ["text": .string("\u{200B}")], "text", ""),
            (4, ["text": "a@b.org\nx"], "text", "That is more than one line."),
            (5, ["text": .string(String(repeating: "x", count: 1001))], "text", ""),
        ] as [(Int, JSON, String, String)])
    func `ONB-05 what is no answer is refused with a sentence, and nothing is kept`(
        _ question: Int, _ given: JSON, _ field: String, _ sentence: String
    ) throws {
        let bench = try questioned()
        try bench.begins(3)
        let params = (["question": .int(Int64(question))] as JSON).joined(with: given)
        let refusal = bench.no("onboarding.answer", params, as: 3)
        if !field.isEmpty { #expect(refusal?.field == field, "\(refusal?.sentence ?? "taken")") }
        if !sentence.isEmpty { #expect(refusal?.sentence == sentence) }
        if question != 4 || given["choice"] == nil {
            #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [0])
        }
    }

    @Test func `questions may change under somebody who is under way`() throws {
        let bench = try questioned()
        try bench.begins(3)
        try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 3)
        try bench.run("onboarding.move", ["question": 5, "place": 1])
        #expect(try bench.step("onboarding.start", as: 3)["question"] == 5)
        try bench.run("onboarding.remove", ["question": 5])
        #expect(try bench.step("onboarding.answer", ["question": 5, "text": "too late"], as: 3)["question"] == 2)
        try bench.run("onboarding.remove", ["question": 2])
        try bench.run("onboarding.remove", ["question": 4])
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "review")
        try bench.run("onboarding.restore", ["question": 2])
        #expect(try bench.step("onboarding.finish", as: 3)["question"] == 2)
    }

    @Test func `ONB-08 whoever leaves and comes back goes on where they stopped, and has their roles again`() throws {
        let bench = try questioned()
        bench.joins(20)
        try bench.begins(20)
        try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 20)
        bench.hear(.memberLeft(Town.member(20), guild: Town.guild))
        try bench.restart()
        bench.clock.pass(3.days)
        bench.joins(20)
        #expect(try bench.step("onboarding.start", as: 20)["question"] == 2)
        try bench.step("onboarding.answer", ["question": 2, "choice": "Tea"], as: 20)
        for question in [4, 5] as [Int64] {
            try bench.step("onboarding.answer", ["question": .int(question), "skip": true], as: 20)
        }
        try bench.step("onboarding.finish", as: 20)
        bench.settles()
        bench.hear(.memberLeft(Town.member(20), guild: Town.guild))
        bench.clock.pass(1.hours)
        bench.joins(20)
        #expect(bench.settles().map(\.deed) == ["gives 1 to 20"])
        #expect(try bench.step("onboarding.start", as: 20)["stage"] == "done")
    }

    @Test func `no role comes before the server's own screening is passed`() throws {
        let bench = try questioned()
        try bench.tune("onboarding.greet", "channel")
        try bench.tune("onboarding.greeting_channel", .id(Town.channel(3)))
        bench.joins(20, pending: true)
        bench.pass(1.minutes)
        #expect(bench.settles().isEmpty)
        #expect(bench.no("onboarding.start", [:], as: 20)?.sentence == "The server's own screening comes first.")
        #expect(try bench.stage(20) == "screening")
        var passed = Town.profile(20, named: "person-20")
        passed.joined = bench.clock.now - 1.minutes
        bench.hear(.memberSeen(passed, joined: false))
        bench.step()
        #expect(bench.settles().map(\.deed) == ["posts in 3 for 20"])
        #expect(try bench.step("onboarding.start", as: 20)["stage"] == "privacy")
    }

    @Test func `a new version of the rules is asked for where the server wants it, and only for what matters`() throws {
        let bench = try Bench.onboarding()
        try bench.putsUpNotice()
        try bench.begins(3)
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "done", "with no questions, who accepts is done")
        try bench.run("rules.add", ["text": "No bots."])
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "done")
        try bench.tune("onboarding.ask_again", true)
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "rules")
        #expect(try bench.step("onboarding.accept", ["version": 3], as: 3)["stage"] == "done")
        try bench.run("rules.edit", ["n": 3, "text": "No bots!", "minor": true])
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "done")
        #expect(try bench.run("onboarding.show", ["member": .id(Town.member(3))])["rules_version"] == 3)
    }

    @Test func `roles are looked at before they are given: staff read what stands in the way`() throws {
        let bench = try questioned()
        try bench.tune("onboarding.role", .id(Town.role(9)))
        try bench.run("onboarding.choice", ["question": 1, "choice": "Here", "role": .id(Town.role(2))])
        #expect(
            bench.no("onboarding.choice", ["question": 1, "choice": "Here", "role": .id(Town.role(9))])?.field == "role")
        try bench.begins(3)
        try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 3)
        try bench.step("onboarding.answer", ["question": 2, "choice": "Tea"], as: 3)
        for question in [4, 5] as [Int64] {
            try bench.step("onboarding.answer", ["question": .int(question), "skip": true], as: 3)
        }
        bench.settles()
        try bench.step("onboarding.finish", as: 3)
        let post = bench.journal.cards.last.map { PlainText(bench.directory, guild: Town.guild, zone: .utc).lines(of: $0) }
        #expect(bench.settles().map(\.deed) == ["gives 2 to 3", "posts in 2"])
        #expect(post?.contains { $0.contains("role-9 stands above mine") } == true, "\(post ?? [])")
        let symptoms = try bench.run("onboarding.overview")
        #expect(symptoms["state"] == "posted")
    }

    @Test func `what is kept of a member is exported as JSON with times, and erased`() throws {
        let bench = try questioned()
        try bench.begins(3)
        try bench.step("onboarding.answer", ["question": 1, "choice": "Here"], as: 3)
        let kept = try bench.run("tune.export", ["member": .id(Town.member(3))])["onboarding"]
        #expect(kept?["journeys"]?[0]?["rules_version"] == 2 && kept?["answers"]?[0]?["answer"] == "Here")
        #expect(kept?["answers"]?[0]?["asked"] == "Where from?")
        try bench.run("tune.erase", ["member": .id(Town.member(3))])
        #expect(try bench.run("tune.export", ["member": .id(Town.member(3))])["onboarding"]?["journeys"] == [])
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [0])
        #expect(try bench.step("onboarding.start", as: 3)["stage"] == "privacy", "the consent is forgotten too")
    }

    @Test func `answers are kept as long as they are said to be, and no answer lies in the audit`() throws {
        let bench = try questioned()
        try bench.tune("onboarding.keep", "30 d")
        try bench.begins(3)
        try bench.step("onboarding.answer", ["question": 1, "choice": "Elsewhere"], as: 3)
        try bench.step("onboarding.answer", ["question": 2, "choice": "Tea"], as: 3)
        try bench.step("onboarding.answer", ["question": 3, "text": "Xanadu"], as: 3)
        for question in [4, 5] as [Int64] {
            try bench.step("onboarding.answer", ["question": .int(question), "skip": true], as: 3)
        }
        try bench.step("onboarding.finish", as: 3)
        #expect(try bench.texts("SELECT detail FROM house_audit_details").allSatisfy { !$0.contains("Xanadu") })
        bench.settles()
        bench.pass(29.days, by: 1.days)
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [5])
        bench.pass(3.days, by: 1.days)
        #expect(try bench.numbers("SELECT COUNT(*) FROM onboarding_answers") == [0])
        #expect(try bench.stage(3) == "done")
    }

    @Test func `the funnel says where people stop`() throws {
        let bench = try questioned()
        for number in 20..<30 as Range<Int64> { bench.joins(number) }
        for number in 22..<30 as Range<Int64> { try bench.step("onboarding.start", as: number) }
        for number in 23..<30 as Range<Int64> { try bench.begins(number) }
        for number in 26..<30 as Range<Int64> {
            try bench.step("onboarding.answer", ["question": 1, "choice": "Elsewhere"], as: number)
        }
        bench.hear(.memberLeft(Town.member(23), guild: Town.guild))
        let rows = try bench.run("onboarding.funnel", ["days": 7])["rows"]?.array ?? []
        let figures = rows.map { "\($0["step"]?.text ?? ""): \($0["reached"]?.int ?? -1)/\($0["stopped"]?.int ?? -1)" }
        #expect(
            figures == [
                "Joined: 10/2", "Privacy: 8/1", "Rules: 7/0", "1. Where from?: 7/3", "2. What for?: 4/4",
                "3. Which country?: 0/0", "4. Your address?: 0/0", "5. Anything else?: 0/0", "Sending it: 0/0", "Done: 0/0",
            ])
        #expect(rows.first { $0["step"] == "1. Where from?" }?["left"] == 1)
        let lines = try bench.look("onboarding.funnel", [:], in: Town.guild)
        #expect(lines.count == 10)
        #expect(try bench.look("onboarding.list", [:], in: Town.guild).count == 10)
        #expect(try bench.run("onboarding.list", ["stage": "question", "limit": 5])["rows"]?.array?.count == 5)
    }
}
