internal import Kit
internal import Shared

extension HouseFeature {
    static let backup = Command(
        "house.backup", "Copies the whole store into a file while it is in use", access: .houseOwner, scope: .house,
        isPrivate: true, isSlow: true, changes: false, returns: .record(["path": .text, "bytes": .whole]),
        .optional(.text("name", "The file's name in the folder of backups; made of the time when left out", longest: 100))
    ) { turn, name in
        if let name { try checkFileName(name) }
        let made = try turn.house.backup(to: name)
        return .done(
            HouseText.backedUp(made.path, made.bytes), data: ["path": .string(made.path), "bytes": .int(made.bytes)])
    }

    /// A backup stays in its folder.
    private static func checkFileName(_ name: String) throws(Refusal) {
        let isPlain = name.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-_.".utf8.contains(byte)
        }
        guard isPlain, name.utf8.first != UInt8(ascii: "."), name.utf8.first != UInt8(ascii: "-") else {
            throw .invalid(
                "A backup's name is made of letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.",
                field: "name")
        }
    }
}
