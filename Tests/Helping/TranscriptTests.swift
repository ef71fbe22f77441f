import Kit
import Shared
import Testing
import Workbench

@Suite("Transcripts")
struct TranscriptTests {
    private func file(_ format: String, _ bench: Bench) throws -> String {
        try bench.run("tickets.transcript", ["id": 1, "format": .string(format)])["file"]?.text ?? ""
    }

    @Test func `words are kept only of those who agreed; that they spoke is`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        try bench.speaks(2, "mine")
        try bench.speaks(5, "not agreed", extra: 1)
        try bench.run("privacy.agree", [:], as: 6)
        try bench.speaks(6, "agreed", extra: 2)
        try bench.run("privacy.withdraw", [:], as: 2)
        try bench.speaks(2, "no more", extra: 3)
        let lines = try bench.run("tickets.transcript", ["id": 1])["lines"]?.array ?? []
        let spoken = lines.filter { ["member", "staff"].contains($0["voice"]?.text ?? "") }
        #expect(spoken.map { $0["text"]?.text } == ["mine", nil, "agreed", nil])
        #expect(try bench.numbers("SELECT COUNT(*) FROM tickets_tickets WHERE answered IS NOT NULL") == [1])
    }

    @Test func `edits and deletions are followed, and what is told twice is kept once`() throws {
        let bench = try Bench.helping()
        try bench.ticket()
        let channel = try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0
        var said = Said(2, "frist", in: channel - 200, at: bench.clock.now)
        let other = Said(2, "secret", in: channel - 200, at: bench.clock.now, extra: 1)
        bench.hear(said.event, said.event, other.event)
        said.text = "first"
        var edited = said.seen
        edited.editedMilliseconds = (bench.clock.now + 1.minutes).milliseconds
        bench.hear(.messageEdited(edited), .messagesDeleted([other.id], channel: edited.channel, guild: Town.guild))
        let lines = try bench.run("tickets.transcript", ["id": 1])["lines"]?.array?.filter { $0["voice"] == "member" } ?? []
        #expect(lines.map { $0["text"]?.text } == ["first", nil])
        #expect(lines.map { $0["edited"]?.bool } == [true, nil] && lines.map { $0["deleted"]?.bool } == [nil, true])
        #expect(try bench.numbers("SELECT COUNT(*) FROM tickets_lines WHERE body LIKE '%secret%'") == [0])
    }

    @Test func `hostile names and words stay words`() throws {
        let bench = try Bench.helping()
        let evil = "<script>alert('x')</script>\u{202E}\"&\u{1B}[2J"
        bench.hear(.memberSeen(Town.profile(2, named: "two", nick: evil), joined: false))
        try bench.ticket(2, "</p></article><img src=x onerror=alert(1)>\u{0}".replacing("\u{0}", with: ""))
        try bench.speaks(2, "a <b> & \"c\" 'd' \u{2066}")
        let page = try file("html", bench)
        for bad in ["<script", "<img", "<b>", "onerror=alert(1)>", "\u{202E}", "\u{2066}", "\u{1B}"] {
            #expect(!page.contains(bad), "\(bad)")
        }
        #expect(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;\u{FFFD}&quot;&amp;"))
        #expect(page.contains("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; \u{FFFD}"))
        #expect(page.components(of: "<article") == page.components(of: "</article>"))
        let text = try file("text", bench)
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && text.contains("What is wrong?"))
    }

    @Test func `PRV-03, PRV-04 what somebody wrote is exported and forgotten, and the frame stays`() throws {
        let bench = try Bench.helping()
        try bench.ticket(2, "my secret trouble")
        try bench.speaks(2, "more secrets")
        try bench.run("privacy.agree", [:], as: 5)
        try bench.speaks(5, "an answer", extra: 1)
        try bench.run("tickets.claim", ["id": 1], as: 5)
        try bench.run("tickets.close", ["id": 1, "reason": "x"], as: 5)
        try bench.run("tickets.rate", ["id": 1, "stars": 5, "remark": "secret remark"], as: 2)
        let own = try bench.run("tune.export", ["member": .id(Town.member(2))])["tickets"]
        #expect(own?["tickets"]?[0]?["rating"] == 5 && own?["words"]?.array?.filter { $0["text"] != nil }.count == 3)
        let theirs = try bench.run("tune.export", ["member": .id(Town.member(5))])["tickets"]
        #expect(theirs?["tickets"]?[0]?["as"] == "staff" && theirs?["tickets"]?[0]?["subject"] == nil)
        try bench.run("tune.erase", ["member": .id(Town.member(2))])
        let tables = ["tickets_tickets", "tickets_lines", "tickets_drafts"]
        for table in tables { #expect(try bench.tells("secret", in: table) == 0, "\(table)") }
        #expect(try bench.numbers("SELECT COUNT(*) FROM tickets_lines WHERE author = \(Town.member(2))") == [0])
        let frame = try bench.run("tickets.show", ["id": 1])["ticket"]
        #expect(frame?["state"] == "closed" && frame?["opener"] == nil && frame?["rating"] == 5)
        #expect(try bench.run("tickets.transcript", ["id": 1])["lines"]?.array?.contains { $0["text"] == "an answer" } == true)
        #expect(try bench.run("tune.export", ["member": .id(Town.member(2))])["tickets"]?["tickets"] == [])
        try bench.run("tune.erase", ["member": .id(Town.member(5))])
        #expect(try bench.run("tickets.show", ["id": 1])["ticket"]?["claimant"] == nil)
    }

    @Test func `PRV-05 words go after their time, what happened stays`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.keep", "30 d")
        try bench.ticket(2, "old words")
        try bench.run("tickets.close", ["id": 1, "reason": "x"])
        bench.pass(29.days, by: 12.hours)
        #expect(try bench.tells("old words", in: "tickets_lines") == 1)
        bench.pass(3.days, by: 12.hours)
        #expect(try bench.tells("old words", in: "tickets_lines") == 0)
        #expect(try bench.tells("old words", in: "tickets_tickets") == 0)
        #expect(try bench.numbers("SELECT COUNT(*) FROM tickets_lines WHERE voice = 'note'").first ?? 0 > 1)
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
