internal import Machine
package import Shared

/// A program that speaks HTTP as it likes, well or badly.
package struct WebCaller {
    private let port: Int

    package init(port: Int) { self.port = port }

    package struct Heard {
        package var status: Int
        package var headers: [String: String]
        package var body: String
        package var json: JSON { (try? JSON(parsing: body)) ?? .null }
    }

    package struct Silence: Error, CustomStringConvertible {
        package let description: String
    }

    /// Asks as a well-behaved program does.
    package func get(_ path: String, _ headers: [String: String] = [:], method: String = "GET") throws -> Heard {
        let all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { $1 }
        let lines = all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }.joined()
        return try Self.read(say("\(method) \(path) HTTP/1.1\r\n\(lines)\r\n"))
    }

    /// Says these bytes and hears everything until the other side hangs up; `leaving` says that nothing more will come.
    package func say(_ text: String, leaving: Bool = false, patience: Int = 20_000) throws -> String {
        let socket = try Sockets.connectToLoopback(port: port)
        let poller = try Poller()
        try poller.watch(socket.number, for: .writable, tag: 1)
        let deadline = MonotonicTime.now.adding(milliseconds: patience)
        var rest = Array(text.utf8)[...]
        var heard: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while true {
            if !rest.isEmpty {
                switch rest.withUnsafeBytes({ socket.write($0) }) {
                case .moved(let count): rest = rest.dropFirst(count)
                case .ended, .failed: rest = []
                case .wouldBlock: break
                }
                if rest.isEmpty, leaving { socket.finishWriting() }
                if rest.isEmpty { poller.change(socket.number, to: .readable, tag: 1) }
            }
            switch room.withUnsafeMutableBytes({ socket.read(into: $0) }) {
            case .moved(let count): heard += room[..<count]
            case .ended: return String(decoding: heard, as: UTF8.self)
            case .failed where rest.isEmpty: return String(decoding: heard, as: UTF8.self)
            case .failed, .wouldBlock:
                guard MonotonicTime.now < deadline else { throw Silence(description: "no end after \(heard.count) bytes") }
                _ = poller.wait(milliseconds: 200) { _, _ in }
            }
        }
    }

    package static func read(_ text: String) throws -> Heard {
        guard let gap = text.firstRange(of: "\r\n\r\n") else { throw Silence(description: "no answer: \(text.prefix(80))") }
        let lines = text[..<gap.lowerBound].split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw Silence(description: "no status: \(text.prefix(80))") }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[parts[0].lowercased()] = trimmed(String(parts[1])) }
        }
        return Heard(status: status, headers: headers, body: String(text[gap.upperBound...]))
    }
}
