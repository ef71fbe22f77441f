internal import Kit
internal import Shared

extension HouseFeature {
    static let backup = Command(
        "house.backup", "Copies the whole store into a file while it is in use", access: .houseOwner, scope: .house,
        isPrivate: true, isSlow: true, changes: false, returns: backupShape,
        .optional(.text("name", "The file's name in the folder of backups; made of the time when left out", longest: 100))
    ) { turn, name in
        if let name { try checkFileName(name) }
        let made = try turn.house.shelf.make(name)
        return .done(BackupText.made(made), data: made.json)
    }

    static let backups = Command(
        "house.backups", "The backups there are, and whether the newest was ever tried", access: .houseOwner, scope: .house,
        isPrivate: true, isSlow: true, changes: false, returns: .record(["rows": .list(backupShape)])
    ) { turn in
        let all = try turn.house.shelf.all()
        return .done(BackupText.list(all), data: ["rows": .array(all.map(\.json))])
    }

    /// OPS-05: restores a backup apart, to know before it is needed that it can be.
    static let drill = Command(
        "house.drill", "Restores a backup apart, opens and counts it, and throws the copy away", access: .houseOwner,
        scope: .house, isPrivate: true, isSlow: true, changes: false, returns: backupShape,
        .optional(.text("name", "Which backup; the newest when left out", longest: 100))
    ) { turn, name in
        if let name { try checkFileName(name) }
        let tried = try turn.house.shelf.drill(name)
        return .done(BackupText.tried(tried), data: tried.json)
    }

    private static let backupShape = Shape.record([
        "name": .text, "path": .text, "bytes": .whole, "made_ms": .instant, "automatic": .flag,
        "drill": .record(["at_ms": .instant, "rows": .whole, "took_ms": .duration, "trouble": .text]),
    ])

    /// A backup stays in its folder.
    private static func checkFileName(_ name: String) throws(Refusal) {
        let isPlain = name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-_.".utf8.contains(byte)
        }
        guard isPlain, name.utf8.first != UInt8(ascii: "."), name.utf8.first != UInt8(ascii: "-"), !name.hasSuffix(".json")
        else {
            throw .invalid(
                "A backup's name is made of letters, digits, \"-\", \"_\" and \".\", begins with a letter or a digit, and does not end in .json.",
                field: "name")
        }
    }
}

extension Backup {
    fileprivate var json: JSON {
        .fields([
            "name": .string(name), "path": .string(path), "bytes": .int(bytes), "made_ms": made.map { .int($0.milliseconds) },
            "automatic": .bool(isAutomatic),
            "drill": drill.map { drill in
                .fields([
                    "at_ms": .int(drill.at.milliseconds), "rows": .int(drill.rows), "took_ms": .int(drill.took),
                    "trouble": drill.trouble.map(JSON.string),
                ])
            },
        ])
    }
}
