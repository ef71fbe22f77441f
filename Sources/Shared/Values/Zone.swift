package struct Zone: Hashable, Sendable {
    package let name: String
    package static let utc = Zone(name: "UTC", ())
    init(name: String, _: ()) { self.name = name }
    package struct Unknown: Error {}
    package init(named name: String) throws { self.init(name: name, ()) }
    package func day(of i: Instant) -> Day { WallTime(local: i.milliseconds).day }
    package func wallTime(at i: Instant) -> WallTime { WallTime(local: i.milliseconds) }
    package func instant(at w: WallTime) -> Instant { Instant(milliseconds: w.local) }
    package func offsetSeconds(at: Instant) -> Int { 0 }
}
