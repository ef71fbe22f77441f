import Commands
import Machine
import Shared
import Testing

/// `hearth watch`, `hearth complete` and `hearth bridge`.
struct ShellWatchTests {
    @Test func `watch prints each event as a line and ends with its daemon`() throws {
        let tick: JSON = ["sub": "1", "op": "tick", "epoch": "e", "seq": 7, "later": "kept"]
        let daemon = try ScriptedDaemon.house { request in
            request["method"] == "sub.open" ? [ScriptedDaemon.reply(request, ["sub": "1"]), .say(tick), .hangUp] : []
        }
        let line = "watch activity.leaderboard --guild 11 --period day --from e:6 --limit 5 --rate-hz 2 --sort points"
        let run = ShellRun(line, to: daemon)
        #expect(run.output == tick.line + "\n")
        #expect(run.exit == .unreachable && run.said.contains("hung up"))
        #expect(
            daemon.requests(of: "sub.open").last?["params"] == [
                "topic": "activity.leaderboard", "params": ["period": "day", "guild": "11"], "from": ["epoch": "e", "seq": 6],
                "limit": 5, "rate_hz": 2, "sort": "points",
            ])
    }

    @Test func `watch ends when nobody reads any more`() throws {
        let run = ShellRun(["watch", "house.overview"], to: try .house(), readsAtMost: 2)
        #expect(run.exit == .done && run.output.split(separator: "\n").count == 2)
    }

    @Test func `watch says when it was cut off, and when it may not look`() throws {
        let slow = try ScriptedDaemon.house { $0["method"] == "sub.open" ? [.say(["op": "overflow"]), .hangUp] : [] }
        #expect(ShellRun("watch house.overview", to: slow).exit == .busy)
        let shut = try ScriptedDaemon.house { $0["method"] == "sub.open" ? [ScriptedDaemon.refuse($0, "not_permitted")] : [] }
        #expect(ShellRun("watch house.overview", to: shut).exit == .notPermitted)
    }

    @Test(
        "The shells are offered what may come next",
        arguments: [
            (["act"], "activity"), (["activity", "le"], "leaderboard\tThe most active members"),
            (["activity", "leaderboard", "--pe"], "--period\tWhich stretch of time"),
            (["activity", "leaderboard", "--period", ""], "day\nweek\nall\tall time"),
            (["activity", "leaderboard", "--period=d"], "--period=day"), (["house", "set", "--announce", "n"], "no"),
            (["activity", "profile", "--guild", "11", "--member", "m"], "1003\tmo\n1013\tmona"),
            (["activity", "leaderboard", "--guild", "T"], "Tea House\t11"),
            (["watch", "house.c"], "house.clients\tWho is on the socket"),
            (["completion", "f"], "fish"), (["nonsense", "x"], ""),
        ])
    func completion(_ words: [String], _ offered: String) throws {
        let run = ShellRun(["complete", "--"] + words, to: try .house(), environment: ["HEARTH_COMPLETION_MS": "60000"])
        #expect(run.output == (offered.isEmpty ? "" : offered + "\n"))
        #expect(run.exit == .done && run.said.isEmpty)
    }

    @Test func `completion stays silent when the daemon does, or is not there`() throws {
        let mute = ShellRun(["complete", "--", "act"], to: try ScriptedDaemon { _ in [] })
        #expect(mute.output.isEmpty && mute.said.isEmpty && mute.exit == .done)
        let none = ShellRun(["complete", "--", "act"], environment: ["HEARTH_SOCKET": "/tmp/hearth-test-nowhere"])
        #expect(none.output.isEmpty && none.said.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `each shell gets a script that asks hearth`(_ shell: String) {
        let run = ShellRun("completion " + shell)
        #expect(run.exit == .done && run.output.contains("hearth complete -- "))
    }

    @Test func `describe and methods say what there is`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(ShellRun("describe activity leaderboard", to: daemon).json?["method"] == "activity.leaderboard")
        #expect(ShellRun("methods --plain --columns method", to: daemon).output.contains("house.disconnect\n"))
        #expect(ShellRun("describe nothing", to: daemon).exit == .usage)
    }
}
