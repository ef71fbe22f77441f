import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Profiles and boards") struct Profiles {
        @Test("ACT-08: anybody's profile is told by slash, by prefix and on the socket, one's own when nobody is named")
        func profiles() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                try story.says(ann, "hello")
                for answer in [
                    try story.uses(ben, "activity profile", ["member": .member(ann)]),
                    try story.writes(ben, "E!aip <@\(ann)>"), try story.writes(ben, "e!AIP \(ann)"),
                ] {
                    #expect(answer.contains("Activity of Ann"))
                    #expect(answer.contains("#1"))
                }
                #expect(try story.uses(ann, "activity profile").contains("Activity of Ann"))
                #expect(try story.profile(of: ann, "rank") == 1)
                #expect(try story.asks("aip", ["member": .id(ann)])["points"] == 4)
            }
        }

        @Test("ACT-09: the board orders members by decayed points in every period, pages, and is remembered each day")
        func boards() throws {
            try Story.told { story in
                let people = (1...12).map { story.member("person-\($0)") }
                for (number, person) in people.enumerated() {
                    for line in 0...number { try story.says(person, "line \(line)") }
                }
                try story.quiet()
                for period in ["day", "week", "month", "season", "all"] {
                    let rows =
                        try story.asks("activity.leaderboard", ["period": .string(period), "limit": 5])["rows"]?.array ?? []
                    let truth = story.discord.oracle().board(of: story.guild).prefix(5)
                    #expect(rows.compactMap { $0["member"]?["id"]?.id(Member.self) } == truth.map(\.member))
                    #expect(rows.map { story.thousandths($0["points"]) } == truth.map(\.points))
                }
                var seen: [ID<Member>] = []
                var cursor: JSON?
                repeat {
                    let page = try story.asks("activity.leaderboard", .fields(["period": "all", "limit": 5, "cursor": cursor]))
                    seen += (page["rows"]?.array ?? []).compactMap { $0["member"]?["id"]?.id(Member.self) }
                    cursor = page["next"]
                } while cursor.map { !$0.isNull } ?? false
                #expect(seen == story.discord.oracle().board(of: story.guild).map(\.member))
                try story.days(1)
                try story.minutes(1)
                #expect(try story.number("SELECT COUNT(*) FROM activity_snapshots") > 0)
                #expect(try story.asks("activity.leaderboard", ["period": "day"])["rows"] == [])
                #expect(try story.writes(people[0], "E!leaderboard all").contains("<@\(people[11])>"))
            }
        }

        @Test("ACT-10: a message is kept as numbers; its text only where the guild says so, shortened and for a time")
        func records() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let said = try story.says(ann, "a secret recipe")
                try story.discord.reacts(ben, to: said, "☕")
                try story.quiet()
                let kept = try story.number(
                    "SELECT COUNT(*) FROM activity_facts WHERE message = \(said.id) AND channel = \(said.channel) AND author = \(ann)"
                )
                #expect(kept == 1)
                #expect(try story.number("SELECT COUNT(*) FROM activity_reactions WHERE message = \(said.id)") == 1)
                #expect(try story.number("SELECT COUNT(*) FROM activity_texts") == 0)
                try story.asks("house.set", ["name": "activity.keep_text", "value": true])
                try story.asks("house.set", ["name": "activity.text_length", "value": 8])
                let long = try story.says(ann, "leaves and hot water")
                try story.quiet()
                let bodies = try story.number("SELECT LENGTH(body) FROM activity_texts WHERE message = \(long.id)")
                #expect(bodies == 8)
                try story.days(31)
                try story.hours(2)
                #expect(try story.number("SELECT COUNT(*) FROM activity_texts") == 0)
            }
        }

        @Test("ACT-01: activity.why names each deed, rule and weight behind a score")
        func why() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let said = try story.says(ann, "hello")
                try story.replies(ben, to: said, "hello back")
                try story.discord.reacts(ben, to: said, "☕")
                try story.quiet()
                let why = try story.asks("activity.why", ["member": .id(ben)])
                let rules = (why["rows"]?.array ?? []).flatMap { $0["rules"]?.array ?? [] }.compactMap { $0["rule"]?.text }
                #expect(Set(rules) == ["message", "reply", "reaction, once a message"])
                #expect((why["rows"]?.array ?? []).reduce(0) { $0 + story.thousandths($1["points"]) } == 4500)
            }
        }
    }
}
