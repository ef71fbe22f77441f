internal import Kit
internal import Shared

/// What there is to read of a server's past, what of it cannot be read and why, and what that takes.
struct HistoryPlan {
    struct Line {
        var channel: ID<Channel>
        var known: Past?
        var stretch: Range<Instant>
    }

    struct Unread {
        var channel: ID<Channel>
        var reason: String
    }

    /// Discord hands over a channel's pages about one a second, and four channels are read at a time.
    private static let pagesInSecond = 4

    let days: Int
    private(set) var lines: [Line] = []
    private(set) var unread: [Unread] = []
    /// Channels of which everything has been read already.
    private(set) var done = 0
    /// As many as are said in as much time now; nil where nobody has counted yet.
    private(set) var messages: Int?

    init(days: Int, again: Bool = false, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        self.days = days
        let since = turn.now + turn.late - days.days
        let known = Dictionary(try turn.past().map { ($0.channel, $0) }) { $1 }
        for channel in turn.house.directory.channels(in: guild) where channel.holdsMessages {
            if let reason = try Self.whyNot(channel, guild, turn) {
                unread.append(Unread(channel: channel.id, reason: reason))
                continue
            }
            let stretch = turn.pastToRead(known[channel.id], since: max(since, channel.id.created), again: again)
            if stretch.isEmpty {
                done += 1
            } else {
                lines.append(Line(channel: channel.id, known: known[channel.id], stretch: stretch))
            }
        }
        messages = try Self.expected(in: longest, turn)
    }

    /// Who joins hears which channels have any message at all.
    mutating func keep(where isWanted: (ID<Channel>) -> Bool) { lines.removeAll { !isWanted($0.channel) } }

    var since: Instant? { lines.map(\.stretch.lowerBound).min() }

    private var longest: Duration { lines.map { $0.stretch.upperBound - $0.stretch.lowerBound }.max() ?? .zero }

    /// Each channel takes one, and each hundred messages another.
    var requests: Int { lines.count + (messages ?? 0) / MissedPage.size }

    var minutes: Int { (requests + Self.pagesInSecond * 60 - 1) / (Self.pagesInSecond * 60) }

    func begin(_ turn: Turn) throws {
        for line in lines { try turn.readPast(of: line.channel, line.stretch, known: line.known) }
    }

    private static func whyNot(_ channel: ChannelProfile, _ guild: ID<Guild>, _ turn: Turn) throws -> String? {
        let listeners = turn.house.catalogue.features.filter { turn.house.isOn($0, guild) }.flatMap(\.listeners)
        guard listeners.contains(where: { $0.catchesUp(turn, channel.id) }) else { return "What is said there does not count." }
        if try turn.declines(channel.id, .counting) { return "It is silenced." }
        let needed: Permissions = [.viewChannel, .readMessageHistory, channel.isVoice ? .connect : []]
        return turn.whyNot(needed, in: channel.id, of: guild)?.sentence
    }

    /// From what was said in the last two weeks.
    private static func expected(in span: Duration, _ turn: Turn) throws -> Int? {
        let today = turn.zone.day(of: turn.now)
        var (messages, days): (Int64, Int64) = (0, 0)
        for back in 1...14 {
            let counted = try turn.ledger().day(turn, today - back).whole.messages
            messages += counted
            if counted > 0 { days += 1 }
        }
        return days == 0 ? nil : Int(messages * span.milliseconds / (days * 1.days.milliseconds))
    }
}
