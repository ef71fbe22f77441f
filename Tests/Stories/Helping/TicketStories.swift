import Kit
import Machine
import Settings
import Shared
import Sibyl
import Simulator
import Testing

extension Stories {
    @Suite("Tickets") struct TicketStories {
        @Test(
            "TKT-01, TKT-02, TKT-03, TKT-04, TKT-11, PRV-02: from a button through consent and questions to a channel that is worked, closed, locked and told"
        )
        func throughEveryDoor() throws {
            try Story.told { story in
                let desk = try story.desk()
                #expect(try story.writes(story.member("owner"), "E!ticket_panel_post <#\(story.general)>").contains("goes out"))
                try story.quiet()
                let panel = try #require(story.discord.botMessages(in: story.general).last { !$0.components.isEmpty })
                try story.restarts()
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let asked = try story.discord.clicks(ann, "Get help", on: panel.said)
                #expect(try story.answer(to: asked).contains("kept on this server's own machine"))
                #expect(story.discord.reply(to: asked)?.isEphemeral == true)
                let agreed = try story.discord.clicks(
                    ann, "I agree, go on", on: try #require(story.discord.reply(to: asked)).said)
                try story.waits("the questions") { story.discord.form(of: agreed) != nil }
                let sent = try story.discord.submitsModal(ann, agreed, ["What is wrong?": "My level\nis gone"])
                #expect(try story.answer(to: sent).contains("is being opened"))
                let place = try story.ticketPlace(1)
                #expect(story.discord.read { $0.channel(place)?.name } == "ticket-0001-ann")
                #expect(
                    story.discord.sees(ann, place) && story.discord.sees(desk.staff, place) && !story.discord.sees(ben, place))
                #expect(story.discord.botMessages(in: place).first?.mentions == [ann])
                let greeting = try #require(story.discord.botMessages(in: place).first { !$0.components.isEmpty })
                #expect(Story.words(greeting).contains("My level\nis gone"))
                #expect(try story.clicks(ann, "Claim", on: greeting).contains("for those who answer tickets"))
                #expect(try story.clicks(desk.staff, "Claim", on: greeting).contains("claimed, looked after by"))
                try story.says(ann, in: place, "it was there yesterday")
                _ = try story.answer(to: story.discord.uses(desk.staff, "privacy agree", in: place))
                try story.says(desk.staff, in: place, "the profile shows it again after an hour")
                try story.restarts()
                let closing = try story.discord.clicks(desk.staff, "Close", on: greeting.said)
                try story.waits("why it is closed") { story.discord.form(of: closing) != nil }
                let closed = try story.discord.submitsModal(desk.staff, closing, ["reason": "It is back"])
                #expect(try story.answer(to: closed).contains("is closed"))
                #expect(story.discord.read { $0.channel(place)?.name } == "closed-0001")
                #expect(throws: (any Error).self) { try story.discord.says(ann, in: place, "thanks") }
                let ending = try #require(
                    story.discord.botMessages(in: place).last { $0.interaction == nil && !$0.components.isEmpty })
                #expect(
                    Story.words(ending).contains("It is back") && Story.words(ending).contains("the profile shows it again"))
                #expect(try story.clicks(ann, "★★★★", on: ending).contains("4 stars"))
                #expect(try story.clicks(desk.staff, "Delete", on: ending).contains("Nothing has happened yet"))
                let log = story.discord.botMessages(in: desk.log).map(\.content)
                #expect(log.map { String($0.prefix { $0 != "<" }) }.contains { $0.hasPrefix("Ticket 1 opened by ") })
                #expect(log.contains { $0.hasPrefix("Ticket 1 closed by ") } && log.contains { $0.contains("rated 4 of 5") })
            }
        }

        @Test("CMD-03, TKT-02, TKT-05, TKT-09, TKT-10: the names that other bots gave to tickets work")
        func oldNames() throws {
            try Story.told { story in
                let desk = try story.desk()
                let ann = story.member("ann")
                try story.asks("privacy.agree", ["as": .id(ann)])
                #expect(try story.writes(ann, "E!ticket my level is gone").contains("Ticket 1 is being opened"))
                let place = try story.ticketPlace(1)
                #expect(try story.writes(desk.staff, "E!ticket_list").contains("my level is gone"))
                #expect(try story.writes(desk.staff, in: place, "E!ticket_claim").contains("is claimed"))
                try story.seconds(11)
                #expect(try story.writes(desk.staff, "E!ticket_status 1 waiting").contains("is waiting"))
                try story.says(ann, in: place, "here I am")
                try story.quiet()
                #expect(try story.asks("tickets.show", ["id": 1])["ticket"]?["state"] == "claimed")
                #expect(
                    try story.writes(desk.staff, "E!ticket_status 1 escalated <@\(story.member("owner"))>").contains(
                        "is escalated"))
                #expect(try story.writes(desk.staff, "E!ticket_close 1 done").contains("is closed"))
                try story.seconds(11)
                #expect(try story.writes(desk.staff, "E!ticket_stats").contains("1 opened, 1 closed"))
                let stats = try #require(story.discord.botMessages(in: story.general).last)
                #expect(try story.clicks(desk.staff, "All", on: stats).contains("Tickets of all time"))
                #expect(try story.clicks(desk.staff, "30d", on: stats).contains("the last 30 days"))
                let kept = try story.asks("tickets.snapshots")["rows"]?.array ?? []
                #expect(
                    kept.map { $0["scope"] } == ["30d", "all", "7d"]
                        && kept.allSatisfy { $0["asker"]?["id"] == .id(desk.staff) }, "\(kept)")
                #expect(try story.writes(ann, "E!ticket_stats").contains("for those who answer tickets"))
            }
        }

        @Test("TKT-01, P3: what is said in a ticket while no session stands is in its transcript, and nobody is closed for it")
        func downtime() throws {
            try Story.told { story in
                let desk = try story.desk()
                let ann = story.member("ann")
                try story.asks("house.set", ["name": "tickets.close_after", "value": "2h"])
                try story.asks("privacy.agree", ["as": .id(ann)])
                try story.asks("tickets.open", ["description": "help", "as": .id(ann)])
                let place = try story.ticketPlace(1)
                try story.asks("tickets.reply", ["id": 1, "text": "And now?", "as": .id(desk.staff)])
                try story.quiet()
                story.closes()
                story.discord.act { $0.faults.next(.refuseResume) }
                let first = try story.says(ann, in: place, "missed one")
                try story.says(ann, in: place, "missed two")
                try story.discord.edits(ann, first, "missed the first")
                story.clock.leap(3.hours)
                try story.starts()
                try story.waits("a session") {
                    story.hurries(.milliseconds(200))
                    return story.discord.positions.count == 1
                }
                try story.quiet()
                try story.minutes(2)
                let lines = try story.asks("tickets.transcript", ["id": 1])["lines"]?.array ?? []
                #expect(
                    lines.filter { $0["voice"] == "member" }.map { $0["text"]?.text } == ["missed the first", "missed two"])
                #expect(try story.asks("tickets.show", ["id": 1])["ticket"]?["state"] == "open")
            }
        }

        @Test("TKT-01, TKT-03, TKT-04: threads, a full category, missing rights, and a channel that is deleted by hand")
        func places() throws {
            try Story.told { story in
                let desk = try story.desk()
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                for member in [ann, ben] { try story.asks("privacy.agree", ["as": .id(member)]) }
                try story.asks("tickets.add_kind", ["name": "quick", "place": "thread", "parent": .id(story.general)])
                try story.asks("tickets.open", ["kind": "quick", "description": "a thread", "as": .id(ann)])
                let thread = try story.ticketPlace(1)
                #expect(story.discord.sees(ann, thread) && !story.discord.sees(ben, thread))
                story.discord.parts(ann, from: story.guild)
                try story.quiet()
                _ = story.member("ann")
                try story.quiet()
                #expect(story.discord.sees(ann, thread), "who comes back is let in again")
                try story.asks("tickets.close", ["id": 1, "reason": "done"])
                try story.quiet()
                #expect(story.discord.read { $0.channel(thread)?.thread?.isArchived } == true)
                #expect(story.discord.read { $0.channel(thread)?.thread?.isLocked } == true)
                try story.asks("tickets.reopen", ["id": 1])
                try story.quiet()
                try story.says(ann, in: thread, "once more")
                for number in 0..<50 { story.fill(desk.category, number) }
                try story.quiet()
                let told = try story.asks("tickets.open", ["kind": "help", "description": "a channel", "as": .id(ben)])
                #expect(told["trouble"]?.text?.contains("is full: it holds 50 channels") == true)
                try story.quiet()
                #expect(
                    story.discord.botMessages(in: desk.log).last.map { Story.words($0) }?.contains("Delete closed tickets")
                        == true)
                let crowded = try #require(story.discord.channels(of: story.guild).last)
                story.discord.removes(crowded)
                try story.quiet()
                try story.asks("tickets.open", ["draft": told["draft"] ?? 0, "as": .id(ben)])
                let place = try story.ticketPlace(2)
                try story.says(ben, in: place, "here")
                try story.quiet()
                story.discord.removes(place)
                try story.quiet()
                let shown = try story.asks("tickets.show", ["id": 2])
                #expect(
                    shown["ticket"]?["state"] == "deleted" && shown["last"]?.array?.contains { $0["text"] == "here" } == true)
            }
        }

        @Test("TKT-06: a language model sums a ticket up without hearing a name; without one sentences are extracted")
        func summaries() throws {
            let sibyl = try Sibyl()
            defer { sibyl.stop() }
            var setting = Story.Setting()
            setting.configure = { configuration, _ in
                configuration.oracle.url = sibyl.address
                configuration.oracle.model = "sibyl-1"
            }
            sibyl.next(.says("Asked: where the level went\nAnswered: it comes back by itself", tokens: 40))
            try Story.told(setting) { story in
                _ = try story.desk()
                let ann = story.member("ann")
                try story.asks("house.set", ["name": "tickets.summary", "value": "model"])
                try story.asks("privacy.agree", ["as": .id(ann)])
                try story.asks("tickets.open", ["description": "ann here: where is my level?", "as": .id(ann)])
                let place = try story.ticketPlace(1)
                try story.asks("tickets.close", ["id": 1, "reason": "done"])
                try story.waits("the summary") {
                    story.discord.botMessages(in: place).contains { Story.words($0).contains("it comes back by itself") }
                }
                #expect(sibyl.heard.count == 1 && sibyl.heard.allSatisfy { !$0.prompt.contains("ann") })
                try story.asks("house.set", ["name": "tickets.summary", "value": "extract"])
                try story.asks("tickets.open", ["description": "The badge vanished from my profile.", "as": .id(ann)])
                let other = try story.ticketPlace(2)
                try story.asks("tickets.close", ["id": 2, "reason": "done"])
                try story.quiet()
                let last = try #require(story.discord.botMessages(in: other).last)
                #expect(Story.words(last).contains("The badge vanished from my profile."))
            }
        }

        @Test(
            "TKT-07, TKT-08, PRV-03, PRV-04: what is asked again is proposed, approved with a button, suggested before a ticket, and forgotten with who asked"
        )
        func askedOften() throws {
            try Story.told { story in
                let desk = try story.desk()
                try story.asks("house.set", ["name": "faq.channel", "value": .string("#log")])
                let questions = [
                    "I reached level 10 but did not get my role", "No role after I reached level 10",
                    "Level 10 reached yesterday and still no role",
                ]
                try story.asks("privacy.agree", ["as": .id(desk.staff)])
                for (index, question) in questions.enumerated() {
                    let person = story.member("person \(index)")
                    try story.quiet()
                    try story.asks("privacy.agree", ["as": .id(person)])
                    try story.asks("tickets.open", ["description": .string(question), "as": .id(person)])
                    let place = try story.ticketPlace(Int64(index) + 1)
                    try story.says(desk.staff, in: place, "Roles are given at the full hour.")
                    try story.quiet()
                    try story.asks("tickets.close", ["id": .int(Int64(index) + 1), "reason": "done"])
                }
                try story.quiet()
                let proposal = try #require(
                    story.discord.botMessages(in: desk.log).last { Story.words($0).contains("This was asked 3 times") })
                #expect(try story.clicks(desk.staff, "Add to FAQ", on: proposal).contains("Manage Server"))
                #expect(try story.clicks(story.member("owner"), "Add to FAQ", on: proposal).contains("is found by members"))
                let ann = story.member("ann")
                try story.asks("privacy.agree", ["as": .id(ann)])
                let asked = try story.discord.uses(
                    ann, "tickets open", ["description": "why have I no role at level 10"], in: story.general)
                #expect(try story.answer(to: asked).contains("Roles are given at the full hour."))
                let shown = try #require(story.discord.reply(to: asked))
                #expect(try story.clicks(ann, "Open a ticket", on: shown).contains("is being opened"))
                #expect(try story.uses(ann, "faq search", ["text": "level role"]).contains("full hour"))
                let first = story.member("person 0")
                #expect(try story.asks("privacy.export", ["as": .id(first)])["faq"]?["questions"]?.array?.count == 1)
                #expect(try story.asks("privacy.export", ["as": .id(first)])["tickets"]?["tickets"]?.array?.count == 1)
                let refused = try story.discord.uses(first, "privacy erase", in: story.general)
                _ = try story.answer(to: refused)
                _ = try story.clicks(first, "Do it", on: try #require(story.discord.reply(to: refused)))
                let page = try story.asks("tickets.transcript", ["id": 1, "format": "text"])["file"]?.text ?? ""
                #expect(!page.contains("did not get my role") && page.contains("somebody who was forgotten"), "\(page)")
            }
        }
    }
}

