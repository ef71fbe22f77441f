import CLinux
import Kit
import Machine
import Store

/// What may have become of a database while nobody looked.
enum Harm: CaseIterable {
    case readOnly, ofAnother, open, logLost, logOfAnother, truncatedByOne, truncatedByAPage, halved, emptied, vanished, diary
    case foreign, newer, link, folderReadOnly

    var isPossible: Bool { self != .ofAnother || Accounts.effectiveUser == 0 }

    /// What must be said of it: the cause and the remedy.
    var words: [String] {
        switch self {
        case .readOnly: ["cannot be written to", "chmod u+w"]
        case .ofAnother: ["belongs to nobody", "chown root"]
        case .open: ["Anybody on this machine may change", "chmod o-w"]
        case .logLost: ["its log", "is lost", "hearthd restore FILE", "rm "]
        case .truncatedByOne, .truncatedByAPage, .halved: ["has been cut short", "hearthd restore FILE"]
        case .emptied, .vanished: ["is gone or empty, though it was used before", "hearthd restore FILE", "rm "]
        case .diary: ["is not a database", "hearthd restore FILE"]
        case .foreign: ["is a database of another program", "Name another file"]
        case .newer: ["was changed by version 99.0.0 (house-999-future)", "Start version 99.0.0 or a newer one"]
        case .link: ["is a symbolic link", "readlink -f"]
        case .folderReadOnly: ["cannot be written to by", "chown"]
        case .logOfAnother: ["its log", "hearthd restore FILE"]
        }
    }

    func isDone(to ruin: Ruin) throws {
        let (folder, path) = (ruin.ordeal.folder, ruin.ordeal.database)
        let isOfLog = self == .logLost || self == .logOfAnother
        try Remains.lay(isOfLog ? ruin.killed : ruin.stopped, in: folder)
        let size = Int(try Files.status(path).size)
        switch self {
        case .readOnly: chmod(path, 0o400)
        case .ofAnother: chown(path, 65_534, 65_534)
        case .open: chmod(path, 0o602)
        case .logLost: try Files.remove(path + "-wal")
        case .logOfAnother: try Files.write([UInt8](repeating: 7, count: 40_000), to: path + "-wal")
        case .truncatedByOne: truncate(path, size - 1)
        case .truncatedByAPage: truncate(path, size - 4096)
        case .halved: truncate(path, size / 2 + 77)
        case .emptied: truncate(path, 0)
        case .vanished: try Files.remove(path)
        case .diary: try Files.write(Array("Dear diary, today I was mistaken for a database.".utf8), to: path)
        case .foreign:
            try Files.remove(path)
            try SQLiteLibrary(path: path).openWriter().run("CREATE TABLE bookmarks (url TEXT)")
            chmod(path, 0o600)
        case .newer:
            try SQLiteLibrary(path: path).openWriter().run(
                """
                INSERT INTO house_migrations (name, feature, digest, applied, version)
                VALUES ('house-999-future', 'house', '', 0, '99.0.0')
                """)
        case .link:
            rename(path, folder + "/elsewhere.db")
            symlink(folder + "/elsewhere.db", path)
        case .folderReadOnly: chmod(folder, 0o500)
        }
    }

    /// So that the next one can be done.
    func isUndone(in ruin: Ruin) { chmod(ruin.ordeal.folder, 0o700) }
}
