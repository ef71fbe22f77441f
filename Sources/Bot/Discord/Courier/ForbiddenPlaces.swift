internal import Calls
import Kit
package import Machine
import Shared

/// What Discord has forbidden, so that it is not asked again before somebody's rights have changed or a good while is over.
package struct ForbiddenPlaces: Sendable {
    private struct Refused {
        var until: MonotonicTime
        var guild: ID<Guild>?
        var outcome: Receipt.Outcome
    }

    private static let milliseconds = 3_600_000
    private var refused: [String: Refused] = [:]
    /// Goes up with every change.
    private(set) var version = 0

    /// Remembers a refusal for want of rights; other refusals say nothing of the next request.
    mutating func note(_ request: RESTRequest, _ response: HTTPResponse, in guild: ID<Guild>?, _ now: MonotonicTime) {
        guard response.status == 403, let code = response.json?["code"]?.int, code == 50001 || code == 50013 else { return }
        version += 1
        refused[Self.name(request)] = Refused(
            until: now.adding(milliseconds: Self.milliseconds), guild: guild,
            outcome: .refused(code: Int(code), message: RefusedWords.of(response)))
    }

    func verdict(on request: RESTRequest, _ now: MonotonicTime) -> Receipt.Outcome? {
        guard !refused.isEmpty, let known = refused[Self.name(request)], known.until > now else { return nil }
        return known.outcome
    }

    /// Rights have changed in a guild: everybody's, or one member's.
    mutating func forgive(_ guild: ID<Guild>, _ member: ID<Member>?) {
        guard !refused.isEmpty else { return }
        version += 1
        refused = refused.filter { name, entry in
            if entry.guild != nil, entry.guild != guild { return true }
            return member.map { !name.contains("/\($0)") } ?? false
        }
    }

    mutating func sweep(_ now: MonotonicTime) {
        if refused.count > 1_024 { refused = refused.filter { $0.value.until > now } }
    }

    /// Method and path of each, for an admin to read.
    package func names(_ now: MonotonicTime) -> [String] {
        refused.isEmpty ? [] : refused.filter { $0.value.until > now }.keys.sorted()
    }

    private static func name(_ request: RESTRequest) -> String { "\(request.route.method.rawValue) \(request.route.path)" }
}
