import Kit
import Shared
import Testing
import Workbench

/// LEAD-21 on the bench: what is set up as text, there and back.
struct TextTests {
    private func plan(_ text: String, _ bench: Bench) throws -> (rows: [String], warnings: [String]) {
        let data = try bench.confirmed("guild.plan", ["text": .string(text)])
        let rows = (data["rows"]?.array ?? []).map { row in
            let lines = (row["lines"]?.array ?? []).compactMap(\.text)
            let warning = row["warning"]?.text.map { "! \($0)" }
            return ([row["deed"], row["heading"], row["name"]].compactMap { $0?.text } + lines + [warning].compactMap(\.self))
                .joined(separator: " ")
        }
        return (rows, (data["warnings"]?.array ?? []).compactMap(\.text))
    }

    private func refusal(_ text: String, _ bench: Bench) throws -> Refusal {
        let before = try bench.exported()
        do {
            try bench.confirmed("guild.apply", ["text": .string(text)])
            Issue.record("it was applied: \(text)")
            return Refusal(.invalid, "")
        } catch let refusal as Refusal {
            #expect(try bench.exported() == before, "nothing is changed")
            return refusal
        }
    }

    @Test func `LEAD-21 everything that is set up is in the text, with names beside ids, and the text wants nothing else`()
        throws
    {
        let bench = try Bench.furnished()
        let text = try bench.exported()
        let expected = [
            "  1:\n    channel: general (201)\n    every: 6 h", "  party: Come to {title}, {relative}!", "  - Moderator (302)",
            "  archive (203):\n    activity.counts: no", "  rewards.run: weekly", "  Founder:\n    emoji: 🏺",
            "    role: Gold (303)", "season:\n  Winter:\n    from: 2026-08-06\n    until: 2027-02-28", "silenced members: {}",
            "    text: Who bakes?", "    title: Game night",
        ]
        for line in expected { #expect(text.contains(line), "\(line)\n\(text)") }
        #expect(try plan(text, bench) == ([], []))
        #expect(try bench.exported() == text, "looking changes nothing")
    }

    @Test func `LEAD-21 a bare house becomes a furnished one by its text, whatever things were numbered there`() throws {
        let text = try Bench.furnished().exported()
        let bench = try Bench.furnished(setUp: false)
        // Numbers that the text's house never gave.
        try bench.carriesOut("pings.add channel: #lounge every: 3h")
        try bench.carriesOut("pings.remove 1")
        try bench.carriesOut("topics.add category: games text: Which game?")
        #expect(try plan(text, bench).rows.count > 8)
        try bench.confirmed("guild.apply", ["text": .string(text)])
        let once = try bench.exported()
        #expect(try plan(text, bench) == ([], []), "\(once)")
        try bench.confirmed("guild.apply", ["text": .string(text)])
        #expect(try bench.exported() == once, "twice is once")
    }

    @Test func `LEAD-21 a plan says what is made, changed and removed, and is done as it was shown or not at all`() throws {
        let bench = try Bench.furnished()
        let text = """
            settings:
              events.channel: general
              rewards.run: daily
            pings:
              evening:
                channel: lounge
                rule: daily 18:00
                top: 3
            templates:
              feast: Come to {title}, {relative}!
            """
        let found = try plan(text, bench).rows
        let told = [
            "change settings rewards.run - value: weekly + value: daily", "remove pings 1", "make pings evening",
            "change templates feast - party + feast",
        ]
        #expect(found.count == 4 && zip(found, told).allSatisfy { $0.hasPrefix($1) }, "\(found)")
        let token = try #require(try bench.confirmed("guild.plan", ["text": .string(text)])["plan"]?.text)
        try bench.confirmed("house.set", ["name": "rewards.run", "value": "never"])
        #expect(throws: Refusal.self) {
            try bench.run("guild.apply", ["text": .string(text), "plan": .string(token)])
        }
        try bench.confirmed("house.set", ["name": "rewards.run", "value": "weekly"])
        let done = try bench.run("guild.apply", ["text": .string(text), "plan": .string(token)])
        #expect(done["state"] == "done")
        #expect(try plan(text, bench).rows == [])
        #expect(try bench.run("pings.list")["rows"]?.array?.count == 1)
        // What the text does not mention is as it was.
        #expect(try bench.exported().contains("Founder:"))
    }