/// A desk that is set up: a category, a log, and somebody who answers.
struct Desk {
    var category: ID<Channel>
    var log: ID<Channel>
    var staff: ID<Member>
}

extension Story {
    fileprivate func desk() throws -> Desk {
        let category = discord.channel("Support", .category, in: guild)
        let log = channel("log")
        let role = discord.role("Helpers", in: guild)
        let staff = discord.member("cat", in: guild, roles: [role])
        for name in ["ann", "ben"] { _ = member(name) }
        try quiet()
        for (name, value) in [("tickets.staff", role.description), ("tickets.log", log.description)] {
            try asks("house.set", ["name": .string(name), "value": .string(value)])
        }
        try asks(
            "tickets.add_kind",
            ["name": "help", "label": "Get help", "parent": .id(category), "questions": "What is wrong? (long)"])
        return Desk(category: category, log: log, staff: staff)
    }

    /// The channel of a ticket, once Discord has made it and the bot has said hello in it.
    fileprivate func ticketPlace(_ number: Int64) throws -> ID<Channel> {
        try quiet()
        let place = try asks("tickets.show", ["id": .int(number)])["ticket"]?["channel"]?["id"]?.id(Channel.self)
        return try #require(place, "ticket \(number) has no channel")
    }

    fileprivate func clicks(_ member: ID<Member>, _ button: String, on message: MessageRecord) throws -> String {
        try answer(to: try discord.clicks(member, button, on: message.said))
    }

    fileprivate func fill(_ category: ID<Channel>, _ number: Int) {
        discord.addsChannel("crowd-\(number)", under: category, in: guild)
    }
}
