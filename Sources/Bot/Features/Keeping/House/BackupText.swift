internal import Kit
internal import Shared

/// What is said of backups.
enum BackupText {
    static func made(_ backup: Backup) -> Card {
        Card(
            text: "The store is copied to \(code: backup.path), \(backup.bytes) bytes.",
            footer: "Try whether it can be restored with house drill.", tone: .good)
    }

    static func list(_ backups: [Backup]) -> Card {
        guard !backups.isEmpty else { return Card("Backups", text: "There are none. Make one with house backup.") }
        let lines = backups.prefix(30).map { backup -> Phrase in
            let made: Phrase = backup.made.map { "\($0, .moment)  " } ?? ""
            return made
                + "\(code: backup.name), \(backup.bytes >> 10) KiB\(words: backup.isAutomatic ? "" : ", kept until you remove it")"
                + "\(words: backup.drill.map { $0.trouble == nil ? ", can be restored" : ", cannot be restored" } ?? "")"
        }
        return Card(
            "Backups", text: .lines(lines),
            footer: backups.count > 30 ? "\(backups.count) in all." : "Restore one with hearthd restore.")
    }

    static func tried(_ backup: Backup) -> Card {
        guard let drill = backup.drill else { return Card(text: "\(code: backup.name) was not tried.") }
        if let trouble = drill.trouble {
            return Card("\(words: backup.name) cannot be restored", text: "\(trouble)", tone: .refused)
        }
        return Card(
            text:
                "\(code: backup.name) can be restored: \(drill.rows) rows, as many as were copied, opened in \(drill.took) ms.",
            tone: .good)
    }
}
