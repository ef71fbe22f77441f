internal import Calls
import Machine
import Shared

/// What an answer says of its bucket.
struct BucketWords {
    var name: String?
    /// Nil when it says nothing of the count.
    var count: (limit: Int, remaining: Int, resets: MonotonicTime, epoch: Double?)?

    init(_ response: HTTPResponse, _ now: MonotonicTime) {
        name = response.headers["x-ratelimit-bucket"]
        guard let limit = response.count("x-ratelimit-limit"), let remaining = response.count("x-ratelimit-remaining") else {
            return
        }
        let pause = HTTPResponse.pause(seconds: response.seconds("x-ratelimit-reset-after") ?? 1)
        count = (max(1, limit), remaining, now.adding(milliseconds: pause), response.seconds("x-ratelimit-reset"))
    }
}

/// The buckets that are known, and which of them each route is counted in.
struct Buckets: Sendable {
    /// A route with the id that its limits are kept by.
    private struct Place: Hashable {
        var name: Name
        var major: String
        init(_ route: Route) { (name, major) = (Name(method: route.method, template: route.template), route.major) }
    }

    private struct Name: Hashable {
        var method: Method
        var template: String
    }

    private enum Key: Hashable {
        case told(String, major: String)
        case untold(Place)
    }

    private static let most = 2_048
    private var buckets: [Key: Bucket] = [:]
    /// What the answers of a place named, the newest first.
    private var told: [Place: [String]] = [:]
    /// What other places of a route were told last.
    private var usual: [Name: String] = [:]
    /// The buckets that each call under way was counted in.
    private var flights: [Place: [[Key]]] = [:]

    private func keys(_ place: Place) -> [Key] {
        if let names = told[place] { return names.map { .told($0, major: place.major) } }
        return [usual[place.name].map { .told($0, major: place.major) } ?? .untold(place)]
    }

    func wait(_ route: Route, _ now: MonotonicTime) -> MonotonicTime? {
        keys(Place(route)).compactMap { buckets[$0]?.wait(now) }.max()
    }

    mutating func began(_ route: Route, _ now: MonotonicTime) {
        let place = Place(route)
        let keys = keys(place)
        for key in keys { buckets[key, default: Bucket()].begin(now) }
        flights[place, default: []].append(keys)
    }

    mutating func lost(_ route: Route) {
        for key in land(Place(route)) { buckets[key]?.useUp() }
    }

    mutating func ended(_ route: Route, _ words: BucketWords, isFault: Bool, _ now: MonotonicTime) {
        let place = Place(route)
        let before = land(place)
        if let name = words.name { learn(name, place, now) }
        let named = words.name.map { Key.told($0, major: place.major) }
        for key in before where key != named {
            if case .untold = key, named != nil { buckets[key] = nil } else { buckets[key]?.end(nil, isFault: isFault, now) }
        }
        if let named { buckets[named, default: Bucket()].end(words.count, isFault: isFault, now) }
        forget(now)
    }

    mutating func bar(_ route: Route, until: MonotonicTime) {
        for key in keys(Place(route)).prefix(1) { buckets[key, default: Bucket()].barred = until }
    }

    private mutating func land(_ place: Place) -> [Key] {
        guard var under = flights[place], !under.isEmpty else { return [] }
        let keys = under.removeFirst()
        flights[place] = under.isEmpty ? nil : under
        for key in keys { buckets[key]?.flying -= 1 }
        return keys
    }

    /// Older names count until their windows are over.
    private mutating func learn(_ name: String, _ place: Place, _ now: MonotonicTime) {
        usual[place.name] = name
        guard told[place] != [name] else { return }
        let older = (told[place] ?? []).filter { old in
            old != name && buckets[.told(old, major: place.major)].map { !$0.isOver(now) } ?? false
        }
        told[place] = [name] + older.prefix(3)
    }

    /// Buckets of interactions and quiet channels would pile up for ever.
    private mutating func forget(_ now: MonotonicTime) {
        guard buckets.count > Self.most else { return }
        buckets = buckets.filter { !$0.value.isIdle(now) }
        told = told.filter { place, names in
            flights[place] != nil || names.contains { buckets[.told($0, major: place.major)] != nil }
        }
    }
}

/// One count: how many calls are left in the window, and when it is over.
struct Bucket: Sendable {
    var flying = 0
    /// After a 429: not before this, whatever the count says.
    var barred: MonotonicTime?
    private var limit = 1
    private var remaining = 1
    private var resets: MonotonicTime?
    /// The window's end by Discord's clock: that is what tells windows apart.
    private var epoch: Double?
    /// Nothing is known yet: one call goes ahead and finds out.
    private var isKnown = false
    private var used: MonotonicTime?

    func wait(_ now: MonotonicTime) -> MonotonicTime? {
        if let barred, now < barred { return barred }
        if let resets, now >= resets { return flying < limit ? nil : .distant }
        if remaining - flying > 0 { return nil }
        if remaining <= 0, let resets { return resets }
        // Used up without a word on when it will be full again: one call at a time finds out.
        return flying == 0 ? nil : .distant
    }

    mutating func begin(_ now: MonotonicTime) {
        if let resets, now >= resets { (remaining, self.resets, epoch) = (limit, nil, nil) }
        flying += 1
        used = now
    }

    mutating func useUp() { if isKnown { remaining = max(0, remaining - 1) } }

    /// A call came back, with or without words about the count.
    mutating func end(
        _ count: (limit: Int, remaining: Int, resets: MonotonicTime, epoch: Double?)?, isFault: Bool, _ now: MonotonicTime
    ) {
        used = now
        if let count { return learn(count.limit, count.remaining, count.resets, count.epoch) }
        // A fault's answer says nothing of limits, but it has cost one all the same.
        if isKnown { return useUp() }
        if !isFault { (isKnown, limit, remaining, resets) = (true, .max, .max, nil) }
    }

    /// Answers overtake each other: within one window the lowest count is the newest, and a window that is over says nothing.
    private mutating func learn(_ limit: Int, _ remaining: Int, _ resets: MonotonicTime, _ epoch: Double?) {
        defer { (self.limit, isKnown) = (limit, true) }
        guard isKnown, self.limit == limit, let known = self.resets else {
            (self.remaining, self.resets, self.epoch) = (remaining, resets, epoch)
            return
        }
        let later: Double =
            if let epoch, let mine = self.epoch { epoch - mine } else {
                Double(resets.nanoseconds - known.nanoseconds) / 1_000_000_000
            }
        let slack = epoch != nil && self.epoch != nil ? 0.02 : 0.25
        if later > slack {
            (self.remaining, self.resets, self.epoch) = (remaining, resets, epoch)
        } else if later >= -slack {
            (self.remaining, self.resets) = (min(self.remaining, remaining), min(known, resets))
        }
    }

    func isOver(_ now: MonotonicTime) -> Bool {
        flying == 0 && (resets.map { $0 <= now } ?? true) && (barred.map { $0 <= now } ?? true)
    }

    func isIdle(_ now: MonotonicTime) -> Bool {
        isOver(now) && (used.map { now.milliseconds(since: $0) >= 60_000 } ?? true)
    }
}
