package import Kit
import Shared

/// A phrase as Discord's Markdown. What people wrote is escaped, so that it shows as it is and does nothing.
package enum DiscordText {
    private static let marks = Set("\\*_~|>#-[]()<@:`".unicodeScalars)

    package static func draw(_ phrase: Phrase, cap: Int) -> String {
        var out = ""
        var room = cap
        for (index, piece) in phrase.pieces.enumerated() {
            let drawn = draw(piece)
            let count = Clipping.count(drawn)
            let isLast = index == phrase.pieces.count - 1
            if count < room || (count == room && isLast) {
                out += drawn
                room -= count
            } else {
                return out + cut(piece, to: room)
            }
        }
        return out
    }

    /// For a footer, which Discord shows letter by letter: no Markdown, no mentions, no times.
    package static func plain(_ phrase: Phrase, cap: Int) -> String {
        Clipping.clip(phrase.pieces.map(plain).joined(), units: cap)
    }

    private static func plain(_ piece: Phrase.Piece) -> String {
        switch piece {
        case .words(let text), .quoted(let text), .strong(let text), .code(let text): text
        case .time(let instant, _): instant.rfc3339
        case .member, .channel, .role, .points: draw(piece)
        }
    }

    package static func escape(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if marks.contains(scalar) { out.append("\\") }
            out.append(scalar)
        }
        return String(out)
    }

    private static func draw(_ piece: Phrase.Piece) -> String {
        switch piece {
        case .words(let text): text
        case .quoted(let text): escape(text)
        case .member(let id): "<@\(id)>"
        case .channel(let id): "<#\(id)>"
        case .role(let id): "<@&\(id)>"
        case .time(let instant, let style): "<t:\(floored(instant)):\(style.rawValue)>"
        case .points(let points): spelled(points: points)
        case .strong(let text): text.isEmpty ? "" : "**\(escape(text))**"
        case .code(let text): text.isEmpty ? "" : "`\(text.replacing("`", with: "ˋ"))`"
        }
    }

    private static func floored(_ instant: Instant) -> Int64 {
        let (seconds, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return rest < 0 ? seconds - 1 : seconds
    }

    /// As much of a text as fits, its marks closed; of a mention or a time nothing but the ellipsis.
    private static func cut(_ piece: Phrase.Piece, to room: Int) -> String {
        guard room > 0 else { return "" }
        switch piece {
        case .words(let text): return Clipping.clip(text, units: room)
        case .quoted(let text): return shortened(text, room) { .quoted($0) }
        case .strong(let text): return shortened(text, room) { .strong($0) }
        case .code(let text): return shortened(text, room) { .code($0) }
        case .member, .channel, .role, .time, .points: return "…"
        }
    }

    private static func shortened(_ text: String, _ room: Int, _ piece: (String) -> Phrase.Piece) -> String {
        var kept = Array(text.prefix(room))
        while !kept.isEmpty {
            let drawn = draw(piece(String(kept))) + "…"
            let excess = Clipping.count(drawn) - room
            if excess <= 0 { return drawn }
            kept.removeLast(min(kept.count, max(1, excess / 2)))
        }
        return "…"
    }
}
