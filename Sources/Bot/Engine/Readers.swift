package import Kit
internal import Machine
internal import Shared

/// Threads with a read-only connection each. What they answer is as of the last commit, and nothing they do holds up the
/// engine; nor does what takes its time hold up the rest, for it has a thread of its own.
package final class Readers: Sendable {
    typealias Job = @Sendable (Reader) -> Void

    /// Jobs that a thread takes at once: they share a look at the store, and the other threads get the next ones.
    private static let atOnce = 16

    private let quick = Mailbox<Job>()
    private let slow = Mailbox<Job>()
    private let threads = Lock<[Thread]>([])
    private let setting: ReaderSetting
    private let edition = Edition()
    private let opened = Lock(0)
    private let clerk = Lock(Clerk())

    /// Who writes down what goes wrong here: readers change nothing.
    private struct Clerk {
        var note: @Sendable (Fault) -> Void = { _ in }
    }

    package init(_ setting: ReaderSetting) { self.setting = setting }

    /// `count` threads for what is quick, and one more.
    package func start(count: Int) throws(StoreError) {
        _ = try setting.library.openReader()
        let (setting, edition, quick, slow, opened) = (setting, edition, quick, slow, opened)
        let clerk = clerk
        let open: @Sendable () -> Reader? = {
            let reader = Self.open(setting, clerk)
            if reader != nil { opened.locked { $0 += 1 } }
            return reader
        }
        var started = (0..<count).map { number in
            Thread("reader \(number)") { Self.serve(quick, open, edition, atOnce: Self.atOnce) }
        }
        started.append(Thread("slow reader") { Self.serve(slow, open, edition, atOnce: 1) })
        threads.locked { [started] in $0 += started }
    }

    /// Serves on the calling thread what waits; for tests that have no threads.
    package func drain() {
        guard let reader = Self.open(setting, clerk) else { return }
        for box in [quick, slow] {
            while let waiting = box.receive(within: 0), !waiting.isEmpty {
                for job in waiting { job(reader) }
            }
        }
    }

    func run(isSlow: Bool = false, _ job: @escaping Job) { (isSlow ? slow : quick).send(job) }

    /// Settings are another edition from now on; said before anybody is told that they have changed.
    func settingsChanged() { edition.raise() }

    /// How many are connected with the store: those whom nobody has needed yet are not.
    package var connections: Int { opened.locked { $0 } }

    package func stop() {
        quick.close()
        slow.close()
        for thread in threads.locked({ $0 }) { thread.join() }
    }

    func whenFaulty(_ note: @escaping @Sendable (Fault) -> Void) { clerk.locked { $0.note = note } }

    private static func open(_ setting: ReaderSetting, _ clerk: Lock<Clerk>) -> Reader? {
        (try? setting.library.openReader()).map { store in
            Reader(store: store, setting: setting) { fault in clerk.locked { $0.note }(fault) }
        }
    }

    /// A connection is opened for the first job: a thread that nobody needs costs next to nothing.
    private static func serve(_ jobs: Mailbox<Job>, _ open: () -> Reader?, _ edition: Edition, atOnce most: Int) {
        guard let first = jobs.receive(atMost: most), let reader = open() else { return }
        var waiting: [Job]? = first
        while let taken = waiting {
            // Known before the glance: what is read may be newer than its number, never older.
            reader.take(edition: edition.number)
            reader.glance { for job in taken { job(reader) } }
            waiting = jobs.receive(atMost: most)
        }
    }
}

/// Counts changes of the settings across threads.
private final class Edition: Sendable {
    private let count = Lock<Int64>(0)
    var number: Int64 { count.locked { $0 } }
    func raise() { count.locked { $0 += 1 } }
}

/// What readers share.
package struct ReaderSetting: Sendable {
    package var library: any Library
    package var catalogue: Catalogue
    package var options: EngineOptions
    package var vitals: HouseVitals
    package var clocks: Clocks
    package var shelf: any Shelf
    package init(
        library: any Library, catalogue: Catalogue, options: EngineOptions, vitals: HouseVitals, clocks: Clocks,
        shelf: any Shelf
    ) {
        self.library = library
        self.catalogue = catalogue
        self.options = options
        self.vitals = vitals
        self.clocks = clocks
        self.shelf = shelf
    }
}
