/// An address to connect to. Without encryption only this machine itself may be reached.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    package struct Refused: Error, Equatable, CustomStringConvertible, Sendable {
        package let description: String
        package init(description: String) { self.description = description }
    }

    package let scheme: String
    /// As it stands in a URL: an IPv6 address keeps its brackets.
    package let host: String
    package let port: Int?
    /// Begins with a slash and does not end with one, unless it is empty.
    package let path: String

    package init(_ text: String) throws(Refused) {
        guard let mark = text.range(ofScheme: "://") else { throw Refused(description: "\"\(text)\" is not an address") }
        scheme = text[..<mark.lowerBound].lowercased()
        guard ["https", "wss", "http", "ws"].contains(scheme) else {
            throw Refused(description: "\"\(text)\" is neither https, wss, http nor ws")
        }
        let rest = text[mark.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let authority = rest.prefix { $0 != "/" }
        guard !authority.contains("@") else { throw Refused(description: "an address must not hold a name or password") }
        let hostEnd = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
        let colon = authority[(hostEnd ?? authority.startIndex)...].lastIndex(of: ":")
        host = authority[..<(colon ?? authority.endIndex)].lowercased()
        port = colon.flatMap { Int(authority[authority.index(after: $0)...]) }
        guard !host.isEmpty, colon == nil || (1...65_535).contains(port ?? 0) else {
            throw Refused(description: "\"\(text)\" has no usable host and port")
        }
        var tail = rest[authority.endIndex...]
        while tail.hasSuffix("/") { tail.removeLast() }
        path = String(tail)
        guard isEncrypted || isLoopback else {
            throw Refused(description: "\"\(text)\" is not encrypted: only addresses of this machine may be reached so")
        }
    }

    package var isEncrypted: Bool { scheme == "https" || scheme == "wss" }

    package var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isFour = parts.count == 4 && parts.first == "127" && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "[::1]" || isFour
    }

    /// Host and port as the Host header wants them.
    package var authority: String { port.map { "\(host):\($0)" } ?? host }
    /// What libcurl connects to: it knows no WebSockets, only what they ride on.
    package var transportURL: String { (isEncrypted ? "https://" : "http://") + authority }
    package var description: String { "\(scheme)://\(authority)\(path)" }
}

extension String {
    fileprivate func range(ofScheme mark: String) -> Range<Index>? {
        guard let colon = firstIndex(of: ":"), self[colon...].hasPrefix(mark) else { return nil }
        return colon..<index(colon, offsetBy: mark.count)
    }
}
