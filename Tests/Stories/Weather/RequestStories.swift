import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Weather on requests") struct RequestWeather {
        private static let posting = "POST /channels/{channel_id}/messages"

        @Test(
            "LEAD-01: whatever happens to a request, each command is answered once",
            arguments: [
                Fault.limitedUser, .limitedShared, .limitedGlobal, .errorBefore, .badGatewayBefore, .unavailableBefore,
                .errorAfter,
                .badGatewayAfter, .unavailableAfter, .resetBefore, .resetAfter,
            ])
        func faults(_ fault: Fault) throws {
            try Story.told { story in
                let people = (1...3).map { story.member("person-\($0)") }
                for person in people {
                    story.discord.act { $0.faults.next(fault, on: Self.posting) }
                    let asked = try story.says(person, "E!aip")
                    try story.isAnswered(asked)
                }
                #expect(story.discord.read(\.faults.injected[fault]) == 3)
            }
        }

        @Test("LEAD-01: an answer that was posted but never confirmed is not posted again by the next process")
        func unconfirmed() throws {
            try Story.told { story in
                let ann = story.member("ann")
                story.discord.act { $0.faults.next(.hangAfter, on: Self.posting) }
                let asked = try story.says(ann, "E!aip")
                try story.waits("the answer to arrive") { !story.discord.botMessages(in: story.general).isEmpty }
                try story.restarts()
                try story.isAnswered(asked)
                // Its echo, told again with the session, settles it; asked again, the nonce does.
                #expect(story.discord.botMessages(in: story.general).count == 1)
            }
        }

        @Test("COR-09: commands that cannot be registered stop nobody: prefix commands go on, and the fault is told")
        func registration() throws {
            var setting = Story.Setting()
            setting.isOpen = false
            try Story.told(setting) { story in
                for method in ["GET", "PUT"] {
                    story.discord.act {
                        $0.faults.often(.errorBefore, chance: 1, on: "\(method) /applications/{application_id}/commands")
                    }
                }
                try story.opensSoon(knowingCommands: false)
                let ann = story.member("ann")
                #expect(try story.writes(ann, "E!aip").contains("Points ever"))
                try story.waits("the fault to be told") {
                    try story.asksAnywhere("house.status").line.contains("ommands")
                }
                story.discord.act { $0.faults.stop() }
                try story.waits("the commands to be known") {
                    story.hurries(1.seconds)
                    return !story.discord.commandNames().isEmpty
                }
            }
        }

        @Test("COR-14: an answer to a slash command outlives a reset connection", arguments: [Fault.resetAfter, .errorBefore])
        func interactions(_ fault: Fault) throws {
            try Story.told { (story) throws in
                let ann = story.member("ann")
                story.discord.act {
                    $0.faults.next(fault, on: "POST /interactions/{interaction_id}/{interaction_token}/callback")
                }
                #expect(try story.uses(ann, "activity profile").contains("Points ever"))
                #expect(story.discord.read(\.faults.injected[fault]) == 1)
            }
        }
    }
}

extension Story {
    /// The command has one answer when all is quiet; pauses before another try are not waited out.
    func isAnswered(_ asked: Said, sourceLocation: SourceLocation = #_sourceLocation) throws {
        func answers() -> Int { discord.botMessages(in: asked.channel).filter { $0.reference == asked }.count }
        try waits("an answer") {
            if answers() > 0, try isQuiet() { return true }
            hurries(.milliseconds(100))
            return false
        }
        #expect(answers() == 1, sourceLocation: sourceLocation)
    }
}
