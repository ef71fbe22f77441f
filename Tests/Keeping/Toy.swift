import Kit
import Shared

/// A feature as small as can be: it counts messages, has a setting and hears when that is changed.
enum Toy {
    static let reply = Setting(
        "toy.reply", Parameter<Double>.decimal("points", "Points for a reply", 0...10), standard: 2, reach: .channel
    ) { .double($0) }

    static let place = Setting(
        "toy.place", Parameter<ID<Channel>?>.optional(.channel("channel", "Where it is told")), standard: nil
    ) { $0.map { .id($0) } ?? .null }

    static let feature = Feature(
        "toy", "Counts what is said", version: "1.0", settings: [reply.erased, place.erased],
        schema: [
            Migration(
                "toy-001-words", "CREATE TABLE toy_words (message BIGINT PRIMARY KEY)",
                "CREATE TABLE toy_changes (name TEXT NOT NULL, value DOUBLE PRECISION NOT NULL)")
        ],
        commands: [shout, forget, stumble],
        listeners: [
            .message("toy.count") { turn, message in
                try turn.store.run("INSERT INTO toy_words (message) VALUES (\(message.id))")
                return .passed
            },
            .news("toy.changed", SettingChanged.self) { turn, change in
                try turn.store.run("INSERT INTO toy_changes (name, value) VALUES (\(change.name), \(turn[reply]))")
            },
        ],
        readings: [
            ActivityReading { turn, guild in
                let words = try turn.store.first("SELECT COUNT(*) FROM toy_words") { $0.int(0) } ?? 0
                return .init(messages: guild == Household.tea ? words : 0, points: guild == Household.tea ? words * 1500 : 0)
            }
        ],
        export: { _, _ in .null }, erase: { _, _ in 0 })

    static let shout = Command(
        "toy.shout", "Shouts loudly in a channel", changes: true, returns: .nothing,
        .text("words", "What is shouted", longest: 100)
    ) { turn, words in
        turn.emit(.post(channel: .known(Household.hall), Post(Card(text: "\(words)"))))
        return .done(Card(text: "Shouted."), data: .null)
    }

    /// Erases a member from every feature, as privacy commands do.
    static let forget = Command(
        "toy.forget", "Erases a member", changes: true, returns: .nothing, .member("member", "Whom")
    ) { turn, member in
        let gone = try turn.house.catalogue.features.reduce(0) { try $0 + $1.erase(turn, member) }
        return .done(Card(text: "Forgotten."), data: .int(Int64(gone)))
    }

    struct Stumble: Error {}

    static let stumble = Command("toy.stumble", "Falls over", changes: true, returns: .nothing) { _ in throw Stumble() }
}
