import Commands
import Shared
import Testing

/// `hearth FEATURE VERB`: words become a request as the daemon describes it.
struct ShellCommandTests {
    @Test func `words name a method and flags are typed by its description`() throws {
        let daemon = try ScriptedDaemon.house()
        let run = ShellRun("activity leaderboard --guild 11 --top 5 --period=day", to: daemon)
        #expect(run.exit == .done && run.said.isEmpty)
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"] == ["top": 5, "period": "day", "guild": "11"])
    }

    @Test(
        "Yes and no are flags",
        arguments: [("--announce", true), ("--no-announce", false), ("--announce=no", false), ("--announce=maybe", "maybe")]
            as [(String, JSON)])
    func yesNo(_ flag: String, _ value: JSON) throws {
        let daemon = try ScriptedDaemon.house()
        _ = ShellRun(["house", "set", "a", "b", flag], to: daemon)
        #expect(daemon.requests(of: "house.set").last?["params"]?["announce"] == value)
    }

    @Test func `words without a flag fill what is required, in order`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun("house set --value 3 activity.base", to: daemon).exit == .done)
        #expect(daemon.requests(of: "house.set").last?["params"] == ["value": "3", "setting": "activity.base"])
        let extra = ShellRun("house set a b c", to: daemon)
        #expect(extra.exit == .usage && extra.said.contains("nothing wants the word 'c'"))
        let missing = ShellRun("house set a", to: daemon)
        #expect(missing.exit == .usage && missing.said.contains("--value"))
    }

    @Test func `where nothing is required one word says what it is about`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun("activity leaderboard --guild 11 day", to: daemon).exit == .done)
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"] == ["period": "day", "guild": "11"])
        let extra = ShellRun("activity leaderboard --guild 11 day night", to: daemon)
        #expect(extra.exit == .usage && extra.said.contains("nothing wants the word 'night'"))
    }

    @Test(arguments: [("no", false), ("yes", true), ("ON", true)] as [(String, JSON)])
    func `yes and no may stand behind their flag, as its usage says`(_ word: String, _ value: JSON) throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun(["house", "set", "--announce", word, "a", "b"], to: daemon).exit == .done)
        #expect(
            daemon.requests(of: "house.set").last?["params"] == ["announce": value, "setting": "a", "value": "b"])
    }

    @Test func `the envelope goes beside the command's own parameters`() throws {
        let daemon = try ScriptedDaemon.house()
        let line = "house set a b --dry-run --confirm t --idem k --as 7 --if-version 3"
        _ = ShellRun(line, to: daemon)
        #expect(
            daemon.requests(of: "house.set").last?["params"]
                == ["setting": "a", "value": "b", "dry_run": true, "confirm": "t", "idem": "k", "as": "7", "if_version": 3])
    }

    @Test func `a flag that the command has a parameter for is the command's`() throws {
        let daemon = try ScriptedDaemon.house { request in
            guard request["method"] == "meta.describe", request["params"]?["method"] == "pings.add" else { return [] }
            return [
                ScriptedDaemon.reply(
                    request,
                    [
                        "method": "pings.add", "summary": "Adds", "changes": true, "scope": "house",
                        "parameters": [["name": "quiet", "summary": "When not", "kind": "text", "required": false]],
                    ])
            ]
        }
        _ = ShellRun("pings add --quiet 22:00-08:00 --json", to: daemon)
        #expect(daemon.requests(of: "pings.add").last?["params"] == ["quiet": "22:00-08:00"])
        #expect(ShellRun("pings add --quiet", to: daemon).said.contains("--quiet wants a value"))
        #expect(ShellRun("house set a b --quiet", to: daemon).exit == .done)
    }

    @Test func `a member may be named on whose behalf it is`() throws {
        let daemon = try ScriptedDaemon.house { request in
            guard request["method"] == "meta.complete" else { return [] }
            let known = ["Ada", "Adam", "Bea"].enumerated().map { ["value": .string("7\($0)"), "label": .string($1)] as JSON }
            let text = request["params"]?["text"]?.text?.lowercased() ?? ""
            let found = known.filter { $0["label"]?.text?.lowercased().hasPrefix(text) == true }
            return [ScriptedDaemon.reply(request, ["choices": .array(found)])]
        }
        for (name, id) in [("ada", "70"), ("@Adam", "71"), ("be", "72"), ("9", "9")] {
            _ = ShellRun("activity leaderboard --guild 11 --as \(name)", to: daemon)
            #expect(daemon.requests(of: "activity.leaderboard").last?["params"]?["as"]?.text == id)
        }
        let nobody = ShellRun("activity leaderboard --guild 11 --as zoe", to: daemon)
        #expect(nobody.exit == .notFound && nobody.said.contains("no member called 'zoe'"))
        let several = ShellRun("activity leaderboard --guild 11 --as ad", to: daemon)
        #expect(several.exit == .usage && several.said.contains("Ada, Adam"))
    }

    @Test(
        "What is not known is refused with what is near",
        arguments: [
            ("activity leaderboard --guild 11 --perod day", "Did you mean --period?"),
            ("activity leadrboard", "Did you mean `hearth activity leaderboard`?"),
            ("activity", "hearth activity profile"), ("--jsn status", "Did you mean --json?"),
            ("watch activity.leaderbord", "Did you mean activity.leaderboard?"),
            ("activity leaderboard --guild 11 --top", "--top wants a value"),
            ("activity leaderboard --guild 11 --top 1 --top 2", "given twice"), ("house status --timeout soon", "wants a time"),
            ("completion tcsh", "bash, zsh or fish"), ("call house.status {", "no JSON"),
            ("call house.status [1]", "one JSON object"),
        ])
    func usage(_ line: String, _ advice: String) throws {
        let daemon = try ScriptedDaemon.house()
        let run = ShellRun(line, to: daemon)
        #expect(run.exit == .usage && run.output.isEmpty)
        #expect(run.said.contains(advice), "\(run.said)")
    }

    @Test func `an old name is a command too`() throws {
        let daemon = try ScriptedDaemon.house { request in
            guard request["params"]?["method"] == "aip" else { return [] }
            return [ScriptedDaemon.reply(request, ["method": "activity.profile", "scope": "house", "parameters": []])]
        }
        #expect(ShellRun("aip", to: daemon).exit == .done)
        #expect(daemon.requests(of: "activity.profile").count == 1)
    }

    // MARK: - Guilds

    @Test func `a guild is found by its name, whatever the case`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun(["activity", "leaderboard", "--guild", "night owls"], to: daemon).exit == .done)
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"]?["guild"] == "12")
        let named = ShellRun(["activity", "leaderboard"], to: daemon, environment: ["HEARTH_GUILD": "Tea House"])
        #expect(named.exit == .done)
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"]?["guild"] == "11")
    }

    @Test func `a guild that is not there is not found, and one must be named where there are two`() throws {
        let daemon = try ScriptedDaemon.house()
        let unknown = ShellRun(["activity", "leaderboard", "--guild", "Tee House"], to: daemon)
        #expect(unknown.exit == .notFound && unknown.said.contains("Did you mean 'Tea House'?"))
        let unsaid = ShellRun("activity leaderboard", to: daemon)
        #expect(unsaid.exit == .usage && unsaid.said.contains("11 Tea House, 12 Night Owls"))
    }

    @Test func `two guilds of one name are told apart by id, and a single one need not be named`() throws {
        let twins = try ScriptedDaemon.house { request in
            guard request["method"] == "hello" else { return [] }
            return [ScriptedDaemon.reply(request, ["guilds": [["id": "1", "name": "A"], ["id": "2", "name": "a"]]])]
        }
        let run = ShellRun("activity leaderboard --guild a", to: twins)
        #expect(run.exit == .usage && run.said.contains("1 A, 2 a"))
        let single = try ScriptedDaemon.house { request in
            guard request["method"] == "hello" else { return [] }
            return [ScriptedDaemon.reply(request, ["guilds": [["id": "9", "name": "Solo"]]])]
        }
        _ = ShellRun("activity leaderboard", to: single)
        #expect(single.requests(of: "activity.leaderboard").last?["params"] == ["guild": "9"])
    }

    @Test func `call sends JSON as it is`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun(["call", "house.status", #"{"x":[1,"2"]}"#], to: daemon).exit == .done)
        #expect(daemon.requests(of: "house.status").last?["params"] == ["x": [1, "2"]])
    }

    @Test func `help, version and no words without a terminal`() {
        #expect(ShellRun("--version").output == "hearth 1.2.3\n")
        #expect(ShellRun("--help").output.contains("Exit codes"))
        #expect(ShellRun([]).exit == .usage)
        #expect(ShellRun([], onTerminal: true).exit == nil, "the screen is to open")
    }

    @Test func `help of a command comes from its description`() throws {
        let run = ShellRun("activity leaderboard --help", to: try .house())
        #expect(run.exit == .done)
        #expect(run.output.contains("[--period day|week|all] [--top WHOLE]"))
        #expect(run.output.contains("How many (else 10, 1 to 50)"))
    }
}
