internal import Engine
internal import Kit
internal import Machine
internal import Settings
internal import Shared
internal import Store

/// Backups of the running store, made beside everything else and kept in one folder, each with a note of what was copied.
struct BackupShelf: Shelf {
    private let library: SQLiteLibrary
    private let folder: String
    private let drill: RestoreDrill
    private let clocks: Clocks
    private let turns = Lock(())
    /// False where the house is closing and has no time for it.
    let isWanted: @Sendable () -> Bool

    init(
        _ library: SQLiteLibrary, folder: String, drill: RestoreDrill, clocks: Clocks,
        isWanted: @escaping @Sendable () -> Bool = { true }
    ) {
        self.library = library
        self.folder = folder
        self.drill = drill
        self.clocks = clocks
        self.isWanted = isWanted
    }

    private static let automatic = "auto-"

    /// One that is made by itself, and will go by itself.
    func makeByItself() throws -> Backup { try make(Self.automatic + stamp + ".db") }

    /// A name without a path goes into the backups' folder; without a name, the moment is the name.
    func make(_ name: String?) throws -> Backup {
        let path = folder + "/" + (name ?? "hearth-\(stamp).db")
        try Files.makeFolder(folder)
        do {
            let rows = try library.backup(to: path, isWanted: isWanted)
            try BackupNote(made: clocks.wall(), rows: rows).write(beside: path)
        } catch let error as StoreError { throw Refusal.unavailable(error.sentence) }
        return read(path)
    }

    func all() throws -> [Backup] {
        guard Files.exists(folder) else { return [] }
        let found = try Files.names(in: folder).filter { $0.hasSuffix(".db") }.map { read(folder + "/" + $0) }
        return found.sorted { ($0.made?.milliseconds ?? 0, $0.name) > ($1.made?.milliseconds ?? 0, $1.name) }
    }

    func remove(_ backup: Backup) throws {
        try Files.remove(backup.path)
        try? Files.remove(BackupNote.path(beside: backup.path))
    }

    /// One after the other: of two drills at once the earlier could tell last.
    func drill(_ name: String?) throws -> Backup { try turns.locked { _ in try drillNow(name) } }

    private func drillNow(_ name: String?) throws -> Backup {
        let all = try all()
        guard let backup = name.map({ name in all.first { $0.name == name } }) ?? all.first else {
            let near = name.flatMap { nearest(to: $0, among: all.map(\.name)) }
            throw Refusal(
                .notFound, name.map { "There is no backup \"\($0)\"." } ?? "There is no backup to try.",
                hint: near.map { "Did you mean \($0)?" } ?? "Make one with house backup.", field: name == nil ? nil : "name")
        }
        var note = BackupNote(beside: backup.path) ?? BackupNote(made: backup.made, rows: [:])
        let scratch = "\(folder)/.drill-\(Processes.own)-\(stamp)"
        try Files.makeFolder(scratch)
        defer { Self.sweep(scratch) }
        let began = clocks.steadyNanoseconds()
        var tried = Backup.Drill(at: clocks.wall(), rows: 0, took: 0, trouble: nil)
        do throws(OpeningRefusal) {
            tried.rows = try drill.run(on: backup.path, expecting: note.rows, in: scratch, at: clocks.wall())
        } catch {
            tried.trouble = error.reason
        }
        tried.took = (clocks.steadyNanoseconds() - began) / 1_000_000
        note.drill = tried
        try note.write(beside: backup.path)
        return read(backup.path)
    }

    private var stamp: String { clocks.wall().rfc3339.filter { $0 != ":" } }

    private func read(_ path: String) -> Backup {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let note = BackupNote(beside: path)
        return Backup(
            name: name, path: path, bytes: (try? Files.status(path).size) ?? 0, made: note?.made,
            isAutomatic: name.hasPrefix(Self.automatic), drill: note?.drill)
    }

    private static func sweep(_ scratch: String) {
        for name in (try? Files.names(in: scratch)) ?? [] { try? Files.remove(scratch + "/" + name) }
        try? Files.removeFolder(scratch)
    }
}
