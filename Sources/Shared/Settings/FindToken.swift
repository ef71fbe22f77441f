internal import Machine
package import Shared

extension Configuration {
    /// The bot's token: from the file that is named, else systemd's credential, else what was taken from DISCORD_TOKEN. Nil
    /// when there is none anywhere.
    package func findToken(environment: [String: String], taken: Secret?) throws(Complaint) -> Secret? {
        try SecretKind.token.find(file: discord.tokenFile, environment, taken)
    }

    /// The language model's key, from the file, the credential or what was taken from ORACLE_KEY; nil when there is none.
    package func findOracleKey(environment: [String: String], taken: Secret?) throws(Complaint) -> Secret? {
        try SecretKind.oracleKey.find(file: oracle.keyFile, environment, taken)
    }
}

/// A secret that is one word: what it is called, and where it lies.
private struct SecretKind {
    let noun: String
    let credential: String
    let variable: String

    static let token = SecretKind(noun: "token", credential: "token", variable: "DISCORD_TOKEN")
    static let oracleKey = SecretKind(noun: "key", credential: "oracle-key", variable: "ORACLE_KEY")

    func find(file: String, _ environment: [String: String], _ taken: Secret?) throws(Complaint) -> Secret? {
        if !file.isEmpty { return try read(file, trusting: 0) }
        if let folder = environment["CREDENTIALS_DIRECTORY"], Files.exists(folder + "/" + credential) {
            // systemd lets the service's user in by an access list, whose mask shows as the group's bits.
            return try read(folder + "/" + credential, trusting: 0o040)
        }
        return try taken.map { secret throws(Complaint) in
            try checked(secret.revealed(), from: .environment(variable))
        }
    }

    private func read(_ path: String, trusting: UInt32) throws(Complaint) -> Secret {
        let permissions: UInt32
        let bytes: [UInt8]
        do {
            permissions = try Files.status(path).permissions
            bytes = try Files.read(path, atMost: 4096)
        } catch {
            throw Complaint(.file(path), error.description)
        }
        if permissions & 0o077 & ~trusting != 0 {
            throw Complaint(.file(path), "others than its owner can read this \(noun); run: chmod 600 \(quotedForShell(path))")
        }
        return try checked(String(decoding: bytes, as: UTF8.self), from: .file(path))
    }

    private func checked(_ text: String, from place: Complaint.Place) throws(Complaint) -> Secret {
        let words = text.split(whereSeparator: \.isWhitespace)
        switch words.count {
        case 0: throw Complaint(place, "there is no \(noun) in it")
        case 1 where words[0].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }: return Secret(String(words[0]))
        case 2 where ["Bot", "Bearer"].contains(words[0]):
            throw Complaint(place, "leave out the word \"\(words[0])\"; only the \(noun) belongs here")
        default: throw Complaint(place, "a \(noun) is one word of plain letters, digits, dots and dashes")
        }
    }
}

private func quotedForShell(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
        switch byte {
        case 45...57, 65...90, 95, 97...122: true
        default: false
        }
    }
    return isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
}
