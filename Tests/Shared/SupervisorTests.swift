import CLinux
import Machine
import Shared
import Testing

/// What systemd would hear.
private final class Ear {
    private let socket: Descriptor

    init(_ name: String) throws {
        socket = Descriptor(hearth_datagram_socket())
        var address = sockaddr_un()
        #expect(hearth_unix_address(name, &address) == 0)
        if name.hasPrefix("@") { address.sun_path.0 = 0 }
        let size = MemoryLayout<sockaddr_un>.offset(of: \.sun_path).map { $0 + name.utf8.count } ?? 0
        let number = socket.number
        let bound = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, socklen_t(size)) }
        }
        try #require(bound == 0)
    }

    func next() -> [UInt8]? {
        var room = [UInt8](repeating: 0, count: 256)
        let count = recv(socket.number, &room, room.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : Array(room.prefix(count))
    }
}

@Suite("Telling the supervisor")
struct SupervisorTests {
    @Test(arguments: [false, true])
    func `one datagram goes to the socket that is named, in a folder or in none`(_ isAbstract: Bool) throws {
        let folder = try TemporaryFolder()
        let name = isAbstract ? "@" + folder.path : folder.path + "/notify"
        let ear = try Ear(name)
        let supervisor = Supervisor(environment: ["NOTIFY_SOCKET": name])
        supervisor.tell("READY=1\nSTATUS=serving")
        supervisor.tell("WATCHDOG=1")
        #expect(ear.next() == Array("READY=1\nSTATUS=serving".utf8))
        #expect(ear.next() == Array("WATCHDOG=1".utf8))
        #expect(ear.next() == nil)
    }

    @Test func `nobody there, or a name that is none, is no trouble`() {
        for name in ["/nowhere/at/all", "vsock:2:1", "", "@" + String(repeating: "x", count: 300)] {
            Supervisor(environment: ["NOTIFY_SOCKET": name]).tell("READY=1")
        }
        Supervisor(environment: [:]).tell("READY=1")
    }

    @Test func `the watchdog's patience counts for the process that is meant, or for any`() {
        func patience(_ environment: [String: String]) -> Duration? {
            Supervisor(environment: environment, process: 7).patience
        }
        #expect(patience(["WATCHDOG_USEC": "30000000"]) == .seconds(30))
        #expect(patience(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"]) == .seconds(30))
        #expect(patience(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"]) == nil)
        #expect(patience(["WATCHDOG_USEC": "soon"]) == nil && patience(["WATCHDOG_USEC": "0"]) == nil)
        #expect(patience([:]) == nil)
    }
}
