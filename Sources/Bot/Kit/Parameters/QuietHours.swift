package import Shared

/// The part of each day in which nobody is to be bothered, on the clocks of some zone; it may go over midnight.
package struct QuietHours: Hashable, Sendable {
    /// Minutes of the day; the end is not quiet any more.
    package let from: Int
    package let until: Int

    /// "22:00-08:00". Nil for anything else, and for a part that has no length.
    package init?(_ text: String) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Self.minutes(trimmed(String($0))) }
        guard ends.count == 2, let from = ends[0], let until = ends[1], from != until else { return nil }
        self.from = from
        self.until = until
    }

    package var text: String { Self.clock(from) + "-" + Self.clock(until) }

    package func contain(_ wall: WallTime) -> Bool {
        let minute = wall.millisecond / 60_000
        return from < until ? (from..<until).contains(minute) : minute >= from || minute < until
    }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0, hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static func clock(_ minutes: Int) -> String { padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2) }
}

extension Parameter where Value == String {
    /// "22:00-08:00" in one way of writing, or "none".
    package static func quietHours(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 20))) { raw, _ throws(Refusal) in
            let words = raw.words?.lowercased() ?? ""
            if words == "none" { return words }
            guard let hours = QuietHours(words) else {
                throw .invalid("\(name) is a part of the day, not \(raw.quoted).", hint: "Write 22:00-08:00, or none.")
            }
            return hours.text
        }
    }
}
