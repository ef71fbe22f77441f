import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Statistics") struct Statistics {
        @Test(
            "ANA-01, ANA-02: when the week is over it is kept, dashboard shows it, and the report is posted with a painted picture"
        )
        func week() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let reports = story.channel("reports")
                try story.asks("house.set", ["name": "analytics.channel", "value": .id(reports)])
                #expect(try story.writes(story.member("owner"), "E!dashboard").contains("No snapshot yet"))
                for day in 0..<3 {
                    for line in 0...day { try story.says(ann, in: story.channel("brewing"), "line \(line)") }
                    try story.says(ben, "hello")
                    try story.days(1)
                }
                try story.days(3)
                #expect(story.discord.botMessages(in: reports).isEmpty, "the week is not over")
                try story.days(1)
                try story.restarts()
                try story.minutes(15)
                let posts = story.discord.botMessages(in: reports)
                #expect(posts.count == 1)
                let words = posts.first.map(Story.words) ?? ""
                #expect(words.contains("2026-01-05 to 2026-01-11") && words.contains("Messages\n10"), "\(words)")
                let picture = posts.first?.attachments.first
                #expect(picture?["filename"] == "report.png" && picture?["size"]?.int ?? 0 > 5_000)
                #expect(picture?["description"]?.text?.contains("10 messages by 3 members") == true)
                #expect(posts.first?.embeds.first?["image"] != nil)
                let kept = try story.asks("analytics.dashboard")
                #expect(
                    kept["report"]?["figures"]?["messages"] == 10 && kept["report"]?["figures"]?["members"] == 3,
                    "E!dashboard counts too")
                #expect(kept["report"]?["channels"]?[0]?["channel"]?["name"] == "brewing")
                #expect(try story.uses(ann, "analytics dashboard").contains("Dashboard of Tea House"))
            }
        }

        @Test("ANA-05: server statistics tell who came, who went, who spoke and who came back, through every door")
        func server() throws {
            try Story.told { story in
                let newcomers = ["cat", "dan", "eve"].map { story.member($0) }
                try story.says(newcomers[0], "hi")
                try story.says(newcomers[1], "hi too")
                try story.quiet()
                story.discord.parts(newcomers[2], from: story.guild)
                try story.days(1)
                try story.says(newcomers[0], "still here")
                try story.quiet()
                let figures = try story.asks("analytics.server", ["span": "week"])["figures"]
                #expect(figures?["messages"] == 3 && figures?["joins"]?.int ?? 0 >= 3 && figures?["leaves"] == 1)
                let funnel = try story.asks("analytics.funnel")
                #expect(funnel["spoke"] == 2 && funnel["returned"] == 1)
                let written = try story.writes(newcomers[0], "E!serverstats day")
                #expect(written.contains("Joined") && written.contains("Most is said in"), "\(written)")
                #expect(try story.uses(newcomers[0], "analytics server", ["span": "month"]).contains("Active members"))
                #expect(try story.uses(newcomers[0], "analytics heatmap").contains("Most is said on Mon from 12:00 on."))
                #expect(try story.writes(newcomers[0], "E!serverstats fortnight").contains("span cannot be"))
            }
        }

        @Test("ANA-01: a time without a session is a gap and not a nought, until what was said has been fetched back")
        func gaps() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "before")
                try story.quiet()
                story.losesItsSession()
                story.clock.leap(3.hours)
                try story.says(ann, "meanwhile")
                story.clock.leap(1.hours)
                try story.opensSoon()
                try story.quiet()
                let day = try story.asks("analytics.days", ["days": 2])["rows"]?.array
                #expect(day?[0]["messages"] == 2 && day?[0]["known"] == "full", "what was fetched back counts")
                #expect(day?[1]["messages"] == .null && day?[1]["known"] == "none", "nobody counted yesterday")
                #expect(try story.number("SELECT COUNT(*) FROM activity_hours") == 2)
            }
        }

        @Test("ANA-03: the owner is handed the books as a file, nobody else is")
        func export() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                try story.says(ann, "hello")
                let answer = try story.discord.uses(
                    owner, "analytics export", ["format": "csv", "book": "members"], in: story.general)
                #expect(try story.answer(to: answer).contains("Here are the members: 1 line."))
                #expect(story.discord.reply(to: answer)?.attachments.first?["filename"] == "members.csv")
                #expect(try story.uses(ann, "analytics export").contains("the owner of the server"))
                #expect(try story.writes(owner, "E!export embed").contains("The days of this server"))
                let text = try story.asks("analytics.export", ["format": "json", "book": "channels"])["text"]?.text ?? ""
                #expect(try JSON(parsing: text).array != nil)
            }
        }
    }
}
