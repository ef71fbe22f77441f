import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Doctor") struct DoctorStories {
        @Test("LEAD-11: what does not work is found with what mends it, told to staff once, and gone when it is mended")
        func findings() throws {
            try Story.told { story in
                let staff = story.channel("staff")
                let gone = story.channel("gone")
                func keys() throws -> [String] {
                    try story.quiet()
                    return try story.asks("doctor.check")["rows"]?.array?.compactMap { $0["key"]?.text } ?? []
                }
                #expect(try keys() == [])
                try story.asks("house.set", ["name": "doctor.channel", "value": .id(staff)])
                try story.asks("house.set", ["name": "events.channel", "value": .id(gone)])
                try story.asks("pings.add", ["channel": .id(gone), "every": "1d"])
                story.discord.removes(gone)
                #expect(try keys() == ["setting.events.channel", "ping.1"])
                try story.minutes(16)
                try story.minutes(16)
                let told = try story.quietMessages(in: staff)
                #expect(told.count == 1 && told[0].contains("events.channel names a channel that is gone"), "\(told)")
                #expect(told[0].contains("pings edit 1 channel"), "\(told)")
                let shown = try story.uses(story.member("owner"), "doctor check")
                #expect(shown.contains("2 things do not work"), "\(shown)")
                try story.asks("house.unset", ["name": "events.channel"])
                try story.asks("pings.remove", ["id": 1])
                #expect(try story.uses(story.member("owner"), "doctor check").contains("All is well"))
                #expect(
                    try story.asksAnywhere("doctor.check")["rows"]?.array?.contains { $0["guild"]?.isNull == false } == false)
            }
        }
    }
}

extension Story {
    /// What the bot said in a channel, in words.
    func quietMessages(in channel: ID<Channel>) throws -> [String] {
        try quiet()
        return discord.botMessages(in: channel).map(Self.words)
    }
}
