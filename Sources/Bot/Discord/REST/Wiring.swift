package import Calls
import Kit
package import Shared

/// Writes a request down as HTTP: who we are, what kind of body, and why, in the encoding that each of them wants.
package struct Wiring: Sendable {
    let base: String
    let token: Secret
    let agent: String

    package init(base: String, token: Secret, agent: String) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.token = token
        self.agent = agent
    }

    package func write(_ request: RESTRequest, number: Int) -> HTTPRequest {
        var headers: [(name: String, value: String)] = [("User-Agent", agent), ("Accept", "application/json")]
        if !request.isInteraction { headers.append(("Authorization", "Bot \(BotToken.bare(token))")) }
        if let reason = request.reason, !reason.isEmpty {
            headers.append(("X-Audit-Log-Reason", PercentCoding.encode(reason)))
        }
        var body: [UInt8]?
        if !request.files.isEmpty {
            let boundary = "hearth-\(number)-\(Fingerprint.of(request.files.map(\.bytes)))"
            headers.append(("Content-Type", "multipart/form-data; boundary=\(boundary)"))
            body = Self.multipart(request.body ?? .object(.init()), request.files, boundary: boundary)
        } else if let json = request.body {
            headers.append(("Content-Type", "application/json"))
            body = json.bytes
        } else if [.put, .post, .patch].contains(request.route.method) {
            body = []
        }
        let query = request.query.sorted { $0.key < $1.key }.map { "\($0.key)=\(PercentCoding.encode($0.value))" }
        return HTTPRequest(
            number: number, method: request.route.method,
            url: base + request.route.path + (query.isEmpty ? "" : "?" + query.joined(separator: "&")), headers: headers,
            body: body, timeoutMilliseconds: request.isInteraction ? 10_000 : 30_000)
    }

    private static func multipart(_ payload: JSON, _ files: [Attachment], boundary: String) -> [UInt8] {
        var out: [UInt8] = []
        func part(_ head: [String], _ bytes: [UInt8]) {
            out += Array((["--\(boundary)"] + head + ["", ""]).joined(separator: "\r\n").utf8) + bytes + [13, 10]
        }
        part(["Content-Disposition: form-data; name=\"payload_json\"", "Content-Type: application/json"], payload.bytes)
        for (index, file) in files.enumerated() {
            let name = String(file.name.map { $0 == "\"" || $0 == "\\" || $0.isNewline ? "_" : $0 })
            part(
                [
                    "Content-Disposition: form-data; name=\"files[\(index)]\"; filename=\"\(name)\"",
                    "Content-Type: \(file.type)",
                ], file.bytes)
        }
        return out + Array("--\(boundary)--\r\n".utf8)
    }
}
