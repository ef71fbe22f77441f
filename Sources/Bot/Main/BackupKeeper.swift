internal import Engine
internal import Kit
internal import Machine
internal import Settings
internal import Shared

/// Makes backups by itself when they are due, lets the old ones go, and tries from time to time whether the newest can be restored.
/// It has a thread of its own, which sleeps until somebody looks at the clock and finds something due.
final class BackupKeeper: Sendable {
    private struct State {
        var newest: Backup?
        var count = 0
        var due: Instant?
        var isWorking = false
        var trouble: String?
    }

    private let shelf: BackupShelf
    private let retention: BackupRetention
    private let every: Duration
    private let drillsEvery: Duration?
    private let clocks: Clocks
    private let log: Log
    private let orders = Mailbox<Void>()
    private let ended = Mailbox<Void>()
    private let state = Lock(State())

    /// After a failure, and before the first one of a house that has none.
    private static let pause = 1.hours

    /// Nil where none are made by themselves.
    init?(_ shelf: BackupShelf, _ store: Configuration.Store, _ clocks: Clocks, _ log: Log) {
        guard store.backupHours > 0 else { return nil }
        self.shelf = shelf
        self.clocks = clocks
        self.log = log
        retention = BackupRetention(newest: store.backupKeep, days: store.backupDays, weeks: store.backupWeeks)
        every = store.backupHours.hours
        drillsEvery = store.drillDays > 0 ? store.drillDays.days : nil
    }

    func start() {
        see()
        state.locked { state in
            state.due = state.newest?.made.map { $0 + every } ?? clocks.wall() + min(every, Self.pause)
        }
        Thread.detached("backups") { [self] in
            while orders.receive() != nil { work() }
            ended.send(())
        }
    }

    /// Looks whether something is due. Any thread may ask, as often as it likes.
    func look() {
        let now = clocks.wall()
        let isDue = state.locked { state in
            guard !state.isWorking, let due = state.due, due <= now else { return false }
            state.isWorking = true
            return true
        }
        if isDue { orders.send(()) }
    }

    /// A copy that is being made ends at its next page; a drill, which nobody waits for, with the process.
    func stop() {
        orders.close()
        _ = ended.receive(within: 400)
    }

    private func work() {
        let began = clocks.wall()
        var trouble: String?
        do {
            let made = try shelf.makeByItself()
            log.info("a backup was made", [.text("path", made.path), .whole("bytes", made.bytes)])
            for old in retention.outdated(try shelf.all(), at: clocks.wall()) { try shelf.remove(old) }
            try drillIfDue()
        } catch {
            trouble = (error as? Refusal)?.sentence ?? "\(error)"
            log.error("no backup could be made", [.text("error", trouble ?? "")])
        }
        see()
        state.locked { [trouble] state in
            state.trouble = trouble
            state.due = began + (trouble == nil ? every : min(every, Self.pause))
            state.isWorking = false
        }
    }

    private func drillIfDue() throws {
        guard let drillsEvery else { return }
        let last = try shelf.all().compactMap(\.drill?.at).max()
        guard last.map({ clocks.wall() - $0 >= drillsEvery }) ?? true else { return }
        let tried = try shelf.drill(nil)
        if let trouble = tried.drill?.trouble { log.error("the newest backup cannot be restored", [.text("error", trouble)]) }
    }

    private func see() {
        let all = ((try? shelf.all()) ?? []).filter(\.isAutomatic)
        state.locked { state in
            state.newest = all.first
            state.count = all.count
        }
    }

    /// How backups fare, as a line of the overview.
    func sign(at now: Instant) -> Sign {
        let seen = state.locked { $0 }
        func sign(_ words: String, _ state: Sign.State) -> Sign { Sign("backups", "Backups", words, state) }
        if let trouble = seen.trouble { return sign("the last one failed: \(trouble)", .bad) }
        guard let newest = seen.newest, let made = newest.made else { return sign("none yet; the first is made soon", .ok) }
        if let trouble = newest.drill?.trouble { return sign("the newest cannot be restored: \(trouble)", .bad) }
        let age =
            "the newest is \(Duration.seconds((now - made).milliseconds / 60_000 * 60).spelled) old, \(seen.count) are kept"
        if now - made > every * 2 + Self.pause { return sign(age, .warn) }
        return sign(newest.drill == nil ? age : age + ", and it can be restored", .ok)
    }
}
