import Kit
import Shared
import Testing
import hearthd

struct RetentionTests {
    /// Monday, 5 January 2026, noon.
    private static let now = Instant(seconds: 1_767_614_400)

    private static func backup(_ age: Duration, byItself: Bool = true) -> Backup {
        let made = now - age
        return Backup(name: made.rfc3339, path: "", bytes: 1, made: made, isAutomatic: byItself, drill: nil)
    }

    private static func kept(_ retention: BackupRetention, of ages: [Duration]) -> [Duration] {
        let gone = Set(retention.outdated(ages.map { backup($0) }, at: now).map(\.name))
        return ages.filter { !gone.contains(backup($0).name) }
    }

    @Test func `OPS-05 the newest stay, and the last one of each of some days and weeks`() {
        let ages = (0..<60).map { $0.days + 1.hours }
        #expect(Self.kept(BackupRetention(newest: 3, days: 0, weeks: 0), of: ages) == Array(ages.prefix(3)))
        #expect(Self.kept(BackupRetention(newest: 1, days: 5, weeks: 0), of: ages) == Array(ages.prefix(5)))
        // Today is a Monday: this week has one, and the weeks before end on their Sundays.
        let weekly = Self.kept(BackupRetention(newest: 1, days: 0, weeks: 4), of: ages)
        #expect(weekly == [0, 1, 8, 15].map { $0.days + 1.hours })
    }

    @Test func `of several in a day the last one is the day's`() {
        let ages = [1.hours, 3.hours, 5.hours, 25.hours, 27.hours]
        #expect(Self.kept(BackupRetention(newest: 1, days: 2, weeks: 0), of: ages) == [1.hours, 25.hours])
    }

    @Test func `what was made by hand, or is of unknown age, never goes`() {
        var unknown = Self.backup(900.days)
        unknown.made = nil
        let old = [Self.backup(900.days, byItself: false), unknown, Self.backup(1.hours), Self.backup(901.days)]
        let gone = BackupRetention(newest: 1, days: 1, weeks: 1).outdated(old, at: Self.now)
        #expect(gone.map(\.made) == [Self.now - 901.days])
    }
}
