import Commands
import FoundationEssentials
import Machine
import Shared
import Testing

/// `hearth --plain`: the console as a conversation.
struct PlainModeTests {
    /// What is said while these lines are typed, one after the other.
    private func talk(_ lines: [String], to daemon: ScriptedDaemon?, words: [String] = ["--plain"]) throws -> String {
        let path = "/tmp/hearth-test-\(UInt64.random(in: 0 ... .max)).in"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let listener = try Sockets.listenOnUnix(path)
        let typing = try Sockets.connectToUnix(path)
        let input = try #require(Sockets.accept(listener))
        #expect(Streams.write(Array(lines.map { $0 + "\n" }.joined().utf8), to: typing.number))
        typing.finishWriting()
        let output = Lock("")
        let world = World(
            arguments: words, environment: ["HEARTH_SOCKET": daemon?.path ?? "/tmp/hearth-test-nowhere"], version: "1",
            input: input.number, output: -1, outputIsTerminal: true, inputIsTerminal: true,
            write: { text in
                output.locked { $0 += text }
                return true
            }, say: { text in output.locked { $0 += text + "\n" } })
        guard case .finished(.done) = Shell.run(world) else {
            Issue.record("it did not end well")
            return ""
        }
        return output.locked { $0 }
    }

    @Test func `CON-01: it says who one is, lists what there is, and ends where the words end`() throws {
        let said = try talk(["help", "commands leader", "tables"], to: ScriptedDaemon.house())
        #expect(said.contains("You are ann, admin.") && said.contains("Servers: Tea House, Night Owls."))
        #expect(said.contains("watch TABLE [FLAGS]: Every change"))
        #expect(said.contains("activity leaderboard: The most active members") && !said.contains("house set:"))
        #expect(said.contains("house.clients: Who is on the socket"))
        #expect(!said.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test func `a command asks for what it needs, shows what would change, and does it on a clear yes alone`() throws {
        let daemon = try ScriptedDaemon.house()
        let said = try talk(["house set", "activity.base", "2", "yes"], to: daemon)
        #expect(said.contains("setting:") && said.contains("value:") && said.contains("Type yes to do this"))
        let sent = daemon.requests(of: "house.set").compactMap { $0["params"] }
        #expect(
            sent == [["setting": "activity.base", "value": "2", "dry_run": true], ["setting": "activity.base", "value": "2"]])
        for answer in ["", "y", "no", "YES PLEASE"] {
            let other = try ScriptedDaemon.house()
            #expect(try talk(["house set a b", answer], to: other).contains("Nothing was done."))
            #expect(other.requests(of: "house.set").map { $0["params"]?["dry_run"] } == [true], "\(answer)")
        }
    }

    @Test func `what wants a confirmation wants more than a yes, and gets the token of the plan that was shown`() throws {
        let daemon = try ScriptedDaemon.house()
        #expect(try talk(["house disconnect 7", "yes"], to: daemon).contains("Nothing was done."))
        _ = try talk(["house disconnect 7", "do it"], to: daemon)
        #expect(daemon.requests(of: "house.disconnect").last?["params"]?["confirm"] == "tok")
    }

    @Test func `a value that is refused is asked for again, the others stay`() throws {
        let daemon = try ScriptedDaemon.house { request in
            request["method"] == "house.set" && request["params"]?["value"] == "x"
                ? [ScriptedDaemon.refuse(request, "invalid_value", "value is a number.", data: ["field": "value"])] : []
        }
        let said = try talk(["house set a x", "2", "yes"], to: daemon)
        #expect(said.contains("hearth: value is a number."))
        #expect(daemon.requests(of: "house.set").last?["params"] == ["setting": "a", "value": "2"])
        #expect(try talk(["house set a x", ""], to: daemon).contains("Nothing was done."))
    }

    @Test func `everything is asked for on demand, and a question mark lists what fits`() throws {
        let daemon = try ScriptedDaemon.house()
        let said = try talk(["server Tea House", "ask activity leaderboard", "?", "day", ""], to: daemon)
        #expect(said.contains("Now it is Tea House.") && said.contains("day\nweek\nall\n"))
        #expect(daemon.requests(of: "activity.leaderboard").last?["params"] == ["period": "day", "guild": "11"])
    }

    @Test func `a table is read row by row with the names of its columns`() throws {
        let said = try talk(["show house.clients", "show clients", "show house.cleints"], to: ScriptedDaemon.house())
        #expect(said.contains("User ") && said.contains("Role "))
        #expect(said.contains("Did you mean house.clients?"))
    }

    @Test(
        "Nothing that is typed ends it but quit",
        arguments: [
            "no such", "house set --nonsense", "'unclosed", "--json", "watch", "server nowhere", "ask", "about x", "\u{1B}[2J",
        ])
    func nonsense(_ line: String) throws {
        let said = try talk([line, "commands status", "quit", "commands set"], to: ScriptedDaemon.house())
        #expect(said.contains("house status: How the house is") && !said.contains("house set: Change"))
        #expect(!said.unicodeScalars.contains("\u{1B}"))
    }

    @Test func `without a daemon every line says so, and the conversation goes on`() throws {
        let said = try talk(["house status", "help"], to: nil)
        #expect(said.contains("no daemon is listening") && said.contains("quit: Leave"))
    }
}