    @Test func `LEAD-21 every state is kept with who and when, compared and had back`() throws {
        let bench = try Bench.furnished()
        let before = try bench.exported()
        try bench.confirmed("pings.remove", ["id": 1])
        bench.clock.pass(1.hours)
        try bench.confirmed("badges.edit", ["badge": "Founder", "text": "Other"])
        try bench.confirmed("rewards.remove", ["reward": "Regular"])
        try bench.confirmed("topics.unschedule", ["id": 1])
        let rows = try #require(try bench.confirmed("guild.history", [:])["rows"]?.array)
        #expect(rows.prefix(4).map { $0["command"] } == ["topics.unschedule", "rewards.remove", "badges.edit", "pings.remove"])
        #expect(rows[0]["who"] == "root" && rows[3]["changes"] == 1)
        #expect(rows[2]["at_ms"] == .int((Bench.start + 1.hours).milliseconds))
        let old = try #require(rows[4]["id"])
        let diff = try bench.confirmed("guild.diff", ["from": old])
        #expect(diff["rows"]?.array?.map { $0["deed"] } == ["change", "remove", "remove", "remove"])
        #expect(try bench.confirmed("guild.export", ["state": old])["text"]?.text == before)
        try bench.confirmed("guild.restore", ["state": old])
        #expect(try bench.exported() == before)
        #expect(try bench.confirmed("guild.diff", ["from": old])["rows"] == [])
        let entry = try #require(try bench.run("audit.list", ["limit": 1])["rows"]?[0]?["id"])
        try bench.confirmed("audit.undo", ["id": entry])
        #expect(try bench.exported().contains("text: Other"), "a restoration is taken back like anything else")
    }

