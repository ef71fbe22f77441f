package import Shared

/// Numbers and times as people read them.
enum Numbers {
    static func fixed(_ value: Double, _ places: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "-" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int64((value * scale).rounded())
        guard places > 0 else { return String(whole) }
        let digits = padded(Int(abs(whole)), places + 1)
        return (whole < 0 ? "-" : "") + digits.dropLast(places) + "." + digits.suffix(places)
    }

    /// Up to one decimal, none where it is zero.
    static func points(_ value: Double) -> String {
        let text = fixed(value, 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    static func duration(_ milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds) / 1000
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m"
        case ..<86_400: return "\(seconds / 3600)h \(seconds / 60 % 60)m"
        default: return "\(seconds / 86_400)d \(seconds / 3600 % 24)h"
        }
    }

    /// The time if it is within a day of now, else the day.
    static func moment(_ milliseconds: Int64, _ clock: Clock) -> String {
        let then = clock.wall(Instant(milliseconds: milliseconds))
        if abs(milliseconds - clock.now.milliseconds) < 86_400_000 { return time(then) }
        let date = then.day.date
        return "\(months[date.month - 1]) \(date.day)"
    }

    static func time(_ wall: WallTime) -> String { padded(wall.hour, 2) + ":" + padded(wall.minute, 2) }

    /// "Mon Nov 23 19:00"
    static func dayAndTime(_ wall: WallTime) -> String {
        "\(weekdays[wall.day.weekday]) \(months[wall.day.date.month - 1]) \(padded(wall.day.date.day, 2)) \(time(wall))"
    }

    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// What time it is, and where: handed in with every tick.
package struct Clock: Hashable, Sendable {
    package var now: Instant
    /// What the viewer's zone adds to UTC.
    package var offset: Duration
    /// It knows what its clocks will show at other times too.
    package var zone: Zone?

    package init(now: Instant, offset: Duration = .zero, zone: Zone? = nil) {
        self.now = now
        self.offset = offset
        self.zone = zone
    }

    func wall(_ instant: Instant) -> WallTime {
        zone?.wallTime(at: instant) ?? WallTime(local: (instant + offset).milliseconds)
    }
}
