package import Kit
package import Shared

/// Which backups are kept of those that are made by themselves: the newest, and the last one of each of some days and weeks.
package struct BackupRetention: Sendable {
    package var newest: Int
    package var days: Int
    package var weeks: Int

    package init(newest: Int, days: Int, weeks: Int) {
        self.newest = newest
        self.days = days
        self.weeks = weeks
    }

    /// Those that go. What was made by hand, and what nobody knows the age of, never does.
    package func outdated(_ backups: [Backup], at now: Instant) -> [Backup] {
        let ours = backups.filter(\.isAutomatic).compactMap { backup in backup.made.map { (backup: backup, made: $0) } }
            .sorted { ($0.made.milliseconds, $0.backup.name) > ($1.made.milliseconds, $1.backup.name) }
        let today = Zone.utc.day(of: now)
        var kept = Set(ours.prefix(newest).map(\.backup.name))
        kept.formUnion(lasts(of: ours) { made in Zone.utc.day(of: made).number }.filter { today.number - $0.key < days }.values)
        kept.formUnion(lasts(of: ours) { Self.week($0) }.filter { Self.week(now) - $0.key < weeks }.values)
        return ours.map(\.backup).filter { !kept.contains($0.name) }
    }

    /// The newest of each span, by its number.
    private func lasts(of backups: [(backup: Backup, made: Instant)], _ span: (Instant) -> Int32) -> [Int32: String] {
        Dictionary(backups.map { (span($0.made), $0.backup.name) }) { newer, _ in newer }
    }

    /// Weeks begin on Mondays; day 0 was a Thursday.
    private static func week(_ moment: Instant) -> Int32 {
        let day = Zone.utc.day(of: moment).number + 3
        return (day >= 0 ? day : day - 6) / 7
    }
}
