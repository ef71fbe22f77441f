internal import Kit
internal import Shared

extension AuditFeature {
    static let list = Command(
        "audit.list", "Who did what, the latest first", access: .manageGuild, scope: .either, isPrivate: true, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "id": .id, "at": .text, "at_ms": .instant, "who": .text, "member": .named, "door": .text, "guild": .id,
                    "command": .text, "state": .text, "outcome": .text, "changes": .whole, "undo": .flag,
                    "final": .flag,
                ])), "next": .text,
        ]), example: "command: house.set",
        .optional(.text("command", "A command, or the beginning of its name", longest: 100)),
        .optional(.text("person", "A member's id or mention, or the name of an operator", longest: 100)),
        .optional(.date("since", "From when on")),
        .limit(20),
        .optional(.text("cursor", "Where the page before ended", longest: 20))
    ) { turn, command, person, since, limit, cursor in
        var condition = try place(turn)
        if let command { condition = "\(condition) AND a.command LIKE \(pattern(dotted(command)) + "%")" }
        if let person { condition = "\(condition) AND \(whose(person))" }
        if let since { condition = "\(condition) AND a.at >= \(since)" }
        if let cursor { condition = "\(condition) AND a.id < \(try position(cursor))" }
        let found = try AuditEntry.all(where: condition, limit: limit + 1, in: turn.store)
        let entries = Array(found.prefix(limit))
        let next = found.count > limit ? entries.last.map { String($0.id) } : nil
        return .page(
            AuditText.list(entries, turn, hasMore: next != nil), data: ["rows": .array(entries.map { $0.row(turn) })],
            next: next)
    }

    static let panel = Panel(
        "house.audit", "Audit", "Who did what", access: .moderate, scope: .either,
        tables: ["house_audit", "house_audit_details"],
        columns: [
            .init("at_ms", "When", .time), .init("who", "Who", .text), .init("command", "Command", .text),
            .init("state", "", .state), .init("outcome", "Outcome", .text), .init("door", "Door", .text),
            .init("changes", "Changes", .number), .init("id", "Id", .id),
        ],
        actions: [.init("audit.show", "Show", ["id": "id"]), .init("audit.undo", "Undo", ["id": "id"])],
        empty: "Nothing has been done yet.",
        .whole("top", "How many", 1...500, default: 200)
    ) { turn, top in
        try AuditEntry.all(where: try place(turn), limit: top, in: turn.store).map { Panel.Line(String($0.id), $0.row(turn)) }
    }

    /// What this asker may see: one server's admins see that server.
    static func place(_ turn: Turn) throws(Refusal) -> SQL {
        if let guild = turn.guild { return "a.guild = \(guild)" }
        if case .member(let member) = turn.asker, !member.ownsHouse {
            throw .forbidden("The whole audit is for the owners of this bot.", hint: "Ask in a server.")
        }
        return "1 = 1"
    }

    private static func whose(_ person: String) -> SQL {
        if let member: ID<Member> = mentioned(trimmed(person), marks: ["<@!", "<@"]) { return "d.member = \(member)" }
        let name = pattern(trimmed(person))
        return "(d.asker LIKE \("%\"name\":\"" + name + "%") OR d.asker LIKE \("%\"alias\":\"" + name + "%"))"
    }

    private static func dotted(_ words: String) -> String {
        words.lowercased().split { $0 == " " || $0 == "." }.joined(separator: ".")
    }

    private static func pattern(_ words: String) -> String { words.filter { $0 != "%" } }

    private static func position(_ cursor: String) throws(Refusal) -> Int64 {
        guard let id = Int64(cursor) else {
            throw .invalid("\"\(cursor.prefix(20))\" is not where a page ended.", field: "cursor")
        }
        return id
    }
}
