import Discord
import Kit
import Machine
import Shared
import Testing

/// What really stands on the wire, read by a partner that shares no code with the one who wrote it.
@Suite("Requests on the wire")
struct WireTests {
    private static let guild = ID<Guild>(firstAt: Instant(seconds: 1_600_000_000))
    private static let ann = ID<Member>(firstAt: Instant(seconds: 1_650_000_000))

    private static func parcel(_ id: Int64, _ effect: Effect) -> Parcel {
        Parcel(
            id: id, lane: id, effect: effect, nonce: "w\(id)", created: Instant(milliseconds: wallMilliseconds()), tries: 0,
            firstTried: nil)
    }

    private static func channel(_ number: Int64) throws -> ID<Channel> { try #require(ID<Channel>(number)) }

    @Test("files go along byte for byte, with their names, kinds and captions, and the message beside them")
    func multipart() throws {
        let stage = try Stage { $0.method == "POST" ? (200, #"{"id":"4711"}"#) : (404, "{}") }
        _ = try stage.online()
        let hostile = Array("\r\n--hearth-1\r\n\r\n--\r\n".utf8)
        let files = [
            Attachment(
                name: "all bytes.bin", type: "application/octet-stream",
                bytes: Array(0...255) + hostile + Array((0...255).reversed()),
                caption: "every byte there is"),
            Attachment(name: "a\"b\r\nc\\d é.txt", type: "text/plain", bytes: []),
            Attachment(
                name: "large.png", type: "image/png", bytes: (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }),
        ]
        stage.link.carry([
            Self.parcel(1, .post(channel: .known(try Self.channel(2)), Post(Card(text: "look"), files: files)))
        ])
        try stage.listener.await { $0.receipts.map(\.outcome) == [.done(made: 4711)] }
        let sent = try stage.discord.await {
            if case .asked(let request) = $0, request.method == "POST" { request } else { nil }
        }
        let parts = try Part.read(sent)
        #expect(
            parts.map(\.disposition) == [
                "form-data; name=\"payload_json\"", "form-data; name=\"files[0]\"; filename=\"all bytes.bin\"",
                "form-data; name=\"files[1]\"; filename=\"a_b_c_d é.txt\"",
                "form-data; name=\"files[2]\"; filename=\"large.png\"",
            ])
        #expect(parts.map(\.type) == ["application/json"] + files.map(\.type))
        #expect(parts.dropFirst().map(\.bytes) == files.map(\.bytes))
        let payload = try JSON(parsing: parts[0].bytes)
        #expect(payload["content"] == "look" && payload["nonce"] == "w1" && payload["allowed_mentions"]?["parse"] == [])
        #expect(payload["attachments"]?.array?.map { $0["id"] } == ["0", "1", "2"])
        #expect(payload["attachments"]?[0]?["description"] == "every byte there is")
        stage.end()
    }

    @Test("the reason for the audit log goes along in percent-coded UTF-8, five hundred and twelve characters of it")
    func reasons() throws {
        let stage = try Stage { $0.method == "DELETE" ? (204, "") : (404, "{}") }
        _ = try stage.online()
        for (id, reason) in [(1, "Unruhe: 100 % 🫖\r\nX-Evil: ja é"), (2, String(repeating: "é", count: 600))]
            as [(Int64, String)]
        {
            stage.link.carry([Self.parcel(id, .kick(guild: Self.guild, member: Self.ann, reason: reason))])
            let sent = try stage.discord.await {
                if case .asked(let request) = $0, request.method == "DELETE" { request } else { nil }
            }
            let told = try #require(sent.headers["x-audit-log-reason"])
            #expect(sent.headers["x-evil"] == nil && told.utf8.allSatisfy { (0x21...0x7E).contains($0) })
            let decoded = try #require(percentDecoded(told))
            if id == 1 {
                #expect(decoded == reason)
            } else {
                #expect(decoded.count == 512 && reason.hasPrefix(decoded.dropLast()))
            }
        }
        stage.end()
    }

    private func percentDecoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "%") else { bytes.append(first); continue }
            guard let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    @Test(
        "HTTP/2 is spoken where it is offered, with all requests on one connection, and the gateway beside it in HTTP/1.1",
        .enabled(if: Doorway.isPossible, "Debian's packages nghttp2-proxy and openssl are not installed"))
    func multiplexed() throws {
        let door = try Doorway()
        let stage = try Stage(behind: door) { $0.method == "POST" ? (200, #"{"id":"4711"}"#) : (404, "{}") }
        let connection = try stage.online()
        let count: Int64 = 40
        stage.link.carry(
            try (1...count).map {
                Self.parcel($0, .post(channel: .known(try Self.channel(100 + $0)), Post(Card(text: "\(words: "m\($0)")"))))
            })
        stage.message(connection, 2)
        try stage.listener.await { $0.receipts.count == count && $0.dispatches.count == 2 }
        #expect(stage.listener.now.receipts.allSatisfy { $0.outcome == .done(made: 4711) })
        for _ in 0..<count {
            let sent = try stage.discord.await {
                if case .asked(let request) = $0, request.method == "POST" { request } else { nil }
            }
            #expect(sent.headers["via"]?.hasPrefix("2 ") == true && sent.json?["enforce_nonce"] == true)
        }
        stage.end()
        let visits = try door.visited()
        let asked = visits.filter { $0.asked.contains("/api/v10/") }
        #expect(Set(asked.map(\.spoken)) == ["h2"] && Set(asked.map(\.connection)).count == 1)
        #expect(asked.filter { $0.asked.hasPrefix("POST") }.count == count)
        #expect(visits.filter { $0.asked.contains("/main/") }.map(\.spoken) == ["http/1.1"])
    }
}

/// One part of a form, cut out by the standard's rules and no others.
private struct Part {
    let head: [String: String]
    let bytes: [UInt8]
    var disposition: String? { head["content-disposition"] }
    var type: String? { head["content-type"] }

    static func read(_ request: LoopbackDiscord.Request) throws -> [Part] {
        let mark = "multipart/form-data; boundary="
        let type = try #require(request.headers["content-type"])
        try #require(type.hasPrefix(mark))
        let line = Array("--\(type.dropFirst(mark.count))".utf8)
        try #require(request.body.starts(with: line))
        var pieces: [ArraySlice<UInt8>] = []
        var rest = request.body[line.count...]
        while let next = rest.firstRange(of: [13, 10] + line) {
            pieces.append(rest[..<next.lowerBound])
            rest = rest[next.upperBound...]
        }
        try #require(Array(rest) == Array("--\r\n".utf8))
        return try pieces.map { piece in
            try #require(piece.starts(with: [13, 10]))
            let end = try #require(piece.firstRange(of: Array("\r\n\r\n".utf8)))
            let lines = String(decoding: piece[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            let head = lines.map { $0.split(separator: ":", maxSplits: 1).map { $0.drop { $0 == " " } } }
            return Part(
                head: Dictionary(head.map { ($0[0].lowercased(), String($0[1])) }) { $1 },
                bytes: Array(piece[end.upperBound...]))
        }
    }
}
