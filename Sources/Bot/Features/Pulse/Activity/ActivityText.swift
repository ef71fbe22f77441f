internal import Kit
internal import Shared

/// What activity says to people.
enum ActivityText {
    static func totals(_ messages: Int64, _ points: Int64) -> Phrase { "\(messages) messages, \(points: points) points" }

    static func board(_ board: Board, _ period: Period, page: Int, top: Int) -> Card {
        guard !board.lines.isEmpty else {
            return Card(
                "Leaderboard, \(words: period.title)", text: "Nobody has points here yet. Say something to be the first.")
        }
        let lines = board.lines.map { line -> Phrase in
            "\(strong: "\(line.rank).") \(line.member)  \(points: rounded(line.score)) points, \(line.messages) messages"
        }
        var buttons: [Button] = []
        if page > 1 { buttons.append(turnPage("Back", period, page - 1, top)) }
        if board.hasMore { buttons.append(turnPage("Next", period, page + 1, top)) }
        return Card(
            "Leaderboard, \(words: period.title)", text: .lines(lines),
            footer: "Points fade a little each day; ask why with activity why.",
            buttons: buttons)
    }

    private static func turnPage(_ label: String, _ period: Period, _ page: Int, _ top: Int) -> Button {
        Button(
            label, runs: "activity.leaderboard",
            ["period": .string(period.rawValue), "page": .int(Int64(page)), "top": .int(Int64(top))])
    }

    static func profile(_ profile: Profile) -> Card {
        let rank: Phrase = profile.rank.map { "#\($0)" } ?? "no rank yet"
        return Card(
            "Activity of \(profile.member)",
            fields: [
                .init("Score", "\(points: tenths(profile.score)), \(rank)"),
                .init("Points ever", "\(points: profile.standing.points)"),
                .init("Streak", "\(words: days(profile.streak)), best \(words: days(profile.standing.best))"),
                .init("Momentum", "\(points: tenths(profile.momentum))"),
                .init("Influence", "\(points: tenths(Int64((profile.influence * 1000).rounded())))"),
                .init("Channels today", "\(profile.channelsToday)"),
                .init(
                    "Messages",
                    "\(profile.sums.messages), of which \(profile.sums.replies) replies and \(profile.sums.starters) starters"),
                .init("Reactions", "\(profile.sums.reactions) given, \(profile.sums.reacted) received"),
                .init("Voice", "\(words: Duration.milliseconds(profile.sums.voice).spelled)"),
                .init(
                    "Last active",
                    profile.standing.lastAt == 0 ? "never" : "\(Instant(milliseconds: profile.standing.lastAt), .relative)"),
            ],
            footer: "Where it comes from: activity why.")
    }

    static func why(_ why: Explanation) -> Card {
        let days = why.days.prefix(7).map { line -> Phrase in
            "\(words: line.day.description): \(points: line.points) points, worth \(points: tenths(line.worth)) today"
        }
        let deeds = why.deeds.prefix(12).map { deed -> Phrase in
            let rules = deed.rules.map { "\($0.rule) \(spelled(points: $0.points))" }.joined(separator: " + ")
            let place: Phrase = deed.channel.map { " in \($0)" } ?? ""
            return "\(deed.at, .moment)\(place): \(points: deed.points) (\(words: rules))"
        }
        return Card(
            "Why \(why.member) has \(points: tenths(why.profile.score))",
            text: "A day's points count ×\(words: "\(why.decay)") for each day since.",
            fields: [
                .init("By day", days.isEmpty ? "nothing yet" : .lines(Array(days)), isInline: false),
                .init("Latest", deeds.isEmpty ? "nothing in these days" : .lines(Array(deeds)), isInline: false),
            ])
    }

    private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    private static func rounded(_ score: Double) -> Int64 { tenths(Int64(score.rounded())) }
    private static func tenths(_ points: Int64) -> Int64 { (points + (points < 0 ? -50 : 50)) / 100 * 100 }
}