    @Test func `LEAD-21 what is not here is warned of, and one of the same name is taken`() throws {
        let bench = try Bench.furnished()
        let text =
            "pings:\n  new:\n    channel: general (777)\n    every: 2h\nspared roles:\n  - Ghosts (888)\n  - Moderator (302)\n"
        let found = try plan(text, bench)
        #expect(
            found.warnings == [
                "Line 3: there is no channel 777 (general) here; the one of that name is meant.",
                "Line 6: there is no role 888 (Ghosts) here.",
            ])
        #expect(found.rows.contains { $0.hasPrefix("make pings new") && $0.contains("channel: 201") }, "\(found.rows)")
    }

    @Test(arguments: [
        ("# only a remark", "There is nothing in that text."),
        ("settings: [", "Line 2, column 1: this is no YAML"),
        ("- a\n- b", "Line 1, column 1: a text has headings"),
        ("hearth: 2", "Line 1, column 9: this is written for another edition"),
        ("stetings:\n  a: b", "Line 1, column 1: there is no heading \"stetings\"."),
        ("settings:\n  activity.replies: 3", "Line 2, column 3: There is no setting \"activity.replies\"."),
        ("settings:\n  activity.reply: many", "Line 2, column 19: points is a number, not \"many\"."),
        ("pings:\n  1:\n    channel: nowhere", "Line 3, column 14: There is no channel \"nowhere\" here."),
        ("pings:\n  1:\n    chanel: general", "Line 3, column 5: There is no \"chanel\" here."),
        ("pings:\n  1: general", "Line 2, column 6: what belongs to \"1\" stands below it"),
        ("spared roles:\n  - Nobody", "Line 2, column 5: there is no \"Nobody\" here."),
        ("spared roles:\n  - Gold\n  - Gold (303)", "Line 3, column 5: that stands in line 2 already."),
        (
            "channel settings:\n  general:\n    rewards.run: daily",
            "Line 3, column 5: rewards.run cannot be set for a channel."
        ),
        ("templates:\n  two words: hello", "Line 2, column 3: A name is up to 32 letters"),
        ("events:\n  new:\n    title: Feast", "Line 2"),
        ("rewards:\n  Silver:\n    role: Silver\n    tier: 1\n    criteria: points >", "Line 5, column 15: "),
    ])
    func `LEAD-21 what is wrong with a text is told with its place, and nothing is changed`(text: String, sentence: String)
        throws
    {
        let found = try refusal(text, Bench.furnished())
        #expect(found.sentence.hasPrefix(sentence), "\(found.sentence)")
        #expect(found.hint != nil)
    }

    @Test func `LEAD-21 all that is wrong is told at once`() throws {
        let found = try refusal("settings:\n  activity.reply: many\n  activity.base: few\nnothing: {}\n", Bench.furnished())
        #expect(found.sentence.hasPrefix("Line 2, column 19"))
        #expect(found.picture.map { String($0.prefix(17)) } == ["Line 3, column 18", "Line 4, column 1:"])
    }

    @Test func `LEAD-21 what a feature refuses on the way takes everything back, and says where`() throws {
        let bench = try Bench.furnished()
        let text = "settings:\n  rewards.run: never\nbadges:\n  Founder:\n    emoji: 🏺\n  founder:\n    emoji: 🏺\n"
        let found = try refusal(text, bench)
        #expect(found.sentence == "Line 6, badges, founder: There is a badge \"Founder\" already.")
    }

    @Test func `LEAD-21 texts of every kind go there and back`() throws {
        let bench = try Bench.furnished()
        let bodies = [
            "- a list", "a: b", "# no remark", "two\nlines", "two\n\n  lines", " led by a space", "ends in one ", "\"quoted\"",
            "tab\there", "null", "~", "{title}", "a\u{2028}b", "🏺", "'", "\\", "x:", "yes", "1.0", "\nfirst empty", "last\n",
        ]
        for (number, body) in bodies.enumerated() {
            try bench.confirmed("templates.set", ["name": .string("t\(number)"), "text": .string(body)])
        }
        let text = try bench.exported()
        let other = try Bench.furnished(setUp: false)
        try other.confirmed("guild.apply", ["text": .string(text)])
        for (number, body) in bodies.enumerated() {
            #expect(try other.run("templates.show", ["name": .string("t\(number)")])["text"]?.text == body, "\(body)")
        }
        #expect(try plan(text, other).rows == [])
    }

    @Test func `LEAD-21 who may not run the command behind a line may not apply it`() throws {
        let bench = try Bench.furnished()
        let command = try #require(bench.catalogue.command("guild.apply"))
        let viewer = Asker.Operator(user: 1001, name: "vic", role: .moderator, client: "test")
        let params: JSON = ["text": "settings: {rewards.run: never}"]
        let request = Request(command, params: params.object ?? .init(), guild: Town.guild, person: viewer)
        guard case .refused(let refusal) = try bench.ask(request) else { return #expect(Bool(false)) }
        #expect(refusal.kind == .forbidden)
    }

    @Test func `LEAD-21 much is applied in slices, which go on in another process`() throws {
        let bench = try Bench.furnished()
        let topics = (0..<260).map { "  t\($0):\n    category: food\n    text: Question number \($0)?\n" }.joined()
        let text = "topics:\n" + topics
        let begun = try bench.confirmed("guild.apply", ["text": .string(text)])
        #expect(begun["state"] == "going on")
        #expect(throws: Refusal.self) { try bench.confirmed("guild.apply", ["text": .string(text)]) }
        bench.clock.pass(.milliseconds(1))
        bench.step()
        let some = try bench.numbers("SELECT COUNT(*) FROM topics_own WHERE removed = 0")[0]
        #expect(some > 0)
        try bench.restart()
        bench.pass(100.seconds, by: 1.seconds)
        #expect(try bench.numbers("SELECT COUNT(*) FROM topics_own WHERE removed = 0") == [260])
        #expect(try plan(text, bench).rows == [])
        #expect(try bench.run("house.jobs")["rows"]?[0]?["outcome"] == "all 261 changes are made")
        #expect(try bench.confirmed("guild.history", [:])["rows"]?[0]?["command"] == "guild.apply")
    }

    @Test func `LEAD-21 PRV-04 whoever is forgotten is in no state any more`() throws {
        let bench = try Bench.furnished()
        try bench.confirmed("silence.add", ["member": .id(Town.member(3)), "reason": "rude to ben"])
        #expect(try bench.exported().contains("ann (1003):\n    until: none\n    reason: rude to ben"))
        try bench.confirmed("silence.end", ["member": .id(Town.member(3))])
        #expect(try bench.texts("SELECT body FROM guild_states").contains { $0.contains("rude to ben") })
        var person = Bench.owner
        person.member = Town.member(3)
        let erase = try #require(bench.catalogue.command("privacy.erase"))
        var request = Request(erase, params: .init(), guild: Town.guild, person: person)
        if case .refused(let refusal) = try bench.ask(request) {
            request.confirm = refusal.confirmation?.token
            _ = try bench.ask(request)
        }
        #expect(try bench.texts("SELECT body FROM guild_states").allSatisfy { !$0.contains("rude to ben") })
        #expect(try bench.exported().contains("Founder:"))
    }
}
