internal import Kit
internal import Machine
internal import Shared

/// What is told beside a backup: when it was made, how many rows of each table were copied, and whether it was tried.
struct BackupNote: Codable {
    var made: Instant?
    var rows: [String: Int64]
    var drill: Backup.Drill?

    init(made: Instant?, rows: [String: Int64]) {
        self.made = made
        self.rows = rows
    }

    static func path(beside backup: String) -> String { backup + ".json" }

    init?(beside backup: String) {
        guard let bytes = try? Files.read(Self.path(beside: backup), atMost: 1 << 20),
            let note = try? JSON(parsing: bytes).decoded(as: BackupNote.self)
        else { return nil }
        self = note
    }

    func write(beside backup: String) throws {
        try Files.write(Array((try JSON(encoding: self).line + "\n").utf8), to: Self.path(beside: backup))
    }
}
