internal import Machine
package import Shared

extension Configuration {
    /// The bot's token: from the file that is named, else systemd's credential, else what was taken from DISCORD_TOKEN. Nil
    /// when there is none anywhere.
    package func findToken(environment: [String: String], taken: Secret?) throws(Complaint) -> Secret? {
        if !discord.tokenFile.isEmpty { return try Self.token(inFile: discord.tokenFile, trusting: 0) }
        if let folder = environment["CREDENTIALS_DIRECTORY"], Files.exists(folder + "/token") {
            // systemd lets the service's user in by an access list, whose mask shows as the group's bits.
            return try Self.token(inFile: folder + "/token", trusting: 0o040)
        }
        return try taken.map { secret throws(Complaint) in
            try Self.checked(secret.revealed(), from: .environment("DISCORD_TOKEN"))
        }
    }

    private static func token(inFile path: String, trusting: UInt32) throws(Complaint) -> Secret {
        let permissions: UInt32
        let bytes: [UInt8]
        do {
            permissions = try Files.status(path).permissions
            bytes = try Files.read(path, atMost: 4096)
        } catch {
            throw Complaint(.file(path), error.description)
        }
        if permissions & 0o077 & ~trusting != 0 {
            throw Complaint(.file(path), "others than its owner can read this token; run: chmod 600 \(quotedForShell(path))")
        }
        return try checked(String(decoding: bytes, as: UTF8.self), from: .file(path))
    }

    private static func checked(_ text: String, from place: Complaint.Place) throws(Complaint) -> Secret {
        let token = text.split(whereSeparator: \.isWhitespace)
        switch token.count {
        case 0: throw Complaint(place, "there is no token in it")
        case 1 where token[0].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }: return Secret(String(token[0]))
        case 2 where token[0] == "Bot": throw Complaint(place, "leave out the word \"Bot\"; only the token belongs here")
        default: throw Complaint(place, "a token is one word of plain letters, digits, dots and dashes")
        }
    }

    private static func quotedForShell(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { byte in
            switch byte {
            case 45...57, 65...90, 95, 97...122: true
            default: false
            }
        }
        return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    }
}
