import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Points") struct Points {
        @Test("ACT-01: a message gives 1, a reply 2 more, the start of a conversation 3 more; a reaction 1.5 once a message")
        func weights() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                let first = try story.says(ann, "good morning")
                #expect(try story.points(of: ann) == 4)
                try story.replies(ben, to: first, "good morning to you")
                #expect(try story.points(of: ben) == 3)
                try story.minutes(11)
                try story.replies(ben, to: first, "still here?")
                #expect(try story.points(of: ben) == 9)
                for emoji in ["☕", "🔥"] { try story.discord.reacts(ben, to: first, emoji) }
                try story.discord.reacts(ann, to: first, "👍")
                #expect(try story.points(of: ben) == 10.5)
                #expect(try story.points(of: ann) == 4)
                story.discord.unreacts(ben, on: first, "☕")
                #expect(try story.points(of: ben) == 10.5)
                story.discord.unreacts(ben, on: first, "🔥")
                #expect(try story.points(of: ben) == 9)
            }
        }
    }
}
