internal import Kit
internal import Shared

/// What activity says to people.
enum ActivityText {
    static func totals(_ messages: Int64, _ points: Int64) -> Phrase { "\(messages) messages, \(points: points) points" }

    static func board(_ board: Board, _ period: Period, limit: Int, from cursor: Cursor, next: Cursor?) -> Card {
        guard !board.lines.isEmpty else {
            return Card(
                "Leaderboard, \(words: period.title)", text: "Nobody has points here yet. Say something to be the first.")
        }
        let lines = board.lines.map { line -> Phrase in
            let member = Phrase.member(line.member, butFor: board.hidden)
            return "\(strong: "\(line.rank).") \(member)  \(points(rounded(line.score))), \(counted(line.messages, "message"))"
        }
        var buttons: [Button] = []
        if cursor.offset > 0 { buttons.append(turnPage("Back", period, limit, Cursor(offset: max(0, cursor.offset - limit)))) }
        if let next { buttons.append(turnPage("Next", period, limit, next)) }
        return Card(
            "Leaderboard, \(words: period.title)", text: .lines(lines),
            footer: "Points fade a little each day; ask why with activity why.",
            buttons: buttons)
    }

    private static func turnPage(_ label: String, _ period: Period, _ limit: Int, _ cursor: Cursor) -> Button {
        Button(
            label, runs: "activity.leaderboard",
            ["period": .string(period.rawValue), "limit": .int(Int64(limit)), "cursor": .string(cursor.text)])
    }

    static func profile(_ profile: Profile) -> Card {
        let rank: Phrase = profile.rank.map { "#\($0)" } ?? "no rank yet"
        return Card(
            "Activity of \(profile.member)",
            fields: [
                .init("Score", "\(points: tenths(profile.score)), \(rank)"),
                .init("Points ever", "\(points: profile.standing.points)"),
            ] + others(profile) + [
                .init("Streak", "\(words: days(profile.streak)), best \(words: days(profile.standing.best))"),
                .init("Momentum", "\(points: tenths(profile.momentum))"),
                .init("Influence", "\(points: tenths(Int64((profile.influence * 1000).rounded())))"),
                .init("Channels today", "\(profile.channelsToday)"),
                .init("Messages", messages(profile.sums)),
                .init("Reactions", "\(profile.sums.reactions) given, \(profile.sums.reacted) received"),
                .init("Voice", "\(words: Duration.milliseconds(profile.sums.voice).spelled)"),
                .init(
                    "Last active",
                    profile.standing.lastAt == 0 ? "never" : "\(Instant(milliseconds: profile.standing.lastAt), .relative)"),
            ],
            footer: "Where it comes from: activity why.")
    }

    private static func others(_ profile: Profile) -> [Card.Field] {
        let level = profile.level.map { Card.Field("Level", "\($0)") }
        let badges = profile.badges.flatMap { $0 > 0 ? Card.Field("Badges", "\($0)") : nil }
        return [level, badges].compactMap(\.self)
    }

    static func why(_ why: Explanation) -> Card {
        let days = why.days.prefix(7).map { line -> Phrase in
            "\(words: line.day.description): \(points(line.points)), worth \(points: tenths(line.worth)) today"
        }
        let deeds = why.deeds.prefix(12).map { deed -> Phrase in
            let rules = deed.rules.map { "\($0.rule) \(spelled(points: $0.points))" }.joined(separator: " + ")
            let place: Phrase = deed.channel.map { " in \($0)" } ?? ""
            return "\(deed.at, .moment)\(place): \(points: deed.points) (\(rules))"
        }
        let gaps = why.gaps.prefix(5).map { gap -> Phrase in
            let end: Phrase = gap.ended.map { "\($0, .moment)" } ?? "now"
            return "\(gap.began, .moment) to \(end): \(words: gap.notCounted.joined(separator: ", "))"
        }
        return Card(
            "Why \(why.member) has \(points: tenths(why.profile.score))",
            text: "A day's points count ×\(words: "\(why.decay)") for each day since.",
            fields: [
                .init("By day", days.isEmpty ? "nothing yet" : .lines(Array(days)), isInline: false),
                .init("Latest", deeds.isEmpty ? "nothing in these days" : .lines(Array(deeds)), isInline: false),
            ] + (gaps.isEmpty ? [] : [.init("Not counted", .lines(Array(gaps)), isInline: false)]))
    }

    static func overridden(_ member: ID<Member>, _ figure: Activity.Figure, _ before: Profile, _ after: Profile) -> Card {
        Card(
            "\(words: title(figure)) of \(member)",
            text: "From \(points: before.thousandths(of: figure)) to \(points: after.thousandths(of: figure)).",
            footer: "What was counted stays; activity why shows the difference as a line of its own.", tone: .good)
    }

    static func corrections(_ all: [Correction]) -> Card {
        let lines = all.map { one -> Phrase in
            let member: Phrase = ID<Member>(one.person.member).map { "\($0)" } ?? "somebody"
            let deed: Phrase =
                switch one.deed {
                case .points(let points): "\(points: points) points"
                case .streak(let days): "streak \(days)"
                }
            return "\(strong: String(one.id))  \(member): \(deed), \(one.at, .date): \(one.reason)"
        }
        return Card(
            "Figures set by staff", text: lines.isEmpty ? "None." : .lines(lines),
            footer: lines.isEmpty ? "Set one with activity override." : "Take one back with activity withdraw.")
    }

    private static func messages(_ sums: Tally) -> Phrase {
        let replies = counted(sums.replies, "reply", "replies")
        return "\(sums.messages), of which \(replies) and \(counted(sums.starters, "starter"))"
    }

    private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }
    private static func points(_ points: Int64) -> Phrase { "\(points: points) \(words: points == 1000 ? "point" : "points")" }
    private static func counted(_ count: Int64, _ one: String, _ many: String? = nil) -> Phrase {
        "\(count) \(words: count == 1 ? one : many ?? one + "s")"
    }
    private static func rounded(_ score: Double) -> Int64 { tenths(Int64(score.rounded())) }
    private static func tenths(_ points: Int64) -> Int64 { (points + (points < 0 ? -50 : 50)) / 100 * 100 }

    private static func title(_ figure: Activity.Figure) -> String {
        switch figure {
        case .score: "Score"
        case .points: "Points"
        case .streak: "Streak"
        }
    }
}
