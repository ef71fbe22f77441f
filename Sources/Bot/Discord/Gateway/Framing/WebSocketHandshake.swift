import Shared

/// The opening handshake of RFC 6455, seen from the client.
package struct WebSocketHandshake: Sendable {
    package enum Answer: Equatable, Sendable {
        case incomplete
        /// What follows these bytes is the first frame.
        case accepted(consumed: Int)
        case refused(String)
    }

    private let key: String
    /// A server that says more than this before its frames is not a gateway.
    private static let headCap = 16 << 10

    /// `nonce` is 16 bytes of chance.
    package init(nonce: [UInt8]) { key = Base64.encode(nonce) }

    package func request(host: String, path: String, agent: String) -> [UInt8] {
        let lines = [
            "GET \(path) HTTP/1.1", "Host: \(host)", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: \(key)",
            "Sec-WebSocket-Version: 13", "User-Agent: \(agent)",
        ]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    package func judge(_ bytes: [UInt8]) -> Answer {
        guard let end = Self.headEnd(bytes) else {
            return bytes.count > Self.headCap ? .refused("the server's answer has no end") : .incomplete
        }
        var lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: true)
        let status = lines.isEmpty ? "" : String(lines.removeFirst())
        guard status.hasPrefix("HTTP/1.1 101") else { return .refused("the server answers \"\(status)\"") }
        var headers: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":") else { return .refused("a header without a colon") }
            headers[line[..<colon].lowercased()] = Self.trimmed(line[line.index(after: colon)...])
        }
        return refusal(headers).map(Answer.refused) ?? .accepted(consumed: end)
    }

    private func refusal(_ headers: [String: String]) -> String? {
        let connection = headers["connection"]?.lowercased().split(separator: ",").map(Self.trimmed) ?? []
        if headers["upgrade"]?.lowercased() != "websocket" { return "the server does not upgrade to a WebSocket" }
        if !connection.contains("upgrade") { return "the server does not keep the connection for a WebSocket" }
        if headers["sec-websocket-accept"] != Self.acceptance(of: key) { return "the server did not read our key" }
        if let chosen = headers["sec-websocket-extensions"] { return "the server chose an extension (\(chosen)) unasked" }
        if let chosen = headers["sec-websocket-protocol"] { return "the server chose a protocol (\(chosen)) unasked" }
        return nil
    }

    package static func acceptance(of key: String) -> String {
        Base64.encode(SHA1.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first {
            bytes[$0 - 4] == 13 && bytes[$0 - 3] == 10 && bytes[$0 - 2] == 13 && bytes[$0 - 1] == 10
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
