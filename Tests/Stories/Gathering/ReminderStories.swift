import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Reminders") struct RemindersTold {
        @Test(
            "REM-01, REM-02, CMD-03: a reminder of a channel is added in the old form, listed, changed and deleted through every door"
        )
        func doors() throws {
            try Story.told { story in
                let host = story.staff("host")
                let added = try story.writes(
                    host, "E!add_reminder Choir <#\(story.general)> 09:00 mon,thu \"Bring notes\" 09:15")
                #expect(added.contains("Reminder 1 is set") && added.contains("every week on Mon, Thu at 09:00"), "\(added)")
                let listed = try story.writes(host, "E!reminder_list")
                #expect(listed.contains("Choir"), "\(listed)")
                let changed = try story.uses(
                    host, "reminders edit", ["id": 1, "days": .text("first monday"), "time": .text("10:00")])
                #expect(changed.contains("every month on the first Mon at 10:00"), "\(changed)")
                #expect(try story.asks("reminders.pause", ["id": 1])["state"] == "paused")
                #expect(
                    try story.writes(story.member("ann"), "E!add_reminder Tea <#\(story.general)> 18:00").contains(
                        "Manage Events"))
                #expect(try story.writes(story.member("ann"), "E!reminder_delete 1").contains("Manage Events"))
                #expect(try story.writes(host, "E!reminder_delete 1").contains("is removed"))
                try story.seconds(11)
                #expect(try story.writes(host, "E!add_reminder Tea #nowhere 18:00 daily").contains("There is no channel"))
                #expect(try story.writes(host, "E!add_reminder Tea <#\(story.general)> someday").contains("time is a date"))
            }
        }

        @Test(
            "REM-03, REM-04, REM-05, REM-09: a date is told an hour before and when it is there, once through restarts, and noted"
        )
        func once() throws {
            try Story.told { story in
                let host = story.staff("host")
                let log = story.channel("log")
                try story.asks("house.set", ["name": "reminders.log", "value": .string("\(log)")])
                let slash = try story.uses(
                    host, "reminders add",
                    [
                        "name": .text("Game night"), "channel": .channel(story.general), "time": .text("in 3h"),
                        "call_time": .text("23:30"),
                    ])
                #expect(slash.contains("Reminder 1 is set"), "\(slash)")
                try story.minutes(119)
                #expect(try story.reminders().isEmpty)
                try story.minutes(2)
                try story.restarts()
                #expect(try story.reminders().count == 1)
                story.closes()
                try story.minutes(73)
                try story.opens()
                let told = try story.reminders()
                #expect(told.count == 2 && told[0].contains("Game night"), "\(told)")
                #expect(told.last?.contains("This is 14 minutes late") == true, "\(told)")
                try story.hours(2)
                #expect(try story.reminders().count == 2)
                #expect(try story.asks("reminders.list")["rows"] == [])
                let notes = story.discord.botMessages(in: log).map(Story.words)
                #expect(notes.count == 4 && notes[0].contains("is set") && notes[3].contains("is over and deleted"), "\(notes)")
            }
        }

        @Test("REM-11: one's own comes privately, is put off with a button there, and reaches who is closed where it was set")
        func personal() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let set = try story.uses(ann, "reminders me", ["time": .text("in 20 min"), "text": .text("the oven")])
                #expect(set.contains("Reminder 1 is set") && set.contains("the oven"), "\(set)")
                #expect(try story.writes(ann, "E!remindme daily 9:00 stretch").contains("every day at 09:00"))
                try story.minutes(21)
                let message = try #require(story.discord.privateMessages(with: ann).last)
                #expect(Story.words(message).contains("the oven"))
                let answer = try story.answer(to: try story.discord.clicks(ann, "Again in 10 min", on: message.said))
                #expect(answer.contains("comes again"), "\(answer)")
                try story.minutes(11)
                #expect(
                    story.discord.privateMessages(with: ann).map(Story.words).filter { $0.contains("⏰ the oven") }.count == 1)
                #expect(story.discord.privateMessages(with: ann).count == 2)
                story.discord.closesMessages(ben)
                #expect(try story.writes(ben, "E!remindme in 5 min the secret").contains("Reminder 3 is set"))
                try story.minutes(6)
                let called = try #require(story.discord.botMessages(in: story.general).last)
                #expect(called.mentions == [ben] && !Story.words(called).contains("secret"), "\(Story.words(called))")
                let seen = try story.uses(ben, "reminders show", ["id": 3])
                #expect(seen.contains("the secret"))
            }
        }

        @Test(
            "REM-10: everyone is mentioned where a switch allows it, after it was confirmed, and a channel that is gone stops it"
        )
        func everyone() throws {
            try Story.told { story in
                let params: JSON = [
                    "name": "Fair", "channel": .id(story.general), "time": "18:00", "days": "daily", "everyone": true,
                ]
                do {
                    try story.asks("reminders.add", params)
                    Issue.record("everyone was mentioned")
                } catch { #expect("\(error)".contains("may not mention everyone here"), "\(error)") }
                try story.asks("house.set", ["name": "reminders.everyone", "value": true])
                let owner = story.member("owner")
                let crier = story.discord.role("Crier", in: story.guild, permissions: [.mentionEveryone])
                story.discord.gives(crier, to: story.discord.read(\.bot.user), in: story.guild)
                try story.quiet()
                let asked = try story.discord.uses(
                    owner, "reminders add",
                    [
                        "name": .text("Fair"), "channel": .channel(story.general), "time": .text("18:00"),
                        "days": .text("daily"),
                        "everyone": .yes(true),
                    ], in: story.general)
                let plan = try story.answer(to: asked)
                #expect(plan.contains("Look at this first"), "\(plan)")
                let hasNoRight = try story.uses(
                    story.staff("host"), "reminders add",
                    [
                        "name": .text("Fair"), "channel": .channel(story.general), "time": .text("18:00"),
                        "days": .text("daily"),
                        "everyone": .yes(true),
                    ])
                #expect(hasNoRight.contains("You may not mention so many yourself"), "\(hasNoRight)")
                let reply = try #require(story.discord.reply(to: asked))
                let done = try story.answer(to: try story.discord.clicks(owner, "Do it", on: reply.said))
                #expect(done.contains("Reminder 1 is set"), "\(done)")
                try story.hours(6)
                let told = try #require(story.discord.botMessages(in: story.general).last { $0.interaction == nil })
                #expect(told.mentionsEveryone && Story.words(told).contains("Fair"))
                story.discord.removes(story.general)
                try story.hours(24)
                let row = try story.asks("reminders.show", ["id": 1])
                #expect(row["state"] == "paused" && row["trouble"]?.text?.contains("no such channel") == true, "\(row.line)")
            }
        }

        @Test(
            "REM-06, REM-07, REM-08, REM-09: what is announced becomes a reminder, its edits and its end are followed, each once"
        )
        func announced() throws {
            try Story.told { story in
                let host = story.staff("host")
                let (news, log) = (story.channel("news"), story.channel("log"))
                try story.asks("house.set", ["name": "house.zone", "value": "Europe/Brussels"])
                try story.asks("house.set", ["name": "reminders.log", "value": .string("\(log)")])
                try story.asks(
                    "house.set", ["name": "reminders.watch", "value": true, "scope": "channel", "target": .string("\(news)")])
                let embed: JSON = [
                    "title": "Quizavond", "description": "Doe mee!",
                    "fields": [
                        ["name": "Wanneer", "value": "vrijdag 16 januari om 20u30"],
                        ["name": "Waar", "value": "Café Centraal"],
                    ],
                ]
                let said = try story.discord.frames(embed, by: "Town crier", in: news)
                try story.quiet()
                var row = try story.asks("reminders.show", ["id": 1])
                #expect(
                    row["name"] == "Quizavond" && row["place"] == "Café Centraal"
                        && row["origin"]?.text?.hasSuffix("\(said.id)") == true)
                #expect(row["event_ms"]?.int == Instant(rfc3339: "2026-01-16T19:30:00Z")?.milliseconds, "\(row.line)")
                try story.restarts()
                try story.discord.reframes(said, ["title": "Quizavond", "description": "Wanneer: zaterdag 17 januari, 21u"])
                try story.quiet()
                row = try story.asks("reminders.show", ["id": 1])
                #expect(row["event_ms"]?.int == Instant(rfc3339: "2026-01-17T20:00:00Z")?.milliseconds, "\(row.line)")
                #expect(try story.number("SELECT COUNT(*) FROM reminders_reminders") == 1)
                story.discord.deletes(said)
                try story.quiet()
                #expect(try story.asks("reminders.list")["rows"] == [])
                try story.discord.frames(
                    ["title": "Vague", "description": "Friday 17 January at 20:00"], by: "Town crier", in: news)
                try story.quiet()
                let asked = try #require(story.discord.botMessages(in: log).last)
                #expect(Story.words(asked).contains("no such day of the week"), "\(Story.words(asked))")
                _ = try story.answer(to: try story.discord.clicks(host, "Set it", on: asked.said))
                #expect(try story.asks("reminders.show", ["id": 2])["name"] == "Vague")
                let link = try story.says(host, "Picnic on 4 july at 12:00 in the park")
                let answer = try story.uses(
                    host, "reminders read",
                    ["link": .text("https://discord.com/channels/\(story.guild)/\(story.general)/\(link.id)")])
                #expect(answer.contains("being read"), "\(answer)")
                try story.quiet()
                #expect(
                    try story.asks("reminders.show", ["id": 3])["event_ms"]?.int
                        == Instant(rfc3339: "2026-07-04T10:00:00Z")?.milliseconds)
                story.closes()
                story.discord.act { $0.faults.next(.refuseResume) }
                try story.discord.frames(["title": "Missed", "description": "20 January, 18:00"], by: "Town crier", in: news)
                try story.opensSoon()
                #expect(
                    try story.number("SELECT COUNT(*) FROM reminders_reminders WHERE name = 'Missed' AND state = 'on'") == 1)
            }
        }
    }
}

extension Story {
    fileprivate func staff(_ name: String) -> ID<Member> {
        let role = discord.role("Hosts", in: guild, permissions: [.manageEvents])
        return discord.member(name, in: guild, roles: [role])
    }

    /// What was called to mind in the general channel.
    fileprivate func reminders() throws -> [String] {
        try quiet()
        return discord.botMessages(in: general).filter { $0.reference == nil && $0.interaction == nil }.map(Story.words)
    }
}
