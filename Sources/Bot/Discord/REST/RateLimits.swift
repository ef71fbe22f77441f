package import Calls
package import Machine
import Shared

/// When a call may go. Limits are learnt from answers: a bucket has the name that Discord gave it and the id that it is
/// counted by, so that routes which share one share its count. A route that changes its bucket waits for all that it was
/// told of until their windows are over. Where anything surprises us, the next 429 says so.
package struct RateLimits: Sendable {
    /// What holds for everybody at once, worth an admin's look.
    package enum Trouble: Hashable, Sendable {
        /// So many invalid requests in ten minutes that we stop by ourselves.
        case braked
        /// Something in front of Discord turns this address away.
        case walled
    }

    private static let second: Int64 = 1_000_000_000
    private static let globalPerSecond = 50
    /// A little more than a second: what left evenly may arrive closer together.
    private static let globalWindow: Int64 = 1_060_000_000
    private static let invalidCap = 500
    private static let invalidWindow: Int64 = 600 * second
    private static let wallMilliseconds = 600_000

    private var buckets = Buckets()
    private var recent: [MonotonicTime] = []
    private var invalid: [MonotonicTime] = []
    private var globallyBarred: MonotonicTime?
    private var walled: MonotonicTime?
    /// Limits of one address that no header tells, such as two new names in ten minutes.
    private var barred: [String: (until: MonotonicTime, times: Int)] = [:]

    package init() {}

    // MARK: - Asking

    /// Nil when it may go now; else when to ask again, or `.distant` when an answer under way will tell.
    package func wait(_ request: RESTRequest, _ now: MonotonicTime) -> MonotonicTime? {
        if let everybody = stop(now) ?? (request.isInteraction ? nil : globalWait(now)) { return everybody }
        if !barred.isEmpty {
            let alone = Self.addresses(of: request).compactMap { barred[$0]?.until }.filter { $0 > now }.max()
            if let alone { return alone }
        }
        return buckets.wait(request.route, now)
    }

    /// Until when nothing at all goes out.
    private func stop(_ now: MonotonicTime) -> MonotonicTime? {
        let wall = walled.flatMap { $0 > now ? $0 : nil }
        return [wall, brake(now)].compactMap { $0 }.max()
    }

    private func globalWait(_ now: MonotonicTime) -> MonotonicTime? {
        if let globallyBarred, now < globallyBarred { return globallyBarred }
        guard recent.count >= Self.globalPerSecond else { return nil }
        let free = recent[recent.count - Self.globalPerSecond].nanoseconds + Self.globalWindow
        return free > now.nanoseconds ? MonotonicTime(nanoseconds: free) : nil
    }

    /// Ten thousand invalid requests in ten minutes get an address banned; we stop long before.
    private func brake(_ now: MonotonicTime) -> MonotonicTime? {
        guard invalid.count >= Self.invalidCap else { return nil }
        let free = invalid[invalid.count - Self.invalidCap].nanoseconds + Self.invalidWindow
        return free > now.nanoseconds ? MonotonicTime(nanoseconds: free) : nil
    }

    package func trouble(_ now: MonotonicTime) -> Trouble? {
        if let walled, walled > now { return .walled }
        return brake(now) == nil ? nil : .braked
    }

    // MARK: - Telling

    package mutating func began(_ request: RESTRequest, _ now: MonotonicTime) {
        buckets.began(request.route, now)
        guard !request.isInteraction else { return }
        if recent.count >= Self.globalPerSecond * 4 { recent.removeFirst(recent.count - Self.globalPerSecond) }
        recent.append(now)
    }

    /// Nothing came back: the count goes on as if it had been used up.
    package mutating func lost(_ request: RESTRequest) { buckets.lost(request.route) }

    package mutating func ended(_ request: RESTRequest, _ response: HTTPResponse, _ now: MonotonicTime) {
        buckets.ended(request.route, BucketWords(response, now), isFault: response.status >= 429, now)
        let isShared = response.headers["x-ratelimit-scope"] == "shared"
        if [401, 403, 429].contains(response.status), !isShared { noteInvalid(now) }
        if response.status == 429 { refused(request, response, now) } else { forgive(request) }
        // What is not JSON does not come from Discord's interface but from the wall in front of it.
        if response.isFromWall { walled = now.adding(milliseconds: max(Self.pause(response) ?? 0, Self.wallMilliseconds)) }
    }

    private mutating func refused(_ request: RESTRequest, _ response: HTTPResponse, _ now: MonotonicTime) {
        guard !response.isFromWall else { return }
        let scope = response.headers["x-ratelimit-scope"]
        let isGlobal =
            scope == "global" || response.headers["x-ratelimit-global"] == "true" || response.json?["global"]?.bool == true
        let isEmpty = response.headers["x-ratelimit-remaining"] == "0" && scope != "shared"
        guard !isGlobal, !isEmpty else {
            let until = now.adding(milliseconds: Self.pause(response) ?? 5_000)
            if isGlobal { globallyBarred = until } else { buckets.bar(request.route, until: until) }
            return
        }
        // Its bucket has room: what is used up belongs to this address alone.
        let address = Self.addresses(of: request)[0]
        let times = (barred[address]?.times ?? 0) + 1
        let pause = Self.pause(response) ?? min(5_000 << min(times - 1, 7), 600_000)
        barred[address] = (now.adding(milliseconds: pause), times)
    }

    private mutating func forgive(_ request: RESTRequest) {
        for address in Self.addresses(of: request) where !barred.isEmpty { barred[address] = nil }
    }

    /// The body tells fractions of a second, the header whole ones.
    private static func pause(_ response: HTTPResponse) -> Int? {
        (response.json?["retry_after"]?.double ?? response.seconds("retry-after")).map(HTTPResponse.pause)
    }

    /// What a limit of its own may be kept by: the most special first.
    private static func addresses(of request: RESTRequest) -> [String] {
        let address = "\(request.route.method.rawValue) \(request.route.path)"
        return request.isRenaming ? [address + " name", address] : [address]
    }

    private mutating func noteInvalid(_ now: MonotonicTime) {
        if invalid.count >= Self.invalidCap * 2 { invalid.removeFirst(Self.invalidCap) }
        invalid.append(now)
    }
}

extension MonotonicTime {
    package static let distant = MonotonicTime(nanoseconds: .max)
}

extension HTTPResponse {
    /// Discord refuses in JSON; a page in its place comes from what stands in front of it.
    package var isFromWall: Bool {
        (status == 429 || status == 403) && json?.object == nil || status == 403 && json?["code"]?.int == 40333
    }
}
