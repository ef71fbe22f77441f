import Machine
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("The shell") struct Shell {
        @Test("SOC-05: the program hearth tells the board in JSON, and its exit code tells scripts what happened")
        func verbs() throws {
            try Story.told { story in
                let ann = story.member("ann")
                try story.says(ann, "hello")
                try story.quiet()
                let guild = "\(story.guild)"
                let board = try story.shell(["activity", "leaderboard", "--guild", guild, "--json"])
                #expect(board.code == 0)
                #expect(try JSON(parsing: Array(board.output.utf8))["rows"]?[0]?["member"]?["id"]?.id(Member.self) == ann)
                #expect(try story.shell(["call", "activity.totals", #"{"guild":"\#(guild)"}"#]).code == 0)
                #expect(try story.shell(["activity", "leaderboard", "--guild", guild, "--period", "aeon"]).code == 7)
                #expect(try story.shell(["activity", "leaderboard", "--guild", "7"]).code == 5)
                #expect(try story.shell(["no", "such"]).code == 2)
                story.closes()
                #expect(try story.shell(["activity", "leaderboard", "--guild", guild]).code == 3)
                try story.opens()
            }
        }
    }
}

extension Story {
    /// Runs the shell client against this story's daemon.
    func shell(_ words: [String]) throws -> (code: Int32, output: String) {
        let output = configuration.store.path + ".shell"
        if Files.exists(output) { try Files.remove(output) }
        let code = try OwnProgram("hearth", ["--socket", configuration.control.socket] + words, output: output).ends()
        return (code, String(decoding: try Files.read(output), as: UTF8.self))
    }
}
