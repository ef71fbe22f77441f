import Helping
import Kit
import Shared
import Testing
import Workbench

@Suite("FAQ")
struct FaqTests {
    private func house() throws -> Bench {
        let bench = try Bench.helping(others: [Faq.feature])
        try bench.tune("faq.channel", .id(Town.channel(1)))
        try bench.tune("tickets.limit", 10)
        return bench
    }

    /// A member asks, staff answer, and the ticket is closed.
    private func solved(_ member: Int64, _ question: String, _ answer: String, _ bench: Bench) throws {
        let number = try bench.ticket(member, question)
        try bench.run("privacy.agree", [:], as: 5)
        try bench.speaks(5, answer, in: number, extra: number)
        try bench.run("tickets.close", ["id": .int(number), "reason": "x"])
    }

    private let asked = [
        "I reached level 10 but did not get my role", "No role after I reached level 10",
        "Level 10 reached yesterday and still no role",
    ]

    @Test func `TKT-07, TKT-08 what was asked often enough is proposed once, edited, approved and found`() throws {
        let bench = try house()
        for (index, question) in asked.enumerated() {
            try solved(Int64(index) + 2, question, "Roles are given every hour, please wait.", bench)
            let deeds = bench.settle()
            #expect(deeds.contains { $0.hasPrefix("posts in 201") } == (index == 2), "\(deeds)")
        }
        try solved(7, asked[0], "Wait.", bench)
        #expect(try bench.run("faq.proposals")["rows"]?.array?.count == 1, "a topic is proposed once")
        let proposal = try #require(try bench.run("faq.proposals")["rows"]?[0])
        #expect(proposal["answer"] == "Roles are given every hour, please wait." && proposal["tickets"] == 4)
        #expect(try bench.run("faq.search", ["text": "role for level 10"])["rows"] == [])
        try bench.run("faq.edit", ["id": 1, "question": "When do I get my role?"])
        try bench.run("faq.approve", ["id": 1])
        #expect(try bench.run("faq.search", ["text": "when is my role given"])["rows"]?[0]?["id"] == 1)
        #expect(try bench.undone("faq.approve")["state"] == "proposed")
        #expect(try bench.undone("faq.edit")["question"] == proposal["question"])
        try bench.run("faq.reject", ["id": 1])
        #expect(bench.refusal("faq.remove", ["id": 1])?.hint == "Have it after all with faq approve 1.")
        #expect(try bench.undone("faq.reject")["state"] == "proposed")
    }

