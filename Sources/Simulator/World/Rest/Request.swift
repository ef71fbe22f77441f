package import Shared

/// One HTTP request, as it came.
package struct Request: Sendable {
    package var method: String
    package var path: String
    package var query: Query
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    package init(_ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(parts[0])
        query = Query(parts.count > 1 ? String(parts[1]) : "")
        self.headers = headers
        self.body = body
    }
}

/// The part behind the question mark; a key may repeat.
package struct Query: Sendable {
    package let items: [(key: String, value: String)]

    package init(_ text: String) {
        items = text.split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Percent.decoded(parts[0]) ?? "", parts.count > 1 ? Percent.decoded(parts[1]) ?? "" : "")
        }
    }

    package subscript(key: String) -> String? { items.first { $0.key == key }?.value }
}

/// Percent encoding.
enum Percent {
    /// Nil when the text is not well encoded UTF-8.
    static func decoded(_ text: some StringProtocol) -> String? {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                out.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
            out.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: out, as: UTF8.self)
    }
}

/// One HTTP response, and what becomes of it on the way.
package struct Response: Sendable {
    package enum Fate: Sendable { case sent, hung, reset, cut }
    package var status: Int
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    package var fate = Fate.sent

    package init(_ status: Int, _ json: JSON?) {
        self.status = status
        if let json {
            body = json.bytes
            headers = [("Content-Type", "application/json")]
        }
    }

    package var json: JSON { (try? JSON(parsing: body)) ?? .null }
    package func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }
}

/// A file that came with a request.
package struct Upload: Sendable {
    package let field: String
    package let name: String
    package let type: String
    package let bytes: [UInt8]
}

/// What was asked and answered, for assertions.
package struct RequestNote: Sendable {
    package let route: String
    package let path: String
    package let status: Int
    package let code: Int?
    package let at: Instant
}
