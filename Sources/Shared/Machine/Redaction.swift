package import Shared

/// Takes secrets out of texts before anybody sees them: those that it was told, and all that look like one. The type `Secret`
/// already hides what is known to be secret; this hides what slipped into an address, an error or a payload.
package struct Redaction: Sendable {
    package static let mark = "«redacted»"
    /// Shorter ones would blot out ordinary words.
    private static let shortest = 6
    private let known: [[UInt8]]

    package init(known: [Secret] = []) {
        self.known = known.map { Array($0.revealed().utf8) }.filter { $0.count >= Self.shortest }
    }

    /// A field of this name is hidden whatever it holds.
    package static func isSecret(_ name: String) -> Bool {
        ["token", "access_token", "refresh_token", "authorization", "password", "secret", "client_secret"].contains(
            name.lowercased())
    }

    package func redacted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let hidden = ranges(of: known, in: bytes) + SecretShapes.ranges(in: bytes)
        guard !hidden.isEmpty else { return text }
        var out: [UInt8] = []
        var position = 0
        for range in hidden.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound >= position {
                out += bytes[position..<range.lowerBound]
                out += Self.mark.utf8
            }
            position = max(position, range.upperBound)
        }
        return String(decoding: out + bytes[position...], as: UTF8.self)
    }

    package func redacted(_ value: JSON) -> JSON {
        switch value {
        case .string(let text): .string(redacted(text))
        case .array(let items): .array(items.map(redacted))
        case .object(let object):
            .object(
                JSON.Object(
                    object.members.map { key, value in
                        (redacted(key), Self.isSecret(key) && !value.isNull ? .string(Self.mark) : redacted(value))
                    }))
        default: value
        }
    }

    private func ranges(of secrets: [[UInt8]], in bytes: [UInt8]) -> [Range<Int>] {
        secrets.flatMap { secret in bytes.ranges(of: secret) }
    }
}
