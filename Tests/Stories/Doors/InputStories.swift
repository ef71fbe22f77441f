import Kit
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Bad input") struct BadInput {
        private static let hostile = [
            "@everyone", "<@&1>", "```", "'; DROP TABLE activity_facts; --", "\u{202E}gnp.exe", "\u{0}", "${jndi:ldap://x}",
            "<script>alert(1)</script>", "%s%n", "🧨", "", " ", "-1", "99999999999999999999", "null",
        ]

        @Test(
            "COR-12: every parameter of every command refuses what it cannot read, on the socket, with a sentence and its name")
        func socket() throws {
            try Story.told { (story) throws in
                for command in story.setting.features.flatMap(\.commands) {
                    for parameter in command.parameters {
                        for bad in Self.wrong(for: parameter.kind) {
                            var params = JSON.Object(command.parameters.filter(\.isRequired).map { ($0.name, "1") })
                            params[parameter.name] = bad
                            params["guild"] = params["guild"] ?? .id(story.guild)
                            let refusal = Self.refusal { try story.asksAnywhere(command.name, .object(params)) }
                            #expect(refusal != nil, "\(command.name) took \(bad.line) as \(parameter.name)")
                            #expect(refusal?.name != "failed", "\(command.name): \(parameter.name) = \(bad.line)")
                            #expect(refusal?.message.isEmpty == false)
                        }
                    }
                    let unknown = Self.refusal { try story.asks(command.name, ["no_such_thing": 1]) }
                    #expect(unknown?.name == "invalid_value", "\(command.name)")
                    #expect(unknown?.field == "no_such_thing", "\(command.name)")
                }
                #expect(try story.number("SELECT COUNT(*) FROM house_faults") == 0)
            }
        }

        @Test("COR-12: hostile words, names and ids of other guilds are refused in the channel, ping nobody and change nothing")
        func prefix() throws {
            try Story.told { story in
                let olga = story.discord.member("olga", in: story.discord.guild("Night Market"))
                for (number, word) in Self.hostile.enumerated() where !word.contains("\u{0}") {
                    let person = story.member("person-\(number)")
                    let room = story.channel("room-\(number)")
                    _ = try story.writes(person, in: room, "E!leaderboard \(word)")
                    _ = try story.writes(person, in: room, "E!aip \(word)")
                    _ = try story.writes(person, in: room, "E!\(word)")
                    _ = try story.writes(person, in: room, "E!house set \(word) \(word)")
                }
                let answer = try story.writes(story.member("ann"), "E!aip <@\(olga)>")
                #expect(answer.contains("not seen"))
                for channel in story.discord.channels(of: story.guild) {
                    for message in story.discord.botMessages(in: channel) {
                        #expect(message.mentions.filter { $0 != message.author }.isEmpty)
                        #expect(!message.mentionsEveryone)
                    }
                }
                #expect(try story.number("SELECT COUNT(*) FROM house_settings") == 0)
                #expect(try story.number("SELECT COUNT(*) FROM house_faults") == 0)
            }
        }

        @Test("COR-12: a member with a hostile name is shown as words, in the channel and on the socket")
        func names() throws {
            try Story.told { story in
                let names = ["@everyone", "**bold** `code`", "\u{202E}evil", "a\u{1B}[31mred"]
                for name in names { try story.says(story.member(name), "hello") }
                let board = try story.writes(story.member("ann"), "E!leaderboard day")
                #expect(board.contains("<@"))
                let rows = try story.asks("activity.leaderboard", ["period": "day"])["rows"]?.array ?? []
                #expect(rows.count == names.count + 1)
                #expect(story.discord.botMessages(in: story.general).allSatisfy { !$0.mentionsEveryone })
            }
        }

        private static func refusal(_ body: () throws -> JSON) -> ControlError? {
            do {
                _ = try body()
                return nil
            } catch let error as ControlError { return error } catch {
                return ControlError(name: "failed", message: "\(error)")
            }
        }

        /// What no parameter of this kind can mean.
        private static func wrong(for kind: Outline.Kind) -> [JSON] {
            let never: [JSON] = [["a": 1], [1, 2]]
            return switch kind {
            case .text(let longest): never + [.string(String(repeating: "x", count: longest + 1)), "a\u{0}b"]
            case .whole(let range): never + ["many", 1.5, .int(Int64(range.upperBound) &+ 1), true]
            case .decimal: never + ["much", true]
            case .yesNo: never + ["maybe", 7]
            case .choice: never + ["no such choice", 7]
            case .duration, .date: never + ["yesterday's tea", "-5 min"]
            case .member, .role, .channel, .message: never + ["99", "nobody at all", 12]
            default: never
            }
        }
    }
}
