internal import Shared

/// Who somebody says they are, where several people share one account of the machine. The kernel vouches for the account and
/// for nothing else: a name is written down beside it, and whatever it is, the rights are the account's. It is said once on a
/// connection, so what sshd makes a connection begin with (`command="hearth --as ann"`) the person at its end cannot change.
enum Alias {
    static let longest = 32

    static func read(_ text: String) throws(Failure) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-_.".utf8.contains(byte)
        }
        guard isPlain, (1...longest).contains(text.utf8.count), text.utf8.first != UInt8(ascii: "-") else {
            throw .invalid(
                "name is 1 to \(longest) letters, digits, \"-\", \"_\" or \".\", and does not begin with \"-\".", field: "name")
        }
        return text
    }
}
