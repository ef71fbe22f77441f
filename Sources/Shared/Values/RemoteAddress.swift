/// The address of a server, as far as we need to know it. What would carry a token unencrypted beyond this machine is refused:
/// `http` and `ws` only lead to loopback addresses.
package struct RemoteAddress: Hashable, Sendable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    package let port: Int?
    /// As written, without a slash at the end.
    package let path: String

    package struct Refused: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    package init(parsing text: String) throws(Refused) {
        func refuse(_ reason: String) -> Refused { Refused(description: "\"\(text)\" is no address: \(reason)") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw refuse("it holds a space or a letter beyond ASCII")
        }
        guard let colon = text.firstRange(of: "://") else { throw refuse("write it as https://host/path") }
        scheme = text[..<colon.lowerBound].lowercased()
        guard ["https", "wss", "http", "ws"].contains(scheme) else { throw refuse("it begins with neither https nor wss") }
        let rest = text[colon.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.contains("@"), !authority.contains("\\") else { throw refuse("it names a user") }
        let tail = rest.dropFirst(authority.count)
        guard !tail.contains("?"), !tail.contains("#") else { throw refuse("it has a query") }
        path = String(tail.reversed().drop { $0 == "/" }.reversed())

        let isBracketed = authority.hasPrefix("[")
        let closing = isBracketed ? authority.firstIndex(of: "]") : nil
        if isBracketed && closing == nil { throw refuse("a bracket is open") }
        let end = closing.map { authority.index(after: $0) } ?? authority.firstIndex(of: ":") ?? authority.endIndex
        host = authority[..<end].lowercased()
        guard !host.isEmpty else { throw refuse("it names no host") }
        let after = authority[end...]
        if after.isEmpty {
            port = nil
        } else {
            guard after.first == ":", let number = Int(after.dropFirst()), (1...65_535).contains(number) else {
                throw refuse("its port is no number from 1 to 65535")
            }
            port = number
        }
        if !isEncrypted && !isLoopback {
            throw refuse("\(scheme) is for loopback addresses only (127.0.0.1, ::1, localhost); use \(scheme)s")
        }
    }

    private init(https host: String, _ path: String) { (scheme, self.host, port, self.path) = ("https", host, nil, path) }

    /// Where Discord answers.
    package static let discord = RemoteAddress(https: "discord.com", "/api/v10")

    package var isEncrypted: Bool { scheme == "https" || scheme == "wss" }

    package var isLoopback: Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && UInt8(part) != nil && (part == "0" || !part.hasPrefix("0"))
        }
    }

    package var description: String { "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)" }
}
