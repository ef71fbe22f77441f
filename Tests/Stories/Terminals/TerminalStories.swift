import Machine
import Testing

extension Stories {
    /// What `scripts/terminals` tries: the real console on real terminals and over a real sshd, beside the real daemon. It says
    /// of each promise whether it was kept, and with which seed it was tried.
    @Suite("Real terminals") struct Terminals {
        @Test(
            "CON-01, LEAD-28, LEAD-30: the console on every kind of terminal, in every weather, and over ssh",
            .enabled(if: Environment.read()["HEARTH_TERMINALS"] == "1", "HEARTH_TERMINALS=1 tries it: it takes minutes"),
            .timeLimit(.minutes(10)))
        func promises() throws {
            let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
            let programs = try OwnProgram.path(of: "hearth").split(separator: "/").dropLast().map { "/" + $0 }.joined()
            let script = try Child(
                ["env", "HEARTH_BIN=\(programs)", "HEARTH_TOOLS=\(root)/.build/tools", "sh", "-c", #"exec "$0" "$@" 2>&1"#]
                    + [root + "/scripts/terminals"])
            script.conversation.finishWriting()
            let said = String(decoding: Streams.readAll(from: script.conversation.number), as: UTF8.self)
            if said.contains("LEFT OUT") { return print(said) }
            let lines = said.split(separator: "\n")
            #expect(
                lines.filter { $0.hasPrefix("kept    ") }.count == 14 && !lines.contains { $0.hasPrefix("BROKEN") }, "\(said)")
        }
    }
}
