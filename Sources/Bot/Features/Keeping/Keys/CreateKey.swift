internal import Kit
internal import Shared

extension Keys {
    /// So many keys stand in one server at most: whoever needs more has lost count of them.
    private static let most = 20
    /// What a key reads where nothing else is said: ANA-04.
    private static let usual = ["analytics", "events"]

    static let create = Command(
        "keys.create", "Makes a key with which a program reads over the web; its text is shown once", access: .manageGuild,
        isPrivate: true, changes: true, hides: ["key"],
        returns: .record([
            "id": .whole, "name": .text, "sees": .text, "features": .list(.text), "limit": .whole, "made_ms": .instant,
            "author": .text, "ends_ms": .instant, "key": .text,
        ]), example: "name: dashboard features: analytics for: 90d",
        .title("name", "What it is for", longest: 40),
        .text("features", "What it reads, such as analytics events", longest: 200, default: usual.joined(separator: " ")),
        .oneOf("sees", "everyone, moderators or managers: as whom", default: KeySight.everyone),
        .optional(.duration("for", "How long it opens; for ever when left out", 1.hours...3650.days, bare: .days)),
        .whole("limit", "Requests in a minute", 1...600, default: 60)
    ) { turn, name, features, sees, span, limit in
        guard case .unix(let person) = turn.asker else {
            throw Refusal.forbidden(
                "A key's text must not pass through Discord, so keys are made in a shell.",
                hint: "There: hearth keys create --name \"\(name)\"")
        }
        let guild = try turn.requireGuild()
        let standing = try KeyRow.standing(in: guild, at: turn.now, turn.store)
        guard standing.count < most else {
            throw Refusal.conflict("There are \(most) keys already.", hint: "Revoke one that nobody uses: keys revoke")
        }
        if let twin = standing.first(where: { $0.name.lowercased() == name.lowercased() }) {
            throw Refusal(
                .conflict, "Key \(twin.id) is called \(twin.name) already.",
                hint: "Choose another name, or revoke it: keys revoke \(twin.id)", field: "name")
        }
        var row = KeyRow(
            guild: guild, name: name, sees: sees, features: try known(features, turn), limit: limit, made: turn.now,
            author: person.name, ends: span.map { turn.now + $0 })
        let text = AccessKey.prefix + turn.house.secret()
        row.id = try row.insert(SHA256.hex(of: text.utf8), in: turn.store)
        turn.change("key \(row.id)", from: .null, to: row.json)
        return .done(
            KeyText.made(row, text), data: row.json.joined(with: ["key": .string(text)]),
            undo: Invocation(command: "keys.revoke", arguments: ["key": .string(String(row.id))]))
    }

    private static func known(_ text: String, _ turn: Turn) throws(Refusal) -> [String] {
        let words = text.lowercased().split { $0 == " " || $0 == "," }.map(String.init)
        let names = turn.house.catalogue.features.map(\.name)
        for word in words where !names.contains(word) {
            throw Refusal(
                .notFound, "There is no feature \"\(word.prefix(60))\".",
                hint: nearest(to: word, among: names).map { "Did you mean \($0)?" } ?? "See them all with house features.",
                field: "features")
        }
        guard !words.isEmpty else { throw .invalid("Say what it reads.", field: "features", hint: "Such as analytics events.") }
        return names.filter(words.contains)
    }
}
