internal import Engine
internal import Kit
internal import Machine
internal import Settings
internal import Shared
internal import Store

/// Backups of the running store, made beside everything else and kept in one folder.
struct Backups: Sendable {
    private let library: SQLiteLibrary
    private let folder: String
    private let clocks: Clocks

    init(_ library: SQLiteLibrary, _ store: Configuration.Store, _ clocks: Clocks) {
        self.library = library
        folder = store.backups
        self.clocks = clocks
    }

    /// A name without a path goes into the backups' folder; without a name, the moment is the name.
    func make(_ name: String?) throws -> (path: String, bytes: Int64) {
        let file = name ?? "hearth-\(clocks.wall().rfc3339.filter { $0 != ":" }).db"
        let path = file.contains("/") ? file : folder + "/" + file
        try Files.makeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)))
        do { try library.backup(to: path) } catch { throw Refusal.unavailable(error.sentence) }
        return (path, (try? Files.status(path).size) ?? 0)
    }
}