    @Test func `TKT-08 the proposal's buttons approve and edit it, in a window that begins with its words`() throws {
        let bench = try house()
        for (index, question) in asked.enumerated() { try solved(Int64(index) + 2, question, "Every hour.", bench) }
        let card = try #require(bench.journal.cards.last { $0.buttons.contains { $0.label == "Add to FAQ" } })
        bench.journal.clear()
        let admin = 1 as Int64
        try bench.presses(admin, try #require(card.buttons.first { $0.label == "Edit" }), extra: 900)
        let form = try #require(bench.journal.forms.first)
        #expect(form.fields.map(\.name) == ["question", "answer"] && form.fields[1].value == "Every hour.")
        bench.submits(admin, form, [("question", "When are roles given?"), ("answer", "Every hour, at ten past.")], extra: 901)
        try bench.presses(admin, try #require(card.buttons.first { $0.label == "Add to FAQ" }), extra: 902)
        #expect(try bench.run("faq.list")["rows"]?[0]?["answer"] == "Every hour, at ten past.")
        try bench.presses(3, try #require(card.buttons.first { $0.label == "Leave it" }), extra: 903)
        #expect(try bench.run("faq.list")["rows"]?.array?.count == 1, "only those who may manage the server decide")
    }

    @Test func `TKT-07 what is known is shown before a ticket is opened, and one press goes on`() throws {
        let bench = try house()
        try bench.run("faq.add", ["question": "Why did I not get my role for a level?", "answer": "Roles come every hour."])
        try bench.run("faq.add", ["question": "How do I get a refund?", "answer": "Within 14 days, by mail."])
        try bench.run("privacy.agree", [:], as: 2)
        bench.journal.clear()
        bench.uses(2, "tickets open", ["description": "I did not get the role for level 10"])
        let card = try #require(bench.journal.cards.first)
        #expect(card.fields.count == 1 && card.buttons.count == 2)
        bench.journal.clear()
        try bench.presses(2, card.buttons[0], extra: 5)
        #expect(try bench.run("faq.list")["rows"]?[0]?["helped"] == 1)
        try bench.presses(2, card.buttons[0], extra: 6)
        #expect(try bench.run("faq.list")["rows"]?[0]?["helped"] == 1, "thanked once")
        bench.journal.clear()
        try bench.presses(2, card.buttons[1], extra: 7)
        #expect(bench.settle().first == "opens channel ticket-0001-person-2")
        bench.uses(3, "tickets open", ["description": "A garden needs water"], extra: 8)
        #expect(bench.journal.cards.first?.buttons.first?.label == "I agree, go on")
    }

    @Test func `TKT-06 answers are exported for programs and for a page, where they stay words`() throws {
        let bench = try house()
        try bench.run("faq.add", ["question": "# <b>Why</b>?", "answer": "[x](javascript:y) `z`\u{202E}"])
        #expect(try bench.run("faq.export")["rows"]?.array?.count == 1)
        let page = try bench.run("faq.export", ["format": "markdown"])["file"]?.text ?? ""
        #expect(page == "## \\# \\<b\\>Why\\</b\\>?\n\n\\[x\\]\\(javascript:y\\) \\`z\\`\n")
    }

    @Test(
        arguments: [
            ("faq.approve", ["id": 9], "no answer 9"), ("faq.edit", ["id": 1], "Say what changes"),
            ("faq.add", ["question": "a", "answer": " "], "nothing in it"), ("faq.add", ["question": "a"], "answer is missing"),
            ("faq.search", ["text": ""], "text is missing"),
            ("faq.export", ["format": "pdf"], "cannot be"), ("faq.approve", ["id": "one"], "whole number"),
        ] as [(String, JSON, String)])
    func `TKT-08 bad decisions are refused in words`(_ command: String, _ params: JSON, _ words: String) throws {
        let bench = try house()
        try bench.run("faq.add", ["question": "How?", "answer": "So."])
        let refusal = try #require(bench.refusal(command, params))
        #expect(refusal.sentence.contains(words), "\(refusal.sentence)")
    }

    @Test func `PRV-04 what somebody asked is forgotten, and an answer in their words is asked in another's`() throws {
        let bench = try house()
        for (index, question) in asked.enumerated() { try solved(Int64(index) + 2, question, "Every hour.", bench) }
        let source = try bench.numbers("SELECT source FROM faq_entries").first.flatMap { ID<Member>($0) }
        let member = try #require(source)
        let words = try bench.texts("SELECT question FROM faq_entries").first ?? ""
        #expect(try bench.run("tune.export", ["member": .id(member)])["faq"]?["questions"]?.array?.count == 1)
        try bench.run("tune.erase", ["member": .id(member)])
        #expect(try bench.texts("SELECT question FROM faq_entries").first != words)
        #expect(try bench.texts("SELECT question FROM faq_questions").allSatisfy { $0 != words })
        for other in Int64(2)...4 { try bench.run("tune.erase", ["member": .id(Town.member(other))]) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM faq_entries") == [0])
    }

    @Test func `the console sees proposals first, and what tickets are about`() throws {
        let bench = try house()
        for (index, question) in asked.enumerated() { try solved(Int64(index) + 2, question, "Every hour.", bench) }
        try bench.run("faq.add", ["question": "How?", "answer": "So."])
        #expect(try bench.look("faq.entries", [:], in: Town.guild).map { $0.row["state"] } == ["proposed", "approved"])
        #expect(try bench.look("faq.topics", [:], in: Town.guild).map { $0.row["tickets"] } == [3])
    }
}
