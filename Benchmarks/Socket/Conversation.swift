import Machine
import Shared

/// One question after the other on the control socket; for what is not measured.
final class Conversation {
    private let socket: Descriptor
    private var bytes: [UInt8] = []

    init(_ path: String) throws { socket = try Sockets.connectToUnix(path) }

    @discardableResult
    func ask(_ method: String, _ params: JSON = [:]) throws -> JSON {
        let line = JSON.fields(["id": 1, "method": .string(method), "params": params]).line
        _ = Streams.write(Array((line + "\n").utf8), to: socket.number)
        let answer = try JSON(parsing: try nextLine())
        if let error = answer["error"] { throw RunningHouse.Silent(description: "\(method): \(error.line)") }
        return answer["result"] ?? .null
    }

    private func nextLine() throws -> [UInt8] {
        while true {
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                defer { bytes.removeFirst(end + 1) }
                return Array(bytes[..<end])
            }
            guard let more = Streams.read(from: socket.number), !more.isEmpty else {
                throw RunningHouse.Silent(description: "the daemon hung up")
            }
            bytes += more
        }
    }
}
