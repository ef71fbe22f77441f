package import Machine
import Shared

/// When a call may go. Limits are learnt from answers and kept by route, bucket and major parameter: one bucket may serve
/// several routes and a route may change its bucket, and where that surprises us the next 429 says so.
package struct RateLimits: Sendable {
    package struct Key: Hashable, Sendable {
        var method: Method
        var template: String
        var major: String
        init(_ route: Route) { (method, template, major) = (route.method, route.template, route.major) }
    }

    private struct Bucket {
        var limit = 1
        var remaining = 1
        var resets: MonotonicTime?
        var flying = 0
        /// Nothing is known yet: one call goes ahead and finds out.
        var isKnown = false
        /// After a 429: not before this, whatever the count says.
        var barred: MonotonicTime?
        var used: MonotonicTime?
    }

    private static let globalPerSecond = 50
    private static let invalidCap = 500
    private static let invalidWindow: Int64 = 600_000_000_000
    private static let second: Int64 = 1_000_000_000

    /// The bucket that a route's answers last named.
    private var hashes: [Key: String] = [:]
    private var buckets: [String: Bucket] = [:]
    private var recent: [MonotonicTime] = []
    private var invalid: [MonotonicTime] = []
    private var globallyBarred: MonotonicTime?

    package init() {}

    private func name(_ key: Key) -> String {
        if let hash = hashes[key] { return "\(key.method.rawValue) \(key.template) \(hash) \(key.major)" }
        return "\(key.method.rawValue) \(key.template) \(key.major)"
    }

    /// Nil when it may go now; else when to ask again, or `.distant` when an answer under way will tell.
    package func wait(_ request: RESTRequest, _ now: MonotonicTime) -> MonotonicTime? {
        if let brake = brake(now) { return brake }
        if !request.isInteraction, let until = globalWait(now) { return until }
        guard let bucket = buckets[name(Key(request.route))] else { return nil }
        if let barred = bucket.barred, now < barred { return barred }
        if let resets = bucket.resets, now >= resets { return bucket.flying < max(1, bucket.limit) ? nil : .distant }
        if bucket.remaining - bucket.flying > 0 { return nil }
        if bucket.remaining <= 0, let resets = bucket.resets { return resets }
        // Used up without a word on when it will be full again: one call at a time finds out.
        return bucket.flying == 0 ? nil : .distant
    }

    private func globalWait(_ now: MonotonicTime) -> MonotonicTime? {
        if let barred = globallyBarred, now < barred { return barred }
        let within = recent.filter { now.nanoseconds - $0.nanoseconds < Self.second }
        guard within.count >= Self.globalPerSecond else { return nil }
        return MonotonicTime(nanoseconds: within[within.count - Self.globalPerSecond].nanoseconds + Self.second)
    }

    /// Ten thousand invalid requests in ten minutes get an address banned; we stop long before.
    private func brake(_ now: MonotonicTime) -> MonotonicTime? {
        let within = invalid.filter { now.nanoseconds - $0.nanoseconds < Self.invalidWindow }
        guard within.count >= Self.invalidCap else { return nil }
        return MonotonicTime(nanoseconds: within[within.count - Self.invalidCap].nanoseconds + Self.invalidWindow)
    }

    package func isBraked(_ now: MonotonicTime) -> Bool { brake(now) != nil }

    package mutating func began(_ request: RESTRequest, _ now: MonotonicTime) {
        let key = name(Key(request.route))
        var bucket = buckets[key] ?? Bucket()
        if let resets = bucket.resets, now >= resets {
            bucket.remaining = bucket.limit
            bucket.resets = nil
        }
        bucket.flying += 1
        bucket.used = now
        buckets[key] = bucket
        guard !request.isInteraction else { return }
        recent.removeAll { now.nanoseconds - $0.nanoseconds >= Self.second }
        recent.append(now)
    }

    /// Nothing came back: the count goes on as if it had been used up.
    package mutating func lost(_ request: RESTRequest) {
        let key = name(Key(request.route))
        buckets[key]?.flying -= 1
        if buckets[key]?.isKnown == true { buckets[key]?.remaining -= 1 }
    }

    package mutating func ended(_ request: RESTRequest, _ response: HTTPResponse, _ now: MonotonicTime) {
        let key = Key(request.route)
        let before = name(key)
        buckets[before]?.flying -= 1
        let headers = response.headers
        if let hash = headers["x-ratelimit-bucket"] { hashes[key] = hash }
        let after = name(key)
        if after != before, let old = buckets.removeValue(forKey: before) { buckets[after] = buckets[after] ?? old }
        var bucket = buckets[after] ?? Bucket()
        if let limit = headers["x-ratelimit-limit"].flatMap(Int.init),
            let remaining = headers["x-ratelimit-remaining"].flatMap(Int.init)
        {
            let seconds = headers["x-ratelimit-reset-after"].flatMap(Double.init) ?? 1
            learn(&bucket, limit, remaining, now.adding(milliseconds: Int((min(max(seconds, 0), 86_400) * 1_000).rounded(.up))))
        } else if bucket.isKnown {
            // A fault's answer says nothing of limits, but it has cost one all the same.
            bucket.remaining = max(0, bucket.remaining - 1)
        } else if response.status < 429 {
            (bucket.isKnown, bucket.limit, bucket.remaining, bucket.resets) = (true, .max, .max, nil)
        }
        bucket.used = now
        buckets[after] = bucket
        if [401, 403].contains(response.status), !request.isInteraction { noteInvalid(now) }
        if response.status == 429 { refused(response, after, now) }
        forget(now)
    }

    private func learn(_ bucket: inout Bucket, _ limit: Int, _ remaining: Int, _ resets: MonotonicTime) {
        // Answers overtake each other: within one window the lowest count is the newest.
        let isSameWindow = bucket.isKnown && bucket.limit == limit && isClose(bucket.resets, resets)
        bucket.remaining = isSameWindow ? min(bucket.remaining, remaining) : remaining
        bucket.limit = max(1, limit)
        bucket.resets = resets
        bucket.isKnown = true
    }

    private func isClose(_ a: MonotonicTime?, _ b: MonotonicTime?) -> Bool {
        guard let a, let b else { return false }
        return abs(a.nanoseconds - b.nanoseconds) < 250_000_000
    }

    private mutating func refused(_ response: HTTPResponse, _ bucket: String, _ now: MonotonicTime) {
        let json = response.json
        let seconds =
            json?["retry_after"]?.double ?? response.headers["retry-after"].flatMap(Double.init) ?? (json == nil ? 600 : 5)
        let until = now.adding(milliseconds: Int((min(max(seconds, 0), 86_400) * 1_000).rounded(.up)))
        let scope = response.headers["x-ratelimit-scope"]
        if scope != "shared" { noteInvalid(now) }
        let isGlobal = scope == "global" || response.headers["x-ratelimit-global"] == "true" || json?["global"]?.bool == true
        // An answer that is not JSON does not come from Discord's API but from the wall before it.
        if isGlobal || json == nil { globallyBarred = until } else { buckets[bucket]?.barred = until }
    }

    private mutating func noteInvalid(_ now: MonotonicTime) {
        invalid.removeAll { now.nanoseconds - $0.nanoseconds >= Self.invalidWindow }
        invalid.append(now)
    }

    /// Buckets of interactions and quiet channels would pile up for ever.
    private mutating func forget(_ now: MonotonicTime) {
        guard buckets.count > 2_048 else { return }
        buckets = buckets.filter { _, bucket in
            bucket.flying > 0 || (bucket.barred.map { $0 > now } ?? false)
                || bucket.used.map { now.milliseconds(since: $0) < 60_000 } ?? false
        }
        hashes = hashes.filter { buckets[name($0.key)] != nil }
    }
}

extension MonotonicTime {
    package static let distant = MonotonicTime(nanoseconds: .max)
}
