import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Events") struct EventsTold {
        @Test("EVT-01: an event is set up in the old form and as a slash command, announced with buttons, changed and archived")
        func setUp() throws {
            try Story.told { story in
                let host = story.host("host")
                let answer = try story.writes(
                    host, "E!create_event \"Game night\" \"Bring snacks\" --start friday 20:00 --end 22:00 --recurrence weekly")
                #expect(answer.contains("Game night is set up"), "\(answer)")
                let message = try story.announced("Game night")
                #expect(Story.words(message).contains("Bring snacks"))
                #expect(Story.buttons(of: message) == ["Going", "Maybe", "Can't"])
                #expect(Story.words(message).contains("<t:1767988800:f>"), "each viewer sees their own time")
                let slash = try story.uses(
                    host, "events create",
                    ["title": .text("Tea"), "start": .text("tomorrow 18:00"), "channel": .channel(story.general)])
                #expect(slash.contains("Tea is set up"))
                #expect(
                    try story.uses(host, "events edit", ["id": .text("Tea"), "title": .text("Chai")]).contains(
                        "Chai is changed"))
                try story.quiet()
                _ = try story.announced("Chai")
                #expect(try story.writes(host, "E!archive_event 2").contains("archived"))
                let rows = try story.asks("events.list")["rows"]?.array ?? []
                #expect(rows.map { $0["title"] } == ["Game night"])
                let agenda = try story.writes(story.member("ann"), "E!agenda")
                #expect(agenda.contains("Game night") && agenda.contains("every week"))
            }
        }

        @Test("EVT-02: an event comes every week, one time is left out, and the next message comes when the last event is over")
        func recurs() throws {
            try Story.told { story in
                let host = story.host("host")
                try story.uses(
                    host, "events create",
                    [
                        "title": .text("Choir"), "start": .text("tuesday 18:00"), "end": .text("1h"),
                        "recurrence": .text("weekly"),
                        "reminders": .text("none"),
                    ], isAnswered: "Choir is set up")
                try story.uses(host, "events skip", ["id": .text("1"), "on": .text("2026-01-13")], isAnswered: "left out")
                let preview = try story.uses(host, "events preview", ["id": .text("1")])
                #expect(preview.contains("left out") && preview.split(separator: "\n").count >= 11)
                try story.days(1)
                try story.hours(8)
                let messages = story.discord.botMessages(in: story.general).filter { Story.words($0).contains("Choir") }
                #expect(messages.contains { Story.words($0).contains("Over: Choir") })
                let next = try story.announced("Choir")
                #expect(Story.words(next).contains("<t:\(try story.seconds("2026-01-20T18:00:00Z")):f>"))
            }
        }

        @Test("EVT-03: buttons, the command and reactions are answers; seats, the waiting list and the message follow")
        func answers() throws {
            try Story.told { story in
                let host = story.host("host")
                let (ann, ben, cleo) = (story.member("ann"), story.member("ben"), story.member("cleo"))
                try story.asks("house.set", ["name": "events.reactions", "value": true])
                try story.uses(
                    host, "events create", ["title": .text("Tea"), "start": .text("friday 20:00"), "capacity": .whole(2)],
                    isAnswered: "Tea is set up")
                let message = try story.announced("Tea")
                #expect(message.reactions.map(\.emoji.name) == ["✅", "❔", "❌"])
                #expect(try story.clicks(ann, "Going", on: message).contains("you are going (1 of 2)"))
                try story.discord.reacts(ben, to: message.said, "✅")
                try story.quiet()
                #expect(try story.writes(cleo, "E!rsvp 1").contains("number 1 of those who wait"))
                try story.seconds(4)
                let drawn = Story.words(try story.announced("Tea"))
                #expect(
                    drawn.contains("Going (2 of 2)\n<@\(ann)>\n<@\(ben)>") && drawn.contains("Waiting (1)\n<@\(cleo)>"),
                    "\(drawn)")
                story.discord.unreacts(ben, on: message.said, "✅")
                try story.quiet()
                let told = story.discord.privateMessages(with: cleo).map(Story.words)
                #expect(told.count == 1 && told[0].contains("A seat has become free"))
                let kept = try story.asks("events.show", ["id": 1])["answers"]
                #expect(kept?["going"] == 2 && kept?["waiting"] == 0)
                #expect(try story.number("SELECT COUNT(*) FROM events_answers WHERE member = \(cleo)") == 1)
            }
        }

        @Test("EVT-04: reminders come at their times, outlive a restart, and none comes twice")
        func reminders() throws {
            try Story.told { story in
                let host = story.host("host")
                let ann = story.member("ann")
                try story.uses(
                    host, "events create", ["title": .text("Tea"), "start": .text("in 25h")], isAnswered: "Tea is set up")
                _ = try story.clicks(ann, "Going", on: try story.announced("Tea"))
                let reminders = {
                    story.discord.botMessages(in: story.general).filter { Story.words($0).contains("starts <t:") }
                }
                try story.hours(1)
                try story.restarts()
                #expect(reminders().map(\.mentions) == [[ann]])
                try story.hours(23)
                try story.minutes(45)
                try story.restarts()
                #expect(reminders().count == 3)
                try story.hours(3)
                #expect(reminders().count == 3)
                #expect(reminders().last.map(Story.words)?.contains("late") == false)
            }
        }

        @Test("EVT-05: who has not answered is reminded privately, or in the channel, and who wants no such messages is not")
        func unanswered() throws {
            try Story.told { story in
                let host = story.host("host")
                let (ann, ben, cleo) = (story.member("ann"), story.member("ben"), story.member("cleo"))
                for person in [ann, ben, cleo] { try story.says(person, "hello") }
                try story.uses(
                    host, "events create", ["title": .text("Tea"), "start": .text("friday 20:00")], isAnswered: "Tea is set up")
                _ = try story.clicks(ann, "Maybe", on: try story.announced("Tea"))
                _ = try story.uses(cleo, "privacy decline", ["what": .text("messages")])
                let preview = try story.uses(host, "events unanswered", ["id": .text("1")])
                #expect(preview.contains("<@\(ben)>") && !preview.contains("<@\(ann)>"))
                let answer = try story.writes(host, "E!remind_rsvp 1")
                #expect(answer.contains("<@\(cleo)> wants no private messages"), "\(answer)")
                let written = story.discord.privateMessages(with: ben).map(Story.words)
                #expect(written.count == 1 && written[0].contains("Are you coming to"))
                #expect(written[0].contains("https://discord.com/channels/\(story.guild)/"))
                #expect(story.discord.privateMessages(with: cleo).isEmpty && story.discord.privateMessages(with: ann).isEmpty)
                _ = try story.uses(host, "events remind", ["id": .text("1"), "by": .text("channel")])
                try story.quiet()
                let called = story.discord.botMessages(in: story.general).last { Story.words($0).contains("Are you coming") }
                #expect(called.map { Set($0.mentions) }?.isSuperset(of: [ben, cleo]) == true)
            }
        }

        @Test("EVT-06: an archived event says and does nothing any more, and is had back as it was")
        func archived() throws {
            try Story.told { story in
                let host = story.host("host")
                let ann = story.member("ann")
                try story.uses(
                    host, "events create", ["title": .text("Tea"), "start": .text("in 3h")], isAnswered: "Tea is set up")
                let message = try story.announced("Tea")
                _ = try story.clicks(ann, "Going", on: message)
                try story.writes(host, "E!archive_event Tea", isAnswered: "archived")
                #expect(Story.buttons(of: try #require(story.discord.message(message.said))).isEmpty)
                let count = story.discord.botMessages(in: story.general).count
                try story.hours(2)
                #expect(story.discord.botMessages(in: story.general).count == count)
                try story.uses(host, "events restore", ["id": .text("1")], isAnswered: "takes place")
                #expect(Story.buttons(of: try #require(story.discord.message(message.said))).count == 3)
                #expect(try story.asks("events.show", ["id": 1])["answers"]?["going"] == 1)
            }
        }

        @Test("EVT-07: a thread of each event under its message, a hidden channel for staff, both closed when it is over")
        func spaces() throws {
            try Story.told { story in
                let host = story.host("host")
                try story.asks("house.set", ["name": "events.space", "value": "thread"])
                try story.asks("house.set", ["name": "events.space_name", "value": "{title} on {date}"])
                try story.uses(
                    host, "events create", ["title": .text("Tea"), "start": .text("in 2h"), "end": .text("1h")],
                    isAnswered: "Tea is set up")
                let message = try story.announced("Tea")
                let thread = try #require(message.thread)
                #expect(story.discord.read { $0.channel(thread)?.name } == "Tea on 2026-01-05")
                try story.hours(3)
                try story.minutes(1)
                let closed = story.discord.read { $0.channel(thread)?.thread }
                #expect(closed?.isArchived == true && closed?.isLocked == true)
                try story.asks("house.set", ["name": "events.space", "value": "none"])
                try story.uses(
                    host, "events create", ["title": .text("Crew"), "start": .text("in 2h")], isAnswered: "Crew is set up")
                try story.writes(host, "E!create_event_thread 2 channel staff", isAnswered: "is being opened")
                let channel = try #require(story.discord.read { $0.channels(named: "crew-on-2026-01-05") }.first)
                let hidden = channel.overwrites.first { $0.id == story.guild.number }
                #expect(hidden?.deny.contains(.viewChannel) == true)
            }
        }

        @Test("EVT-08: an announcement says what the server's text says, its places filled")
        func templates() throws {
            try Story.told { story in
                let owner = try #require(story.discord.read { $0.guild(story.guild)?.owner })
                let answer = try story.uses(
                    owner, "templates set",
                    ["name": .text("party"), "text": .text("{server}: {title}, {relative}, {going} so far")])
                #expect(answer.contains("Game night"), "the answer shows an example")
                try story.uses(
                    owner, "events create",
                    ["title": .text("Tea @everyone"), "start": .text("friday 20:00"), "template": .text("party")],
                    isAnswered: "is set up")
                let message = try story.announced("Tea")
                #expect(Story.words(message).contains("Tea House: Tea"))
                #expect(!message.mentionsEveryone)
                #expect(try story.uses(owner, "templates preview", ["name": .text("party")]).contains("Only you see this"))
            }
        }

        @Test("EVT-09: who was in the event's voice channel attended, who was going and stayed away did not")
        func attendance() throws {
            try Story.told { story in
                story.paysVoice = true
                let host = story.host("host")
                let (ann, ben, cleo) = (story.member("ann"), story.member("ben"), story.member("cleo"))
                let lounge = story.discord.channel("lounge", .voice, in: story.guild)
                try story.asks("house.set", ["name": "events.native", "value": true])
                try story.quiet()
                try story.uses(
                    host, "events create",
                    ["title": .text("Choir"), "start": .text("in 1h"), "end": .text("1h"), "voice": .channel(lounge)],
                    isAnswered: "Choir is set up")
                let message = try story.announced("Choir")
                #expect(story.listed.map(\.name) == ["Choir"])
                for person in [ann, ben] { _ = try story.clicks(person, "Going", on: message) }
                try story.discord.joinsVoice(ann, lounge)
                try story.hours(1)
                #expect(story.listed.map(\.status) == [.active])
                try story.discord.joinsVoice(cleo, lounge)
                try story.minutes(30)
                try story.restarts()
                story.discord.leavesVoice(cleo, in: story.guild)
                try story.minutes(31)
                let rows = try story.asks("events.attendance", ["id": 1])["rows"]?.array ?? []
                let states = rows.reduce(into: [:]) { $0[$1["member"]?["id"]?.id(Member.self)] = $1["state"]?.text }
                #expect(states == [ann: "attended", ben: "missed", cleo: "attended"])
                #expect(story.listed.map(\.status) == [.completed])
                try story.writes(host, "E!events attend 1 <@\(ben)>", isAnswered: "came")
                #expect(try story.asks("events.attendance", ["id": 1])["attended"] == 3)
            }
        }

        @Test("EVT-01: a calendar file goes out with the answer, and what it says is never taken in twice")
        func calendars() throws {
            try Story.told { story in
                let host = story.host("host")
                try story.uses(
                    host, "events create",
                    ["title": .text("Tea"), "start": .text("friday 20:00"), "recurrence": .text("weekly")],
                    isAnswered: "Tea is set up")
                let interaction = try story.discord.uses(host, "events export", in: story.general)
                _ = try story.answer(to: interaction)
                let reply = try #require(story.discord.reply(to: interaction))
                #expect(reply.attachments.map { $0["filename"] } == ["events.ics"])
                let text = try story.asks("events.export")["calendar"] ?? .null
                let again = try story.asks("events.import", ["calendar": text, "channel": .id(story.general)])
                #expect(again["known"] == 1 && again["made"] == 0)
            }
        }
    }
}

