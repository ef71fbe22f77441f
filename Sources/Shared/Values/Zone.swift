/// A time zone of the IANA database, as a value: immutable, the same from every thread, and quick enough for every message.
package struct Zone: Sendable, CustomStringConvertible {
    package let name: String
    private let table: ZoneTable

    package static let utc = Zone(name: "UTC", table: ZoneTable())

    /// Upper and lower case are the same. What it cannot find it names, with the nearest that it could.
    package init(named name: String, in folder: String = ZoneFiles.folder) throws(Unknown) {
        if name == Zone.utc.name {
            self = .utc
            return
        }
        let files = ZoneFiles(folder: folder)
        if let table = files.table(named: name) {
            (self.name, self.table) = (name, table)
            return
        }
        let names = files.names
        guard let written = names.first(where: { $0.lowercased() == name.lowercased() }),
            let table = files.table(named: written)
        else { throw Unknown(name: name, suggestion: ZoneFiles.suggestion(for: name, among: names)) }
        (self.name, self.table) = (written, table)
    }

    /// From the bytes of a TZif file; nil when they are none.
    package init?(name: String, tzif bytes: [UInt8]) {
        guard let table = ZoneTable(tzif: bytes) else { return nil }
        (self.name, self.table) = (name, table)
    }

    private init(name: String, table: ZoneTable) { (self.name, self.table) = (name, table) }

    package struct Unknown: Error, Hashable, Sendable, CustomStringConvertible {
        package let name: String
        package let suggestion: String?
        package var description: String {
            "\"\(name)\" is no time zone" + (suggestion.map { "; did you mean \($0)?" } ?? "; write it as Europe/Brussels")
        }
    }

    package var description: String { name }
}

extension Zone: Hashable {
    package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Zone {
    /// Seconds east of Greenwich.
    package func offsetSeconds(at instant: Instant) -> Int { table.offset(at: instant.milliseconds) / 1000 }

    package func wallTime(at instant: Instant) -> WallTime {
        WallTime(local: instant.milliseconds + Int64(table.offset(at: instant.milliseconds)))
    }

    package func day(of instant: Instant) -> Day { wallTime(at: instant).day }

    /// When the clocks of a zone show something.
    package enum Moments: Hashable, Sendable {
        case unique(Instant)
        /// Never, since the clocks are put forward over it; this is the first moment after.
        case gap(next: Instant)
        /// Twice, since the clocks are put back.
        case overlap(first: Instant, second: Instant)
    }

    package func instants(of wall: WallTime) -> Moments {
        let instants = table.instants(showing: wall.local).map { Instant(milliseconds: $0) }
        guard let first = instants.first, let last = instants.last else {
            return .gap(next: Instant(milliseconds: table.endOfGap(over: wall.local)))
        }
        return first == last ? .unique(first) : .overlap(first: first, second: last)
    }

    /// The moment that people mean: the first of two, and the next valid one when there is none.
    package func instant(at wall: WallTime) -> Instant {
        switch instants(of: wall) {
        case .unique(let instant), .gap(next: let instant), .overlap(first: let instant, second: _): instant
        }
    }

    /// When a day begins, which is not midnight everywhere.
    package func start(of day: Day) -> Instant { instant(at: WallTime(day)) }
}
