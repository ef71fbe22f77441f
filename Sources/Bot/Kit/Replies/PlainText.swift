package import Shared

/// Draws cards for terminals and scripts: names instead of mentions, UTC instead of a viewer's clock.
package struct PlainText {
    private let memberName: (ID<Member>) -> String?
    private let channelName: (ID<Channel>) -> String?
    private let roleName: (ID<Role>) -> String?
    private let zone: Zone
    private let now: Instant?

    /// Without a `now` it is not known how long something is until then, and the moment is told instead.
    package init(_ directory: any Directory, guild: ID<Guild>?, zone: Zone, now: Instant? = nil) {
        memberName = { directory.name(of: $0, in: guild) }
        channelName = { directory.name(of: $0) }
        roleName = { directory.name(of: $0) }
        self.zone = zone
        self.now = now
    }

    package func lines(of card: Card) -> [String] {
        var lines: [String] = []
        if let title = card.title { lines += [text(title)] }
        lines += text(card.text).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if card.text.isEmpty { lines.removeLast() }
        let width = card.fields.map { text($0.name).count }.max() ?? 0
        for field in card.fields {
            let name = text(field.name)
            let pieces = text(field.value).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for (index, piece) in pieces.enumerated() {
                lines.append("  " + (index == 0 ? name : "").padding(to: width) + "  " + piece)
            }
        }
        if let footer = card.footer { lines += [text(footer)] }
        return lines
    }

    package func text(_ phrase: Phrase) -> String {
        phrase.pieces.map { piece in
            switch piece {
            case .words(let words), .quoted(let words), .strong(let words), .code(let words): words
            case .member(let id): memberName(id) ?? "member \(id)"
            case .channel(let id): "#" + (channelName(id) ?? id.description)
            case .role(let id): "@" + (roleName(id) ?? id.description)
            case .points(let points): spelled(points: points)
            case .time(let instant, let style): moment(instant, style)
            }
        }.joined()
    }

    private func moment(_ instant: Instant, _ style: Phrase.TimeStyle) -> String {
        let wall = zone.wallTime(at: instant)
        let clock = "\(padded(wall.hour, 2)):\(padded(wall.minute, 2))"
        return switch style {
        case .time: clock
        case .date: wall.day.description
        case .relative: now.map { distance(to: instant, from: $0) } ?? "\(wall.day) \(clock)"
        case .moment: "\(wall.day) \(clock)"
        }
    }

    /// As Discord says it: in one unit.
    private func distance(to instant: Instant, from now: Instant) -> String {
        let minutes = ((instant - now).milliseconds.magnitude + 30_000) / 60_000
        let span =
            switch minutes {
            case 0: "now"
            case ..<120: "\(minutes) min"
            case ..<(48 * 60): "\((minutes + 30) / 60) h"
            default: "\((minutes + 720) / 1440) d"
            }
        return minutes == 0 ? span : instant > now ? "in " + span : span + " ago"
    }

    package func json(of card: Card) -> JSON {
        .fields([
            "title": card.title.map { .string(text($0)) },
            "text": .string(text(card.text)),
            "fields": .array(
                card.fields.map { .fields(["name": .string(text($0.name)), "value": .string(text($0.value))]) }),
            "footer": card.footer.map { .string(text($0)) },
            "tone": .string(card.tone.rawValue),
            "lines": .array(lines(of: card).map(JSON.string)),
        ])
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
