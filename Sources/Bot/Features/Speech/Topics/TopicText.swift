internal import Kit
internal import Shared

/// What topics say to people.
enum TopicText {
    static func topic(_ topic: ChosenTopic, asked category: String?) -> Card {
        Card(
            text: topic.phrase,
            buttons: [
                Button("Another one", emoji: "💬", runs: "topics.topic", category.map { ["category": .string($0)] } ?? [:])
            ])
    }

    static func posted(_ topic: ChosenTopic) -> Card { Card(text: "💬 \(topic.phrase)") }

    static func trending(_ trends: Trends, _ channels: [ID<Channel>], days: Int) -> Card {
        let span = days == 1 ? "today" : "the last \(days) days"
        let place: Phrase = channels.count == 1 ? "\(channels[0])" : "\(channels.count) channels"
        guard !trends.found.isEmpty else {
            return Card(
                "Trending",
                text: """
                    Nothing stands out in \(place) in \(words: span): \(trends.sampledNow) messages were looked at, \
                    \(trends.sampledBefore) of the days before.
                    """)
        }
        let lines = trends.found.enumerated().map { place, trend -> Phrase in
            let before: Phrase = trends.isCompared ? ", \(trend.before) before" : ""
            return """
                \(place + 1). \(strong: trend.word)  in \(trend.now) \(words: trend.now == 1 ? "message" : "messages")\(before), \
                about \(trend.voices) people
                """
        }
        let footer: Phrase =
            trends.isCompared
            ? "Of \(trends.sampledNow) messages that were looked at, \(trends.sampledBefore) before. The surest come first."
            : "There is nothing yet to compare with: what most people used comes first."
        return Card("Trending in \(words: span)", text: "In \(place):\n" + .lines(lines), footer: footer)
    }

    // MARK: - The server's own

    static func added(_ own: OwnTopic) -> Card {
        Card(text: "Topic \(own.id) is added to \(strong: own.category): \(own.text)", tone: .good)
    }

    static func switched(_ own: OwnTopic) -> Card {
        Card(
            text: "Topic \(own.id) \(words: own.isRemoved ? "is removed" : "is back"): \(own.text)",
            footer: own.isRemoved ? "topics restore \(own.id) brings it back." : nil, tone: .good)
    }

    static func list(_ rows: [OwnTopic], of all: Int) -> Card {
        let lines = rows.map { "\(strong: String($0.id))  \($0.category): \($0.text)" as Phrase }
        return Card(
            "This server's own topics",
            text: lines.isEmpty ? "There are none. Add one with topics add." : .lines(lines),
            footer: all > rows.count ? "\(all) in all." : nil)
    }

    // MARK: - Schedules

    static func scheduled(_ schedule: TopicSchedule, _ turn: Turn) throws -> Card {
        let state =
            switch schedule.state {
            case .on: "comes"
            case .paused: "is paused"
            case .removed: "is removed"
            }
        let times = schedule.state == .on ? try schedule.times(after: turn.now, count: 5, turn) : []
        let about: Phrase = schedule.category.map { "about \(strong: $0)" } ?? "about anything"
        return Card(
            "Scheduled topic \(schedule.id) \(words: state)",
            text: "Posts a topic \(about) in \(schedule.channel), \(words: schedule.rhythm.spelled) (\(words: schedule.zone)).",
            fields: times.isEmpty ? [] : [.init("Next", .lines(times.map { "\($0, .moment)" }), isInline: false)],
            footer: schedule.state == .on ? nil : "topics resume \(words: schedule.key) lets it come again.", tone: .good)
    }

    static func schedules(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let next: Phrase =
                row["next_ms"]?.int.map { "next \(Instant(milliseconds: $0), .relative)" }
                ?? "\(words: row["state"]?.text ?? "")"
            let place: Phrase = row["channel"]?["id"]?.id(Channel.self).map { "\($0)" } ?? "?"
            let trouble: Phrase = row["trouble"]?.text.map { "\n  \($0)" } ?? ""
            return """
                \(strong: row["id"]?.line ?? "")  \(place)  \(row["category"]?.text ?? ""), \
                \(row["rhythm"]?.text ?? ""), \(next)\(trouble)
                """
        }
        return Card(
            "Scheduled topics", text: lines.isEmpty ? "There are none. Set one up with topics schedule." : .lines(lines))
    }

    // MARK: - The language model

    static func stock(_ rows: [JSON], _ spent: Spending, model: String?, requests: Int, tokens: Int) -> Card {
        guard let model else {
            return Card(
                "Phrased topics", text: "No language model phrases topics here: they come from the built-in texts and your own."
            )
        }
        let lines = rows.map { row -> Phrase in
            let trouble: Phrase = row["trouble"]?.text.map { ": \($0)" } ?? ""
            return "\(strong: row["category"]?.text ?? "")  \(row["ready"]?.int ?? 0) ready\(trouble)"
        }
        return Card(
            "Phrased topics", text: lines.isEmpty ? "None was asked for yet: the first topic asks." : .lines(lines),
            fields: [
                .init("Model", "\(model)"), .init("Requests today", "\(spent.requests) of \(requests)"),
                .init("Tokens today", "\(spent.tokens) of \(tokens)"),
                .init("Lines", "\(spent.kept) kept, \(spent.refused) filtered, \(spent.failed) failures"),
            ])
    }
}
