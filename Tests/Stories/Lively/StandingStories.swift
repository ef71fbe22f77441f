import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Levels, badges and seasons") struct Standings {
        @Test("RWD-07: a level is reached once, also through a restart, told where the server wants it, and wears its badge")
        func levels() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                try story.asks("house.set", ["name": "levels.curve", "value": "linear"])
                try story.says(ann, "one")
                try story.says(ann, "two")
                try story.quiet()
                #expect(story.discord.botMessages(in: story.general).isEmpty, "nothing is said by itself")
                try story.asks("house.set", ["name": "levels.tell", "value": "here"])
                #expect(
                    try story.uses(owner, "badges add", ["name": "Talker", "emoji": "🫖", "occasion": "level 2"]).contains(
                        "level 2"))
                for line in 0..<5 { try story.says(ann, "line \(line)") }
                try story.quiet()
                let told = story.discord.botMessages(in: story.general).filter { $0.interaction == nil }
                #expect(told.map(\.content) == ["<@\(ann)> is now at level 2."])
                try story.restarts()
                try story.says(ann, "after")
                try story.quiet()
                #expect(try story.number("SELECT COUNT(*) FROM badges_held") == 1)
                #expect(try story.uses(ann, "levels show").contains("Level 2"))
                #expect(try story.writes(ann, "E!level").contains("3 more for level 3"))
                #expect(try story.uses(ann, "badges worn").contains("reached level 2"))
                #expect(try story.uses(owner, "levels curve", ["curve": "mee6"]).contains("5 points"))
                #expect(try story.uses(ann, "levels reset", ["member": .member(owner)]).contains("Manage Server"))
            }
        }

        @Test("RWD-07: a season has its board, ends at its date while nobody is at home, and its recap is a picture")
        func seasons() throws {
            try Story.told { story in
                let (owner, ann, ben) = (story.member("owner"), story.member("ann"), story.member("ben"))
                let hall = story.channel("hall")
                try story.asks("house.set", ["name": "seasons.channel", "value": .id(hall)])
                try story.says(ben, "long before")
                try story.days(1)
                #expect(
                    try story.uses(owner, "seasons start", ["name": "Winter", "until": "2026-01-08"]).contains(
                        "Winter has begun"))
                try story.says(ann, "in it")
                try story.quiet()
                let board = try story.writes(ann, "E!leaderboard season")
                #expect(board.contains("<@\(ann)>") && !board.contains("<@\(ben)>"), "\(board)")
                story.closes()
                try story.days(4)
                try story.opens()
                try story.quiet()
                let recaps = story.discord.botMessages(in: hall)
                #expect(recaps.count == 1 && recaps.first?.attachments.first?["filename"] == "season.png")
                #expect(recaps.first.map(Story.words)?.contains("until 2026-01-08") == true)
                let archived = try story.asks("seasons.show", ["season": "Winter"])
                #expect(archived["rows"]?.array?.map { $0["member"]?["id"] } == [.id(ann)])
                let answer = try story.discord.uses(ann, "seasons recap", [:], in: story.general)
                #expect(try story.answer(to: answer).contains("Winter"))
                let picture = story.discord.reply(to: answer)?.attachments.first
                #expect(picture?["description"]?.text?.contains("by 1 member; first") == true)
            }
        }

        @Test("RWD-07: a badge is given and taken by staff, and the console may do what the server may")
        func badges() throws {
            try Story.told { story in
                let (owner, ann) = (story.member("owner"), story.member("ann"))
                try story.says(ann, "hello")
                try story.asks("badges.add", ["name": "*Founder*", "emoji": "🏺", "text": "@everyone was there"])
                #expect(try story.writes(owner, "E!give_badge <@\(ann)> *Founder* the first pot").contains("the first pot"))
                #expect(try story.writes(ann, "E!give_badge <@\(ann)> *Founder* me").contains("Manage Roles"))
                let worn = try story.uses(ann, "badges worn")
                #expect(worn.contains("\\*Founder\\*"), "what people write stays inert: \(worn)")
                #expect(try story.asks("badges.take", ["member": .id(ann), "badge": "*founder*"])["reason"] == "the first pot")
                #expect(try story.uses(ann, "badges worn").contains("None yet"))
            }
        }
    }
}
