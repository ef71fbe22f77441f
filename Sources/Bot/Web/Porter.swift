internal import Shared

/// Whom the door opens for: requests that only ask, and that are addressed to this machine. A page of somebody else's site, whose
/// name was made to point here, says its own name as the host and learns nothing.
struct Porter {
    private let hosts: Set<String>

    init(address: String, also names: [String]) {
        hosts = Set((["localhost", "127.0.0.1", "::1", address] + names).map { $0.lowercased() })
    }

    /// The answer that ends it here; nil lets it in.
    func turnsAway(_ request: WebRequest) -> WebAnswer? {
        if let host = request.host, !isOurs(host) {
            return .refused(
                421, "misdirected", "Nobody of that name lives here.",
                hint: "Ask for localhost, or name the host in the configuration: web.hosts")
        }
        guard ["GET", "HEAD"].contains(request.method) else {
            var answer = WebAnswer.refused(405, "method", "Here is only something to read: use GET.")
            answer.headers["Allow"] = "GET, HEAD"
            return answer
        }
        return request.hasBody ? .refused(413, "body", "A request to read has no body.") : nil
    }

    /// Without the port, and without the brackets of IPv6.
    private func isOurs(_ host: String) -> Bool {
        var name = host.lowercased()[...]
        if name.first == "[" {
            guard let end = name.firstIndex(of: "]"), isPort(name[name.index(after: end)...]) else { return false }
            name = name.dropFirst().prefix { $0 != "]" }
        } else if let colon = name.firstIndex(of: ":") {
            guard isPort(name[colon...]) else { return false }
            name = name[..<colon]
        }
        return hosts.contains(String(name))
    }

    private func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && text.dropFirst().utf8.allSatisfy { (48...57).contains($0) }
    }
}
