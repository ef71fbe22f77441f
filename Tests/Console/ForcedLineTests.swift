import Commands
import Shared
import Testing

/// `command="hearth --as NAME"` in authorized_keys: what somebody wanted to run comes in SSH_ORIGINAL_COMMAND.
struct ForcedLineTests {
    private func comes(_ wanted: String, to daemon: ScriptedDaemon, as key: [String] = ["--as", "mo"]) -> ShellRun {
        ShellRun(key, to: daemon, environment: ["SSH_ORIGINAL_COMMAND": wanted])
    }

    @Test func `LEAD-30: what was wanted is run, by whom the key names`() throws {
        let daemon = try ScriptedDaemon.house()
        let run = comes(
            "hearth activity leaderboard --guild 11 --period 'day'", to: daemon, as: ["--as", "mo", "--role", "viewer"])
        #expect(run.exit == .done, "\(run.said)")
        let hello = daemon.requests(of: "hello").first?["params"]
        #expect(hello?["name"] == "mo" && hello?["role"] == "viewer")
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"] == ["period": "day", "guild": "11"])
    }

    @Test func `on a command --as is still the member on whose behalf`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(comes("house set a b --as 7", to: daemon).exit == .done)
        #expect(daemon.requests(of: "hello").first?["params"]?["name"] == "mo")
        #expect(daemon.requests(of: "house.set").last?["params"]?["as"] == "7")
    }

    @Test(
        "What was wanted says neither who asks nor where",
        arguments: [
            "--as ayla", "hearth --as=ayla", "house status --role owner", "status --socket /tmp/other",
            "--host elsewhere status",
            "restore /tmp/evil.db --config /tmp/evil.yml",
        ])
    func refused(_ wanted: String) throws {
        let daemon = try ScriptedDaemon.house()
        let run = comes(wanted, to: daemon)
        #expect(run.exit == .notPermitted, "\(wanted): \(run.said)")
        #expect(daemon.requests.isEmpty)
    }

    @Test(
        "No shell reads it",
        arguments: [
            ("status; rm -rf /", 2), ("house set a '$(id)'", 0), ("house set a `id`", 0), ("house set a 'b", 2),
            ("sh -c id", 2),
        ]
    )
    func shells(_ wanted: String, _ code: Int32) throws {
        let daemon = try ScriptedDaemon.house()
        #expect(comes(wanted, to: daemon).exit?.rawValue == code)
        let value = daemon.requests(of: "house.set").last?["params"]?["value"]?.text
        #expect(value == (wanted.contains("$") ? "$(id)" : wanted.contains("`") ? "`id`" : nil))
    }

    @Test func `who was named and whom the daemon does not take gets nothing done`() throws {
        let daemon = try ScriptedDaemon.house { request in
            request["method"] == "hello" ? [ScriptedDaemon.refuse(request, "not_permitted", "No such name.")] : []
        }
        #expect(comes("house set a b", to: daemon).exit == .notPermitted)
        #expect(daemon.requests(of: "house.set").isEmpty)
    }

    @Test func `without a forced name the variable means nothing, and HEARTH_AS names who asks`() throws {
        let daemon = try ScriptedDaemon.house()
        let run = ShellRun(["status"], to: daemon, environment: ["SSH_ORIGINAL_COMMAND": "house set a b", "HEARTH_AS": "mo"])
        #expect(run.exit == .done && daemon.requests(of: "house.set").isEmpty)
        #expect(daemon.requests(of: "hello").first?["params"]?["name"] == "mo")
    }
}