extension Story {
    /// Somebody who may set up events.
    fileprivate func host(_ name: String) -> ID<Member> {
        let role = discord.role("Hosts", in: guild, permissions: [.manageEvents])
        return discord.member(name, in: guild, roles: [role])
    }

    /// The newest message of an event that is still to be answered.
    fileprivate func announced(_ title: String) throws -> MessageRecord {
        try quiet()
        let found = discord.botMessages(in: general).last { message in
            message.reference == nil && message.interaction == nil && !message.components.isEmpty
                && message.embeds.first?["title"]?.text?.contains(title) == true
        }
        return try #require(found, "no message of \(title)")
    }

    fileprivate static func buttons(of message: MessageRecord) -> [String] {
        message.components.flatMap { $0["components"]?.array ?? [] }.compactMap { $0["label"]?.text }
    }

    fileprivate func clicks(_ member: ID<Member>, _ button: String, on message: MessageRecord) throws -> String {
        try answer(to: try discord.clicks(member, button, on: message.said))
    }

    fileprivate func uses(
        _ member: ID<Member>, _ command: String, _ options: KeyValuePairs<String, OptionValue>, isAnswered words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let answer = try uses(member, command, options)
        #expect(answer.contains(words), "\(answer)", sourceLocation: sourceLocation)
    }

    fileprivate func writes(
        _ member: ID<Member>, _ line: String, isAnswered words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let answer = try writes(member, line)
        #expect(answer.contains(words), "\(answer)", sourceLocation: sourceLocation)
    }

    fileprivate var listed: [EventRecord] {
        discord.read { $0.guild(guild)?.events.values.sorted { $0.id < $1.id } ?? [] }
    }

    fileprivate func seconds(_ moment: String) throws -> Int64 {
        try #require(Instant(rfc3339: moment)).milliseconds / 1000
    }
}
