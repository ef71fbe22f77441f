internal import Shared

/// Where the web door opens: an address of this machine, in digits, and a port.
package struct WebPlace: Hashable, Sendable, CustomStringConvertible {
    package var address: String
    package var port: Int

    /// "9190", "127.0.0.1:9190" or "[::1]:9190"; a port alone is of this machine's loopback.
    package init?(_ text: String) {
        let colon = text.last == "]" ? nil : text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard digits.utf8.count < 6, digits.utf8.allSatisfy({ (48...57).contains($0) }), let port = Int(digits), port < 65_536
        else { return nil }
        self.port = port
        guard let colon else {
            address = "127.0.0.1"
            return
        }
        let host = text[..<colon]
        if host.first == "[", host.last == "]" {
            address = String(host.dropFirst().dropLast())
            guard address.contains(":"), address.utf8.allSatisfy({ Self.hexadecimal.contains($0) }) else { return nil }
        } else {
            address = String(host)
            let parts = address.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil && $0.first != "+" }) else { return nil }
        }
    }

    /// Whether others than this machine can reach it.
    package var isOpen: Bool { !(address.hasPrefix("127.") || address == "::1") }

    package var description: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }

    private static let hexadecimal = Set("0123456789abcdefABCDEF:.".utf8)
}
