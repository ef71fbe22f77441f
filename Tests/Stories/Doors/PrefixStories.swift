import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Prefixes and slash") struct Prefixes {
        @Test("COR-09: E!, in any case, and a mention of the bot begin a command; other words do not")
        func prefixes() throws {
            try Story.told { story in
                let people = (1...3).map { story.member("person-\($0)") }
                let bot = story.discord.bot
                for (number, line) in [
                    "E!leaderboard", "e!LeaderBoard", "<@\(bot)> leaderboard", "<@!\(bot)> activity leaderboard",
                ].enumerated() {
                    let answer = try story.writes(people[number % 3], line)
                    #expect(answer.contains("Leaderboard"), "\(line)")
                }
                for line in ["leaderboard", "E! ", "EE!leaderboard", "hello <@\(bot)> leaderboard", "E!?"] {
                    #expect(try story.writes(people[0], line) == "", "\(line)")
                }
                #expect(try story.writes(people[1], "E!leaderbord").contains("leaderboard"))
            }
        }

        @Test("COR-09: a guild chooses prefixes of its own, several if it likes")
        func own() throws {
            try Story.told { story in
                let ann = story.member("ann")
                let elsewhere = story.discord.guild("Night Market")
                let market = story.discord.channel("general", in: elsewhere)
                try story.asks("house.set", ["name": "house.prefixes", "value": "! tea:"])
                #expect(try story.writes(ann, "!leaderboard") != "")
                #expect(try story.writes(ann, "TEA:leaderboard") != "")
                #expect(try story.writes(ann, "E!leaderboard") == "")
                let ben = story.discord.member("ben", in: elsewhere)
                #expect(try story.writes(ben, in: market, "E!leaderboard") != "")
                #expect(try story.writes(ben, in: market, "!leaderboard") == "")
            }
        }

        @Test("CMD-01: old names are slash commands too where a server asks for them, and nowhere else")
        func oldNames() throws {
            try Story.told { story in
                let owner = story.member("owner")
                #expect(!story.discord.commandNames(in: story.guild).contains("list_pings"))
                try story.asks("house.set", ["name": "house.old_names", "value": true])
                try story.waits("the old names are known") {
                    story.discord.commandNames(in: story.guild).contains("list_pings")
                }
                let answer = try story.uses(owner, "list_pings")
                #expect(answer.contains("There are none") && answer.contains("list_pings is now /pings list"), "\(answer)")
                try story.asks("house.unset", ["name": "house.old_names"])
                try story.waits("the old names are gone") {
                    !story.discord.commandNames(in: story.guild).contains("list_pings")
                }
            }
        }

        @Test("COR-09: every command that is not the house's alone has a slash form, and answers in it")
        func slash() throws {
            try Story.told { story in
                let rows = try story.asksAnywhere("meta.methods")["rows"]?.array ?? []
                let commands = rows.filter { $0["scope"]?.text != "house" }.compactMap { $0["method"]?.text }.filter {
                    !$0.hasPrefix("meta.") && !$0.hasPrefix("sub.") && $0 != "hello"
                }
                #expect(commands.count > 10)
                for (number, command) in commands.enumerated() {
                    let person = story.member("person-\(number / 4)")
                    let words = command.split(separator: ".").joined(separator: " ")
                    do {
                        let interaction = try story.discord.uses(person, words, in: story.general)
                        #expect(try !story.answer(to: interaction).isEmpty, "\(command)")
                    } catch let refusal as Simulator.Refusal {
                        #expect(refusal.code == 50035, "\(command): \(refusal)")
                    }
                }
            }
        }
    }
}
