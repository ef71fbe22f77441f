/// Where to connect, and how long a message may be.
struct EchoPlan {
    struct Misuse: Error, CustomStringConvertible {
        let description: String
    }

    static let usage = "usage: websocket-echo [--cap BYTES] ws://HOST:PORT/PATH"

    var host = ""
    /// As the request line wants it, with the query.
    var path = "/"
    /// Room for the largest messages that suites send, which is far beyond what the gateway takes.
    var messageCap = 128 << 20

    init(_ words: [String]) throws(Misuse) {
        var rest = words[...]
        var address: String?
        while let word = rest.popFirst() {
            if word == "--cap" {
                guard let cap = rest.popFirst().flatMap({ Int($0) }), cap > 0 else { throw Misuse(description: Self.usage) }
                messageCap = cap
            } else if address == nil, !word.hasPrefix("-") {
                address = word
            } else {
                throw Misuse(description: Self.usage)
            }
        }
        guard let address else { throw Misuse(description: Self.usage) }
        try read(address)
    }

    private mutating func read(_ address: String) throws(Misuse) {
        let scheme = "ws://"
        guard address.lowercased().hasPrefix(scheme), address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Misuse(description: "\"\(address)\" is no ws:// address")
        }
        let rest = address.dropFirst(scheme.count).prefix { $0 != "#" }
        host = String(rest.prefix { $0 != "/" && $0 != "?" })
        guard !host.isEmpty, !host.contains("@") else { throw Misuse(description: "\"\(address)\" names no host") }
        let tail = rest.dropFirst(host.count)
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }
}
