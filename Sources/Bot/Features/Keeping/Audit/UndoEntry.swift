internal import Kit
internal import Shared

extension AuditFeature {
    /// LEAD-06: runs what an entry says would take it back, the newest of several first; all of them or none.
    static let undo = Command(
        "audit.undo", "Takes back what an entry of the audit did, or several", access: .manageGuild, scope: .either,
        changes: true,
        returns: .record(["rows": .list(.record(["id": .id, "command": .text, "by": .text, "result": .anything]))]),
        example: "12",
        .text("id", "The entry's number, or several", longest: 200)
    ) { turn, words in
        let numbers = try numbers(words)
        var rows: [JSON] = []
        var replies: [(entry: AuditEntry, reply: Reply)] = []
        for id in numbers {
            let entry = try undoable(id, turn)
            guard let (command, arguments) = invocation(of: entry, turn) else { throw final(entry) }
            guard turn.asker.may(command.access) else {
                throw Refusal.forbidden("Entry \(id) is taken back by \(command.name), which is for \(command.access.spelled).")
            }
            try refuseOthers(wish: entry, command, turn)
            let reply = try command.run(turn, Arguments(arguments, in: turn.reading()))
            try turn.store.run("INSERT INTO audit_undone (entry, at) VALUES (\(id), \(turn.now)) ON CONFLICT DO NOTHING")
            replies.append((entry, reply))
            rows.append(
                .fields([
                    "id": .string(String(id)), "command": .string(entry.command), "by": .string(command.name),
                    "result": reply.data,
                ]))
        }
        if turn.door != .socket { turn.askFirst() }
        return .done(
            AuditText.undone(replies), data: ["rows": .array(rows)],
            undo: replies.count == 1 ? replies.first?.reply.undo : nil)
    }

    /// In the order in which they are taken back: what was done last goes first.
    private static func numbers(_ words: String) throws(Refusal) -> [Int64] {
        let found = words.split { $0 == " " || $0 == "," }.map { Int64($0) }
        guard !found.isEmpty, found.count <= 25, !found.contains(nil) else {
            throw .invalid("id is the number of an entry, or up to 25 of them.", field: "id", hint: "See them with audit list.")
        }
        return Set(found.compactMap(\.self)).sorted(by: >)
    }

    private static func undoable(_ id: Int64, _ turn: Turn) throws -> AuditEntry {
        guard let entry = try AuditEntry.all(where: "\(try place(turn)) AND a.id = \(id)", limit: 1, in: turn.store).first
        else {
            throw Refusal(.notFound, "There is no entry \(id) here.", hint: "See them with audit list.", field: "id")
        }
        guard entry.guild == turn.guild else {
            throw Refusal.invalid("Entry \(id) belongs to another server.", field: "guild", hint: "Name that server.")
        }
        if let at = try turn.store.first("SELECT at FROM audit_undone WHERE entry = \(id)", { $0.instant(0) }) {
            throw Refusal.conflict(
                "Entry \(id) was taken back at \(at.rfc3339) already.", hint: "What took it back has an entry too.")
        }
        guard entry.isDone else { throw Refusal.conflict("Entry \(id) changed nothing: it was \(entry.outcome).") }
        return entry
    }

    private static func invocation(of entry: AuditEntry, _ turn: Turn) -> (Command, [String: Raw])? {
        guard let undo = entry.detail?.undo, let name = undo["command"]?.text,
            let command = turn.house.catalogue.command(name)
        else { return nil }
        let members = undo["arguments"]?.object?.members ?? []
        return (command, members.reduce(into: [:]) { $0[$1.key] = .json($1.value) })
    }

    /// What members do for themselves, taken back by somebody else, would be done to that one.
    private static func refuseOthers(wish entry: AuditEntry, _ command: Command, _ turn: Turn) throws(Refusal) {
        guard command.isForMembers, let member = entry.detail?.member, turn.asker.member != member else { return }
        let name = turn.house.directory.name(of: member, in: entry.guild) ?? "member \(member)"
        throw .forbidden(
            "Entry \(entry.id) is what \(name) wanted for themselves, and theirs to take back.",
            hint: "An operator can do it on their behalf with `as`.")
    }

    private static func final(_ entry: AuditEntry) -> Refusal {
        entry.detail == nil
            ? .unavailable("Entry \(entry.id) has had people erased, and with them what would take it back.")
            : .unavailable(
                "Entry \(entry.id), \(entry.command), cannot be taken back.",
                hint: "audit show \(entry.id) says what it did, so that it can be put right by hand.")
    }
}
