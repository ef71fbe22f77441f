internal import Kit
internal import Shared

/// A zone as a calendar describes it: each change of its clocks in a stretch of time, alike ones together.
struct CalendarZone {
    let zone: Zone
    let from: Instant
    let upTo: Instant

    var lines: [CalendarLine] {
        let first = zone.offsetSeconds(at: from)
        var blocks = [block("STANDARD", from: first, to: first, [zone.wallTime(at: from)])]
        var alike: [(from: Int, to: Int, walls: [WallTime])] = []
        for change in changes {
            let wall = WallTime(local: change.at.milliseconds + Int64(change.from) * 1000)
            if let index = alike.firstIndex(where: { $0.from == change.from && $0.to == change.to }) {
                alike[index].walls.append(wall)
            } else {
                alike.append((change.from, change.to, [wall]))
            }
        }
        blocks += alike.map { block($0.to > $0.from ? "DAYLIGHT" : "STANDARD", from: $0.from, to: $0.to, $0.walls) }
        return [CalendarLine("BEGIN", "VTIMEZONE"), CalendarLine("TZID", zone.name)] + blocks.flatMap(\.self)
            + [CalendarLine("END", "VTIMEZONE")]
    }

    private func block(_ kind: String, from: Int, to: Int, _ walls: [WallTime]) -> [CalendarLine] {
        var lines = [
            CalendarLine("BEGIN", kind), CalendarLine("DTSTART", walls[0].basic), CalendarLine("TZOFFSETFROM", offset(from)),
            CalendarLine("TZOFFSETTO", offset(to)),
        ]
        if walls.count > 1 { lines.append(CalendarLine("RDATE", walls.dropFirst().map(\.basic).joined(separator: ","))) }
        return lines + [CalendarLine("END", kind)]
    }

    private func offset(_ seconds: Int) -> String {
        let (hours, rest) = abs(seconds).quotientAndRemainder(dividingBy: 3600)
        let tail = rest % 60 == 0 ? "" : padded(rest % 60, 2)
        return (seconds < 0 ? "-" : "+") + padded(hours, 2) + padded(rest / 60, 2) + tail
    }

    /// Looked for a day at a time, then to the second.
    private var changes: [(at: Instant, from: Int, to: Int)] {
        var found: [(at: Instant, from: Int, to: Int)] = []
        var day = from
        while day < upTo {
            let next = day + 1.days
            let (before, after) = (zone.offsetSeconds(at: day), zone.offsetSeconds(at: next))
            if before != after {
                var (low, high) = (day, next)
                while high - low > 1.seconds {
                    let middle = Instant(seconds: (low.milliseconds + high.milliseconds) / 2000)
                    if zone.offsetSeconds(at: middle) == before { low = middle } else { high = middle }
                }
                found.append((high, before, after))
            }
            day = next
        }
        return found
    }
}
