import Commands
import FoundationEssentials
import Machine
import Shared
import Testing

/// How a line ends when all is not well.
struct ShellOutcomeTests {
    @Test(
        "Each refusal has its exit code",
        arguments: [
            ("invalid_json", 2), ("invalid_request", 2), ("unknown_method", 2), ("invalid_value", 7), ("failed", 1),
            ("not_permitted", 4), ("not_found", 5), ("conflict", 6), ("confirmation_needed", 6), ("busy", 8), ("degraded", 9),
            ("uncertain", 10), ("timeout", 124), ("something_new", 1),
        ] as [(String, Int32)])
    func exits(_ name: String, _ code: Int32) throws {
        let daemon = try ScriptedDaemon { [ScriptedDaemon.refuse($0, name, "Because.")] }
        let run = ShellRun("call house.backup", to: daemon)
        #expect(run.exit?.rawValue == code)
        #expect(run.output.isEmpty && run.said.contains("hearth: Because."))
    }

    @Test func `a refusal says the field, the hint, the reference, the wait and the token`() throws {
        let data: JSON = ["field": "top", "reference": "K7Q2", "retry_ms": 1500, "confirm": "tok"]
        let daemon = try ScriptedDaemon { [ScriptedDaemon.refuse($0, "busy", "Too much.", data: data)] }
        let said = ShellRun("call x", to: daemon).said
        for part in ["top: Too much.", "K7Q2", "2 s", "--confirm tok"] { #expect(said.contains(part)) }
    }

    @Test func `what belongs one under the other stands so, and a field is not named twice`() throws {
        let rule = try ScriptedDaemon { request in
            let hint: JSON = "points(30d >= 5\n           ^^\nSuch as points(30d)."
            return [ScriptedDaemon.refuse(request, "invalid_value", "I expected ).", hint: hint, data: ["field": "criteria"])]
        }
        #expect(
            ShellRun("call x", to: rule).said
                == "hearth: criteria: I expected ).\n  points(30d >= 5\n             ^^\n  Such as points(30d).\n")
        let days = try ScriptedDaemon {
            [ScriptedDaemon.refuse($0, "invalid_value", "days is between 1 and 7, not 9.", data: ["field": "days"])]
        }
        #expect(ShellRun("call x", to: days).said.hasPrefix("hearth: days is between"))
    }

    @Test func `no socket and a dead socket are both unreachable, and the sentence says what to do`() throws {
        let missing = ShellRun("--socket /tmp/hearth-test-nowhere.sock status")
        #expect(
            missing.exit == .unreachable && missing.said.contains("no socket at") && missing.said.contains("systemctl start"))
        let path = "/tmp/hearth-test-\(UInt64.random(in: 0 ... .max)).sock"
        _ = try Sockets.listenOnUnix(path)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let dead = ShellRun(["--socket", path, "status"])
        #expect(dead.exit == .unreachable && dead.said.contains("not running"))
    }

    @Test func `a path that no system takes is a matter of configuration`() {
        #expect(ShellRun(["--socket", "/tmp/" + String(repeating: "x", count: 200), "status"]).exit == .configuration)
    }

    @Test func `a daemon that does not answer in time is a timeout`() throws {
        let run = ShellRun("--timeout 30ms call house.status", to: try ScriptedDaemon { _ in [] })
        #expect(run.exit == .timeout && run.said.contains("--timeout"))
    }

    @Test func `hanging up before the answer is unreachable for a question and uncertain for a change`() throws {
        let daemon = try ScriptedDaemon.house { request in
            ["house.status", "house.set"].contains(request["method"]?.text) ? [.hangUp] : []
        }
        #expect(ShellRun("status", to: daemon).exit == .unreachable)
        let change = ShellRun("house set a b", to: daemon)
        #expect(change.exit == .uncertain && change.said.contains("--idem"))
        #expect(ShellRun("house set a b --dry-run", to: daemon).exit == .unreachable)
    }

    @Test func `a stranger at the socket is not believed`() throws {
        let run = ShellRun("methods", to: try ScriptedDaemon { _ in [.sayRaw("HTTP/1.1 200 OK\r\n\r\n")] })
        #expect(run.exit == .unreachable && run.said.contains("language"))
    }

    @Test func `what strangers wrote cannot command the terminal`() throws {
        let daemon = try ScriptedDaemon { [ScriptedDaemon.refuse($0, "failed", "\u{1B}[2Jgone\u{202E}")] }
        #expect(ShellRun("call x", to: daemon).said == "hearth: [2Jgone\n")
    }

    @Test func `--wait waits for a daemon that is starting`() throws {
        let path = "/tmp/hearth-test-\(UInt64.random(in: 0 ... .max)).sock"
        let run = ShellRun(["--socket", path, "--wait", "--timeout", "120ms", "status"])
        #expect(run.exit == .unreachable)
    }

    @Test func `ssh carries the same conversation`() throws {
        let script = "/tmp/hearth-test-ssh-\(UInt64.random(in: 0 ... .max))"
        let text = """
            #!/bin/sh
            words=$(printf %s "$*" | tr '\\\\' '/')
            while read -r line; do printf '{"id":1,"result":{"ran":"%s"}}\\n' "$words"; done

            """
        try Data(text.utf8).write(to: URL(filePath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
        defer { try? FileManager.default.removeItem(atPath: script) }
        let run = ShellRun(
            ["--host", "ann@tea", "--socket", "/x/it's", "call", "house.status"], environment: ["HEARTH_SSH": script])
        #expect(run.exit == .done)
        #expect(run.json?["ran"] == #"-T -o ServerAliveInterval=15 -- ann@tea hearth --socket '/x/it'/''s' bridge"#)
        #expect(ShellRun("--host -oProxyCommand=x status").exit == .usage)
    }
}
