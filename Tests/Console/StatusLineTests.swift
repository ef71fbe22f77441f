import Commands
import Machine
import Shared
import Testing

/// One line for tmux: short, quick, and never a failure.
struct StatusLineTests {
    private func line(_ status: JSON) throws -> String {
        let daemon = try ScriptedDaemon.house { request in
            request["method"] == "house.status" ? [ScriptedDaemon.reply(request, status)] : []
        }
        let run = ShellRun("status-line", to: daemon)
        #expect(run.exit == .done && run.said.isEmpty)
        return run.output
    }

    @Test func `LEAD-29: all is well, or the worst thing first`() throws {
        #expect(try line(["state": "ok", "latency_ms": 41, "signs": []]) == "hearth ok 41 ms\n")
        let signs: JSON = [
            ["label": "Faults", "value": "2 today", "state": "warn"], ["label": "Disk", "value": "full", "state": "bad"],
            ["label": "Store", "value": "fine", "state": "ok"],
        ]
        #expect(try line(["signs": signs]) == "hearth BAD +1 Disk: full\n")
    }

    @Test func `what it shows is one short line without a control in it`() throws {
        let sign: JSON = [
            [
                "label": "A\u{1B}]0;x\u{7}", "value": .string("two\nlines \u{202E}" + String(repeating: "日", count: 99)),
                "state": "bad",
            ]
        ]
        let text = try line(["signs": sign])
        #expect(text.filter { $0 == "\n" }.count == 1 && !text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
        #expect(text.width(.safe) <= 49 && !text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func `without a daemon it says so, and ends well`() {
        let run = ShellRun("--socket /tmp/hearth-test-nowhere status-line")
        #expect(run.exit == .done && run.output == "hearth DOWN\n" && run.said.isEmpty)
    }

    @Test func `a daemon that says nothing holds it up for half a second at most`() throws {
        let daemon = try ScriptedDaemon { _ in [] }
        let began = MonotonicTime.now
        #expect(ShellRun("status-line", to: daemon).output == "hearth DOWN: no answer\n")
        #expect(MonotonicTime.now.milliseconds(since: began) >= 450)
    }
}
