internal import Kit
internal import Shared

extension Topics {
    static let add = Command(
        "topics.add", "Adds a conversation starter of this server's own", access: .manageGuild, changes: true,
        returns: ownShape, example: "category: food text: Who bakes?",
        categoryName, .text("text", "What is asked", longest: longest)
    ) { turn, category, text in
        let guild = try turn.requireGuild()
        let words = trimmed(text)
        guard !words.isEmpty else { throw Refusal.invalid("The text is empty.", field: "text") }
        let known = try OwnTopic.all(of: guild, in: turn.store)
        if let same = known.first(where: { $0.category == category && $0.text == words }) {
            throw Refusal(.conflict, "That is topic \(same.id) already.", hint: "See them with topics list.", field: "text")
        }
        guard known.count < mostOwn else {
            throw Refusal(.limited, "There are \(mostOwn) already.", hint: "Remove one with topics remove.")
        }
        var made = OwnTopic(guild: guild, category: category, text: words)
        made.id =
            try turn.store.first(
                """
                INSERT INTO topics_own (guild, category, text, removed, version) VALUES (\(guild), \(category), \(words), 0, 1)
                RETURNING id
                """
            ) { $0.int(0) } ?? 0
        turn.change(made.subject, from: .null, to: made.row)
        return .done(
            TopicText.added(made), data: made.row,
            undo: Invocation(command: "topics.remove", arguments: ["id": .int(made.id)]))
    }

    static let list = Command(
        "topics.list", "The conversation starters of this server's own", changes: false,
        returns: .record(["rows": .list(ownShape), "next": .text]),
        .optional(.lookup("category", "Only of this category", categoryNames)), .limit(20), .cursor
    ) { turn, category, limit, cursor in
        let all = try OwnTopic.all(of: try turn.requireGuild(), in: turn.store).filter {
            category == nil || $0.category == category?.lowercased()
        }
        let rows = all.dropFirst(cursor.offset).prefix(limit)
        let next = cursor.offset + limit < all.count ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            TopicText.list(Array(rows), of: all.count),
            data: .fields(["rows": .array(rows.map(\.row)), "next": next.map { .string($0) }]), next: next)
    }

    static let remove = switchingOwn(
        to: true, "topics.remove", "Removes a conversation starter; restore brings it back", back: "topics.restore")
    static let restore = switchingOwn(
        to: false, "topics.restore", "Brings back a conversation starter that was removed", back: "topics.remove")

    private static func switchingOwn(to isRemoved: Bool, _ name: String, _ summary: String, back: String) -> Command {
        Command(
            name, summary, access: .manageGuild, changes: true, returns: ownShape, example: "1",
            .whole("id", "Its number, as topics list shows it", 1...Int.max)
        ) { turn, id in
            let guild = try turn.requireGuild()
            guard var own = try OwnTopic.find(Int64(id), of: guild, in: turn.store), isRemoved != own.isRemoved else {
                throw Refusal(
                    .notFound, "There is no \(isRemoved ? "" : "removed ")topic \(id) here.",
                    hint: "See them with topics list.",
                    field: "id")
            }
            try turn.require(version: own.version)
            let before = own.row
            own.isRemoved = isRemoved
            own.version += 1
            try turn.store.run(
                "UPDATE topics_own SET removed = \(isRemoved), version = \(own.version) WHERE id = \(own.id) AND guild = \(guild)"
            )
            turn.change(own.subject, from: isRemoved ? before : .null, to: isRemoved ? .null : own.row)
            return .done(
                TopicText.switched(own), data: own.row,
                undo: Invocation(command: back, arguments: ["id": .int(own.id)]))
        }
    }

    static let longest = 300
    static let mostOwn = 1000
    private static let ownShape = Shape.record([
        "id": .whole, "category": .text, "text": .text, "removed": .flag, "version": .whole,
    ])
}

/// A conversation starter that an admin wrote.
struct OwnTopic: Equatable {
    var id: Int64 = 0
    var guild: ID<Guild>
    var category: String
    var text: String
    var isRemoved = false
    var version: Int64 = 1

    var subject: String { "topic \(id)" }

    var row: JSON {
        [
            "id": .int(id), "category": .string(category), "text": .string(text), "removed": .bool(isRemoved),
            "version": .int(version),
        ]
    }

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [OwnTopic] {
        try store.all(
            "SELECT id, category, text, removed, version FROM topics_own WHERE guild = \(guild) AND removed = 0 ORDER BY category, id"
        ) { read($0, guild) }
    }

    static func find(_ id: Int64, of guild: ID<Guild>, in store: any Connection) throws -> OwnTopic? {
        try store.first(
            "SELECT id, category, text, removed, version FROM topics_own WHERE id = \(id) AND guild = \(guild)"
        ) { read($0, guild) }
    }

    private static func read(_ row: any Row, _ guild: ID<Guild>) -> OwnTopic {
        OwnTopic(
            id: row.int(0), guild: guild, category: row.text(1), text: row.text(2), isRemoved: row.flag(3), version: row.int(4))
    }
}
