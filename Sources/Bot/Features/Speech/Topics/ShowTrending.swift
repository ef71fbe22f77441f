internal import Kit
internal import Shared

extension Topics {
    static let trending = Command(
        "topics.trending", "Words that are used more than in the days before", also: ["trending"], changes: false,
        returns: .record([
            "rows": .list(trendShape), "days": .whole, "sampled": .whole, "sampled_before": .whole, "compared": .flag,
        ]), example: "days: 3",
        .optional(.channel("channel", "Only what was said here")),
        .whole("days", "Today and so many days less one", 1...14, default: 3),
        .limit(10, most: 50)
    ) { turn, channel, days, limit in
        let channels = try channels(channel, turn)
        let trends = try Trends(in: channels, days: days, limit: limit, turn)
        return .done(
            TopicText.trending(trends, channels, days: days),
            data: [
                "rows": .array(trends.found.map(row(of:))), "days": .int(Int64(days)), "sampled": .int(trends.sampledNow),
                "sampled_before": .int(trends.sampledBefore), "compared": .bool(trends.isCompared),
            ])
    }

    private static let trendShape = Shape.record([
        "word": .text, "messages": .whole, "before": .whole, "voices": .whole, "score": .decimal,
    ])

    private static func channels(_ channel: ID<Channel>?, _ turn: Turn) throws(Refusal) -> [ID<Channel>] {
        let told = try OpenChannels.told(to: turn)
        guard let channel else {
            guard told.isEmpty else { return told }
            throw Refusal(
                .unavailable, "No channel is listened to here.",
                hint: "An admin can have the words of one counted: house set topics.listen yes channel #here.")
        }
        guard told.contains(channel) else {
            throw Refusal(
                .unavailable, "That channel is not listened to.",
                hint: "An admin can change that: house set topics.listen yes channel #here.", field: "channel")
        }
        return [channel]
    }

    private static func row(of trend: Trend) -> JSON {
        .fields([
            "word": .string(trend.word), "messages": .int(trend.now), "before": .int(trend.before),
            "voices": .int(Int64(trend.voices)), "score": trend.score.map { .double(($0 * 10).rounded() / 10) },
        ])
    }

    static let trendingPanel = Panel(
        "topics.trending", "Trending", "Words that are used more than in the days before",
        tables: ["topics_words", "topics_days", "house_settings"],
        columns: [
            .init("word", "Word", .text), .init("messages", "Messages", .number), .init("before", "Before", .number),
            .init("voices", "People, about", .number), .init("score", "Score", .number),
        ], refresh: 60.seconds,
        empty: "Nothing is used more than before. Words count where topics.listen is on.",
        .whole("days", "Today and so many days less one", 1...14, default: 3)
    ) { turn, days in
        let trends = try Trends(in: try OpenChannels.told(to: turn), days: days, limit: 50, turn)
        return trends.found.map { Panel.Line($0.word, row(of: $0)) }
    }
}
