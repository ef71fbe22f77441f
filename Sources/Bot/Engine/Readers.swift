package import Kit
internal import Machine
internal import Shared

/// Threads with a read-only connection each. What they answer is as of the last commit, and nothing they do holds up the
/// engine.
package final class Readers: Sendable {
    private let jobs = Mailbox<@Sendable (Reader) -> Void>()
    private let threads = Lock<[Thread]>([])
    private let setting: ReaderSetting

    package init(_ setting: ReaderSetting) { self.setting = setting }

    package func start(count: Int) throws(StoreError) {
        for number in 0..<count {
            _ = try setting.library.openReader()
            let thread = Thread("reader \(number)") { [jobs, setting] in Self.serve(jobs, setting) }
            threads.locked { $0.append(thread) }
        }
    }

    /// Serves on the calling thread what waits; for tests that have no threads.
    package func drain() {
        guard let reader = Self.open(setting) else { return }
        while let waiting = jobs.receive(within: 0), !waiting.isEmpty {
            for job in waiting { job(reader) }
        }
    }

    func run(_ job: @escaping @Sendable (Reader) -> Void) { jobs.send(job) }

    package func stop() {
        jobs.close()
        for thread in threads.locked({ $0 }) { thread.join() }
    }

    private static func open(_ setting: ReaderSetting) -> Reader? {
        (try? setting.library.openReader()).map { Reader(store: $0, setting: setting) }
    }

    private static func serve(_ jobs: Mailbox<@Sendable (Reader) -> Void>, _ setting: ReaderSetting) {
        guard let reader = open(setting) else { return }
        while let waiting = jobs.receive() {
            for job in waiting { job(reader) }
        }
    }
}

/// What readers share.
package struct ReaderSetting: Sendable {
    package var library: any Library
    package var catalogue: Catalogue
    package var options: EngineOptions
    package var vitals: HouseVitals
    package var clocks: Clocks
    /// Copies the store into a file of the backups' folder.
    package var backup: @Sendable (String?) throws -> (path: String, bytes: Int64)
    package init(
        library: any Library, catalogue: Catalogue, options: EngineOptions, vitals: HouseVitals, clocks: Clocks,
        backup: @escaping @Sendable (String?) throws -> (path: String, bytes: Int64)
    ) {
        self.library = library
        self.catalogue = catalogue
        self.options = options
        self.vitals = vitals
        self.clocks = clocks
        self.backup = backup
    }
}
