import Commands
import FoundationEssentials
import Machine
import Shared
import Testing

/// `hearth bridge` between two real sockets that stand for an ssh session.
struct BridgeTests {
    /// Two ends of one stream.
    private func pair() throws -> (Descriptor, Descriptor) {
        let path = "/tmp/hearth-test-\(UInt64.random(in: 0 ... .max)).sock"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let listener = try Sockets.listenOnUnix(path)
        let near = try Sockets.connectToUnix(path)
        let far = try #require(Sockets.accept(listener))
        return (near, far)
    }

    @Test func `it carries both ways, and who has said all still hears the answer`() throws {
        let daemon = try ScriptedDaemon.house()
        let (near, far) = try pair()
        let bridge = Thread("bridge") { [path = daemon.path] in
            let world = World(
                arguments: ["--socket", path, "bridge"], environment: [:], version: "1", input: far.number, output: far.number,
                outputIsTerminal: false, inputIsTerminal: false, write: { _ in true }, say: { _ in })
            _ = Shell.run(world)
            far.finishWriting()
        }
        let asked = "{\"id\":1,\"method\":\"house.status\"}\n{\"id\":2,\"method\":\"house.status\"}\n"
        #expect(Streams.write(Array(asked.utf8), to: near.number))
        near.finishWriting()
        let heard = Streams.readAll(from: near.number).split(separator: UInt8(ascii: "\n"))
        bridge.join()
        #expect(heard.compactMap { try? JSON(parsing: $0)["id"] } == [1, 2])
    }

    @Test func `without a daemon it says so`() {
        #expect(ShellRun("--socket /tmp/hearth-test-nowhere bridge").exit == .unreachable)
    }
}
