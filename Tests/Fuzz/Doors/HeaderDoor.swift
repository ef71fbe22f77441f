import Calls
import Discord
import Machine
import Shared

extension Door {
    /// A response as libcurl hands it over, line by line, and what we learn of limits from it. Whatever a server says, the next
    /// call waits a day at most.
    static let headers = Door("headers", longest: 1 << 14) { bytes in
        var choices = Choices(bytes)
        let status = [200, 204, 400, 401, 403, 404, 429, 500, 502][choices.next() % 9]
        let parts = choices.restText.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard let channel = ID<Channel>(Int64(7)) else { return }
        var limits = RateLimits()
        var now = MonotonicTime(nanoseconds: 5_000_000_000)
        let request = RESTRequest(.post(channel))
        for head in parts[0].split(separator: "HTTP/").prefix(8) {
            var headers = HTTPHeaders()
            for line in head.split(separator: "\n", omittingEmptySubsequences: false) { headers.note(line: String(line)) }
            limits.began(request, now)
            let body = parts.count > 1 ? Array(parts[1].utf8) : []
            limits.ended(request, HTTPResponse(status: status, headers: headers.values, body: body), now)
            let until = limits.wait(request, now)
            if let until, until != .distant {
                try expect(
                    until.milliseconds(since: now) <= 86_400_000, "the next call waits \(until.milliseconds(since: now)) ms")
            }
            now = now.adding(milliseconds: 1)
        }
    }
}
