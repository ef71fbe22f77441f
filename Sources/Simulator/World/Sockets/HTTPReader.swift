/// Takes HTTP/1.1 requests out of a stream of bytes.
struct HTTPReader {
    enum Step {
        case more
        /// The client waits for leave to send its body.
        case wantsContinue
        case request(Request)
        case broken
    }

    private var bytes: [UInt8] = []
    private var saidContinue = false

    mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

    /// What came behind the last request; after an upgrade it belongs to another protocol.
    var rest: [UInt8] { bytes }

    mutating func next() -> Step {
        guard let gap = Multipart.find([13, 10, 13, 10], in: bytes, from: 0) else {
            return bytes.count > 65_536 ? .broken : .more
        }
        let lines = String(decoding: bytes[..<gap], as: UTF8.self).split(separator: "\r\n")
        let first = lines.first?.split(separator: " ") ?? []
        guard first.count == 3, first[2].hasPrefix("HTTP/1.") else { return .broken }
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { return .broken }
            headers[pair[0].lowercased()] = Self.trimmed(pair[1])
        }
        var body: [UInt8] = []
        var end = gap + 4
        if headers["transfer-encoding"]?.lowercased() == "chunked" {
            switch Self.chunks(bytes, from: end) {
            case .whole(let content, let after): (body, end) = (content, after)
            case .partial: return waiting(headers)
            case .wrong: return .broken
            }
        } else if let text = headers["content-length"] {
            guard let length = Int(text), length >= 0, length < 64 << 20 else { return .broken }
            guard bytes.count >= end + length else { return waiting(headers) }
            body = Array(bytes[end..<end + length])
            end += length
        }
        bytes.removeFirst(end)
        saidContinue = false
        return .request(Request(String(first[0]), String(first[1]), headers: headers, body: body))
    }

    private mutating func waiting(_ headers: [String: String]) -> Step {
        guard headers["expect"]?.lowercased() == "100-continue", !saidContinue else { return .more }
        saidContinue = true
        return .wantsContinue
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }

    private enum Chunks {
        case whole([UInt8], Int)
        case partial
        case wrong
    }

    private static func chunks(_ bytes: [UInt8], from start: Int) -> Chunks {
        var content: [UInt8] = []
        var at = start
        while let line = Multipart.find([13, 10], in: bytes, from: at) {
            let size = String(decoding: bytes[at..<line], as: UTF8.self).prefix { $0 != ";" }
            guard let count = Int(size, radix: 16), count >= 0 else { return .wrong }
            let end = line + 2 + count
            guard bytes.count >= end + 2 else { return .partial }
            content.append(contentsOf: bytes[(line + 2)..<end])
            at = end + 2
            if count == 0 { return .whole(content, at) }
        }
        return .partial
    }
}

extension Response {
    /// The bytes on the wire.
    var wire: [UInt8] {
        let words = [
            200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
            404: "Not Found",
            405: "Method Not Allowed", 413: "Payload Too Large", 429: "Too Many Requests", 500: "Internal Server Error",
            502: "Bad Gateway",
            503: "Service Unavailable",
        ]
        var text = "HTTP/1.1 \(status) \(words[status] ?? "Unknown")\r\n"
        for header in headers { text += "\(header.name): \(header.value)\r\n" }
        if status != 204 { text += "Content-Length: \(body.count)\r\n" }
        text += "Connection: keep-alive\r\n\r\n"
        return Array(text.utf8) + body
    }
}
