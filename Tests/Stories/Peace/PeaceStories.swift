import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Peace") struct PeaceStories {
        @Test("MOD-07: who is silenced is neither counted nor mentioned for that time, and neither is a channel")
        func silence() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                let side = story.discord.channel("side", in: story.guild)
                #expect(
                    try story.uses(owner, "silence add", ["member": .member(ann), "for": "1h", "reason": "spam"]).contains(
                        "left out of counting and pings until"))
                #expect(try story.writes(owner, "E!silence channel: <#\(side)>").contains("until you end it"))
                let said = try story.says(ben, in: side, "a line nobody counts")
                try story.says(ann, "nor this one")
                try story.replies(ann, to: said, "nor this reply")
                try story.discord.reacts(ann, to: said, "☕")
                story.scoring.leavesOut = { who, place, _ in who == ann || place == side }
                #expect(try story.points(of: ben) == 0 && story.points(of: ann) == 0)
                #expect(try story.asks("silence.list")["rows"]?.array?.count == 2)
                #expect(try story.writes(story.member("cat"), "E!silence <@\(ben)>").contains("moderators"))
                #expect(try story.writes(owner, "E!silence").contains("either a member or a channel"))
            }
        }

        @Test("PRV-01: whoever declines to be shown has a place on every board and no name there, but for themself and staff")
        func showing() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                _ = try story.uses(owner, "seasons start", ["name": "Autumn"])
                try story.says(ann, "hello")
                try story.says(ben, "hello too")
                _ = try story.uses(ann, "privacy decline", ["what": "showing"])
                for board in ["leaderboard", "leaderboard day", "seasons show", "seasons recap"] {
                    let seen = try story.writes(ben, "E!\(board)")
                    #expect(
                        !seen.contains("\(ann)") && seen.contains("somebody") && seen.contains("<@\(ben)>"), "\(board): \(seen)"
                    )
                    try story.seconds(10)
                }
                #expect(
                    try !story.writes(owner, "E!leaderboard").contains("\(ann)"), "others read what staff ask for in a channel")
                #expect(try story.uses(ann, "activity leaderboard").contains("<@\(ann)>"))
                let names = try story.asks("activity.leaderboard")["rows"]?.array?.compactMap { $0["member"]?["id"]?.text }
                #expect(names?.contains("\(ann)") == true, "staff see all on the socket")
            }
        }

        @Test("PRV-01: whoever declines to be counted is not, from then on, and can have it back")
        func counting() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                try story.says(ann, "this counts")
                let before = try story.points(of: ann)
                let from = story.discord.now
                #expect(try story.uses(ann, "privacy decline", ["what": "counting"]).contains("is not counted any more"))
                let hidden = try story.says(ann, "this does not")
                try story.replies(ben, to: hidden, "and neither does being answered")
                #expect(try story.points(of: ann) == before)
                #expect(try story.uses(ann, "privacy wishes").contains("not counted"))
                let until = story.discord.now
                story.scoring.leavesOut = { who, _, at in who == ann && at > from && at <= until }
                #expect(try story.uses(ann, "privacy allow", ["what": "counting"]).contains("What you do here counts"))
                try story.says(ann, "this counts again")
                #expect(try story.points(of: ann) > before)
            }
        }
    }
}
