import Commands
import Shared
import Testing

/// What a line prints: data, nothing but data, in the asked form.
struct ShellPrintingTests {
    private static let rows: JSON = [
        "rows": [
            ["rank": 1, "member": ["id": "1001", "name": "mo, \"the\" owl"], "points": 12.5, "roles": ["a", "b"]],
            ["rank": 12, "member": ["id": "1002", "name": "日本"], "points": 3, "roles": []],
        ]
    ]

    private func daemon(_ result: JSON = rows, card: JSON? = nil) throws -> ScriptedDaemon {
        try ScriptedDaemon { [ScriptedDaemon.reply($0, result, card: card)] }
    }

    @Test func `off a terminal it is JSON on one line, as the daemon said it`() throws {
        let run = ShellRun("call x", to: try daemon())
        #expect(run.output == Self.rows.line + "\n")
    }

    @Test func `columns pick members of rows`() throws {
        let run = ShellRun("call x --columns points,member.id", to: try daemon())
        #expect(run.json?["rows"] == [["points": 12.5, "member.id": "1001"], ["points": 3, "member.id": "1002"]])
    }

    @Test func `CSV has a heading, flat columns and quotes where they must be`() throws {
        let run = ShellRun("call x --csv", to: try daemon())
        #expect(
            run.output == "rank,member.id,member.name,points,roles\n1,1001,\"mo, \"\"the\"\" owl\",12.5,a b\n12,1002,日本,3,\n")
    }

    @Test func `plain is a table whose columns stand straight`() throws {
        let run = ShellRun("call x --plain --columns rank,member,points", to: try daemon())
        #expect(run.output == "rank  member         points\n   1  mo, \"the\" owl    12.5\n  12  日本                3\n")
    }

    @Test func `on a terminal the card speaks, and JSON is there for the asking`() throws {
        let card: JSON = [
            "title": "Board", "text": "Week 47",
            "fields": [["name": "Members", "value": "2"], ["name": "Sum", "value": "15"]],
            "lines": ["Board: week 47", "\u{1B}[2J2 ann"],
        ]
        let daemon = try daemon(card: card)
        let run = ShellRun("call x", to: daemon, onTerminal: true)
        #expect(run.output == "Board: week 47\n[2J2 ann\n")
        #expect(daemon.requests.last?["card"] == true)
        #expect(ShellRun("call x --json", to: daemon, onTerminal: true).output == Self.rows.line + "\n")
    }

    @Test func `stream follows every page, one row a line`() throws {
        let daemon = try ScriptedDaemon { request in
            let isSecond = request["params"]?["cursor"] == "more"
            return [
                ScriptedDaemon.reply(
                    request, isSecond ? ["rows": [["n": 3]]] : ["rows": [["n": 1], ["n": 2]], "next": "more"])
            ]
        }
        #expect(ShellRun("call x --stream", to: daemon).output == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")
        #expect(ShellRun("call x --stream --csv", to: daemon).output == "n\n1\n2\n3\n")
        let page = ShellRun("call x", to: daemon)
        #expect(page.said.contains("--cursor more"))
        #expect(ShellRun("call x --quiet", to: daemon).said.isEmpty)
    }

    @Test func `a dry run is a difference, and the way on is told beside it`() throws {
        let plan: JSON = [
            "dry_run": true, "changes": [["table": "pings", "key": "3", "before": ["top": 5], "after": ["top": 9]]],
            "effects": ["post in #tea"], "confirm": "tok",
        ]
        let run = ShellRun("call x --plain --dry-run", to: try daemon(plan))
        #expect(run.output == "pings 3\n  - top: 5\n  + top: 9\n  > post in #tea\n")
        #expect(run.said.contains("--confirm tok"))
    }

    @Test func `a reader who goes away ends it without a complaint`() throws {
        let daemon = try ScriptedDaemon { request in
            [ScriptedDaemon.reply(request, ["rows": [["n": 1], ["n": 2]], "next": "again"])]
        }
        let run = ShellRun(["call", "x", "--stream"], to: daemon, readsAtMost: 3)
        #expect(run.exit == .done && run.said.isEmpty)
    }
}
