import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    /// P3: a refused session is never silent, and what was said meanwhile counts as if it had been heard.
    @Suite("P3: gaps") struct Gaps {
        @Test("P3: what is said while a session is refused is fetched back and counts as live", arguments: [0, 1, 30, 600])
        func fetchedBack(seconds: Int) throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                try story.says(ann, "before")
                try story.quiet()
                story.losesItsSession()
                let random = story.channel("random")
                for round in 0..<5 {
                    let said = try story.says(ben, in: round.isMultiple(of: 2) ? random : nil, "missed \(round)")
                    try story.replies(ann, to: said, "missed too")
                    story.clock.hurry(.milliseconds(Int64(seconds) * 200))
                }
                try story.opensSoon()
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps WHERE state = 'filled' AND messages >= 10") == 1)
                try story.says(ben, "after")
                try story.says(ann, in: random, "after")
            }
        }

        @Test("P3: what is said between the new session and the end of fetching takes its right place")
        func interleaved() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let rooms = (0..<4).map { story.channel("room \($0)") }
                try story.says(ann, in: rooms[3], "before")
                try story.quiet()
                story.losesItsSession()
                story.discord.act { world in
                    world.faults.next(.unavailableBefore, times: 3, on: "GET /channels/{channel_id}/messages")
                }
                for number in 0..<250 {
                    let person = number.isMultiple(of: 2) ? ann : ben
                    try story.says(person, in: rooms[number % 3], "missed \(number)")
                }
                try story.starts()
                try story.waits("a session") {
                    story.hurries(.milliseconds(200))
                    return story.discord.positions.count == 1
                }
                for room in rooms {
                    try story.says(ben, in: room, "at once")
                    try story.says(ann, in: room, "at once too")
                }
                try story.comesBack()
            }
        }

        @Test("P3: commands that were missed are not executed, and nobody is answered late")
        func noAnswers() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "before")
                try story.quiet()
                story.losesItsSession()
                let asked = try story.says(ann, "E!aip")
                try story.opensSoon()
                #expect(story.discord.botMessages(in: story.general).filter { $0.reference == asked }.isEmpty)
                #expect(try story.writes(ann, "E!aip").contains("Points ever"))
            }
        }

        @Test("P3: the status, the list of gaps and the reasons of a score say what is not counted")
        func told() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "before")
                try story.quiet()
                story.discord.act { $0.invalidateSessions(resumable: false) }
                try story.comesBack()
                let gap = try story.asks("house.gaps")["rows"]?[0]
                #expect(gap?["state"]?.text == "filled" && gap?["not_counted"] == ["reactions", "voice"])
                let why = try story.asks("activity.why", ["member": .id(ann)])
                #expect(why["gaps"]?[0]?["not_counted"] == ["reactions", "voice"])
                #expect(
                    try story.asksAnywhere("house.status").line.contains("reactions and voice of that time are not counted"))
            }
        }

        @Test("P3: channels that may not be read back are said to be missing, and hold up nothing")
        func unreadable() throws {
            try Story.told { story in
                let ann = story.member("ann")
                let bee = story.discord.otherBot("bee", in: story.guild)
                let secret = story.discord.channel(
                    "secret", in: story.guild,
                    overwrites: [Overwrite(id: story.guild.number, target: .role, deny: .readHistory)])
                try story.says(ann, "before")
                try story.quiet()
                story.losesItsSession()
                try story.says(bee, in: secret, "unheard")
                try story.says(ann, "heard")
                try story.opensSoon()
                #expect(try story.number("SELECT SUM(unread) FROM house_gaps") == 1)
                #expect(try story.asksAnywhere("house.gaps").line.contains("messages of 1 channel"))
            }
        }
    }
}
