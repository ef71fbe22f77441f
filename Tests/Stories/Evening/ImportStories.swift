import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Imports") struct ImportStories {
        @Test("OPS-02, LEAD-24: levels of another bot are seen first, taken over once, told by why, and taken back as one")
        func mee6() throws {
            try Story.told { story in
                let (ann, ben, cat) = (story.member("ann"), story.member("ben"), story.member("cat"))
                let bee = story.discord.otherBot("bee", in: story.guild)
                for one in [ann, ben, cat] { try story.says(one, "hello") }
                try story.quiet()
                try story.asks("privacy.decline", ["what": "counting", "as": .id(cat)])
                let file = """
                    {"players": [
                      {"id": "\(ann)", "username": "Ann, the \\"first\\"", "xp": 4675, "level": 12, "message_count": 300},
                      {"id": "\(ben)", "username": "ben", "xp": 0, "level": 0, "message_count": 1},
                      {"id": "\(cat)", "username": "cat", "xp": 9000, "level": 16},
                      {"id": "\(bee)", "username": "bee", "xp": 9000, "level": 16},
                      {"id": "987654321098765432", "username": "gone", "xp": 600, "level": 3},
                      {"id": "\(ann)", "username": "Ann, the \\"first\\"", "xp": 4675, "level": 12, "message_count": 300}
                    ]}
                    """
                let before = try story.points(of: ann)
                let plan = try story.asks("imports.preview", ["data": .string(file)])
                #expect(plan["taken"] == 1 && plan["left_out"] == 4 && plan["repeated"] == 1, "\(plan.line)")
                #expect(plan["rows"]?[0]?["level_after"] == 12 && plan["curve"] == "mee6" && plan["format"] == "JSON")
                let reasons = plan["rows"]?.array?.map { $0["left_out"]?.text ?? "" }
                let expected = ["", "has as much already", "does not want to be counted", "a bot", "not known here"]
                #expect(reasons == expected)
                #expect(try story.points(of: ann) == before, "looking changes nothing")
                let path = story.configuration.store.path + ".levels.json"
                try Files.write(Array(file.utf8), to: path)
                let taken = try story.shell(["imports", "take", "--file", path, "--guild", "\(story.guild)", "--json"])
                #expect(taken.code == 0, "\(taken.output)")
                #expect(try story.asks("levels.show", ["member": .id(ann)])["level"] == 12)
                let again = try story.asks("imports.take", ["data": .string(file)])
                #expect(again["taken"] == 0 && again["id"] == nil, "the same file twice changes nothing")
                #expect(try story.number("SELECT COUNT(*) FROM imports_batches") == 1)
                let why = try story.asks("activity.why", ["member": .id(ann)])
                let line = why["rows"]?.array?.first { $0["what"] == "import" }
                #expect(line?["rules"]?[0]?["rule"]?.text == "imported: level 12, 4675 experience", "\(why.line)")
                #expect(try story.asks("activity.leaderboard", ["period": "month"])["rows"]?[0]?["points"]?.double ?? 99 < 10)
                #expect(try story.asks("imports.list")["rows"]?[0]?["members"] == 1)
                try story.asks("imports.withdraw", ["id": 1])
                #expect(try story.points(of: ann) == before)
                #expect(try story.refused("imports.withdraw", ["id": 1]).contains("already"))
                #expect(try story.refused("imports.withdraw", ["id": 9]).contains("no import 9"))
            }
        }

        @Test("OPS-02: bad lines of a file are told with their numbers, and nothing is taken unless the admin says so")
        func badLines() throws {
            try Story.told { story in
                let (ann, ben) = (story.member("ann"), story.member("ben"))
                for one in [ann, ben] { try story.says(one, "hello") }
                try story.quiet()
                let file = """
                    User ID;Name;Level;XP\r
                    \(ann);"Ann; ""the"" first";5;\r
                    1.23457E+17;cut;5;100\r
                    ;nobody;5;100\r
                    \(ben);ben;minus;1\r
                    \(ann);Ann;6;\r

                    """
                let plan = try story.asks("imports.preview", ["data": .string(file)])
                let bad = plan["bad"]?.array ?? []
                #expect(bad.map { $0["line"]?.int } == [3, 4, 5, 6], "\(plan.line)")
                let words = bad.map { $0["reason"]?.text ?? "" }
                #expect(words[0].contains("spreadsheet") && words[1].contains("no member") && words[2].contains("level is"))
                #expect(words[3].contains("line 2 already"))
                #expect(try story.refused("imports.take", ["data": .string(file)]).contains("Line 3 cannot be read"))
                #expect(try story.number("SELECT COUNT(*) FROM activity_corrections") == 0)
                #expect(try story.asks("imports.take", ["data": .string(file), "skip_bad": true])["taken"] == 1)
                #expect(try story.asks("levels.show", ["member": .id(ann)])["level"] == 5)
                for (text, said) in [
                    ("[", "not JSON"), ("[]", "nobody"), ("a,b\n1,2", "names no columns"), ("{\"players\": 7}", "Nothing"),
                    ("user_id,level", "nobody"),
                ] {
                    let answer = try story.refused("imports.preview", ["data": .string(text)])
                    #expect(answer.contains(said) || said == "Nothing" && answer.contains("\"taken\":0"), "\(text): \(answer)")
                }
                let guild = "\(story.guild)"
                #expect(
                    try story.shell(["imports", "preview", "--file", "/nowhere", "--guild", guild]).output.contains(
                        "cannot be read"))
                #expect(
                    try story.shell(["activity", "totals", "--file", "/nowhere", "--guild", guild]).output.contains(
                        "no long text"))
                try story.asks("imports.withdraw", ["id": 1])
            }
        }
    }
}
