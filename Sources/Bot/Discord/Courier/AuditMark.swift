/// Which of our effects something was made by, said in the reason that the server's audit log keeps.
enum AuditMark {
    private static let cap = 512

    /// What is longer than the audit log takes loses its end: nothing fails for the length of its reason.
    static func clipped(_ reason: String) -> String { Clipping.clip(reason, units: cap) }

    static func sign(_ reason: String, _ nonce: String) -> String {
        guard !reason.isEmpty else { return mark(nonce) }
        return Clipping.clip(reason, units: cap - 1 - Clipping.count(mark(nonce))) + " " + mark(nonce)
    }

    static func isSigned(_ reason: String, _ nonce: String) -> Bool { reason.hasSuffix(mark(nonce)) }

    private static func mark(_ nonce: String) -> String { "[\(nonce)]" }
}
