import Kit
import Shared

/// A shelf on which nothing lies but what is said to.
struct PaperShelf: Shelf {
    func make(_ name: String?) -> Backup {
        let name = name ?? "now.db"
        return Backup(
            name: name, path: "/backups/" + name, bytes: 4096, made: Instant(seconds: 1), isAutomatic: false, drill: nil)
    }

    func all() -> [Backup] { [make("monday.db")] }

    func drill(_ name: String?) -> Backup {
        var backup = make(name)
        backup.drill = .init(at: Instant(seconds: 2), rows: 7, took: 3, trouble: name == "torn.db" ? "It is torn." : nil)
        return backup
    }
}
