internal import Kit
internal import Shared

extension Tickets {
    static let addKind = Command(
        "tickets.add_kind", "Offers a way to ask for help", access: .manageGuild, changes: true, returns: kindShape,
        example: "name: billing label: Billing questions: Which order? | What is wrong? (long)",
        .title("name", "What it is called in commands", longest: 30),
        .optional(.title("label", "What its button says; its name when left out", longest: 80)),
        .optional(questions), .oneOf("place", "channel or thread", default: Ticket.Place.channel),
        .optional(parent), .optional(role), .oneOf("preset", presets, default: TicketKind.Preset.closed), .optional(opening),
        .oneOf("priority", "How urgent such a ticket is", default: Ticket.Priority.normal)
    ) { turn, name, label, questions, place, parent, role, preset, greeting, priority in
        let guild = try turn.requireGuild()
        let name = name.lowercased()
        if let old = try KindRows.named(name, in: guild, turn.store) {
            throw Refusal(
                .conflict, "There is a kind called \"\(name)\" already\(old.isRemoved ? ", which was removed" : "").",
                hint: old.isRemoved ? "Have it back with tickets restore_kind." : "Change it with tickets edit_kind.",
                field: "name")
        }
        var kind = TicketKind(
            guild: guild, name: name, label: label ?? name, place: place, parent: parent, role: role, preset: preset,
            questions: questions ?? [TicketKind.standardQuestion], greeting: try checked(greeting), priority: priority)
        guard try KindRows.all(of: guild, in: turn.store).count < 25 else {
            throw Refusal.conflict("A server has 25 kinds of tickets at most.", hint: "Remove one: tickets remove_kind.")
        }
        try check(kind, turn)
        kind.id = try KindRows.insert(kind, in: turn.store)
        turn.change(kind.subject, from: .null, to: kind.settings)
        return .done(
            TicketText.kind(kind, "is offered"), data: row(of: kind, turn),
            undo: Invocation(command: "tickets.remove_kind", arguments: ["kind": .string(name)]))
    }

    static let editKind = Command(
        "tickets.edit_kind", "Changes a kind of ticket", access: .manageGuild, changes: true, returns: kindShape,
        example: "kind: billing priority: high",
        whichKind, .optional(.title("label", "What its button says", longest: 80)), .optional(questions),
        .optional(.oneOf("place", "channel or thread")), .optional(orNone(parent)), .optional(orNone(role)),
        .optional(.oneOf("preset", presets)), .optional(opening), .optional(.oneOf("priority", "How urgent such a ticket is"))
    ) {
        (
            turn, name, label, questions, place: Ticket.Place?, parent: ID<Channel>??, role: ID<Role>??,
            preset: TicketKind.Preset?, greeting, priority: Ticket.Priority?
        ) in
        let old = try KindRows.require(name, turn)
        try turn.require(version: old.version)
        var new = old
        if let label { new.label = label }
        if let questions { new.questions = questions }
        if let place { new.place = place }
        if let parent { new.parent = parent }
        if let role { new.role = role }
        if let preset { new.preset = preset }
        if let greeting { new.greeting = try checked(greeting) }
        if let priority { new.priority = priority }
        try check(new, turn)
        try KindRows.update(new, in: turn.store)
        turn.change(new.subject, from: old.settings, to: new.settings)
        let back = (["kind": .string(old.name)] as JSON).joined(with: old.settings.without("name"))
        return .done(
            TicketText.kind(new, "is changed"), data: row(of: try KindRows.require(name, turn), turn),
            undo: Invocation(command: "tickets.edit_kind", arguments: back))
    }

    static let removeKind = switching(
        "tickets.remove_kind", "Offers a kind of ticket no more; open ones go on", removed: true, back: "tickets.restore_kind")
    static let restoreKind = switching(
        "tickets.restore_kind", "Offers a removed kind of ticket again", removed: false, back: "tickets.remove_kind")

    private static func switching(_ name: String, _ summary: String, removed: Bool, back: String) -> Command {
        Command(
            name, summary, access: .manageGuild, changes: true, returns: kindShape, example: "billing", whichKind
        ) { turn, which in
            var kind = try KindRows.require(which, turn, removed: !removed)
            try turn.require(version: kind.version)
            var undo: Invocation?
            if kind.isRemoved != removed {
                kind.isRemoved = removed
                if !removed { try check(kind, turn) }
                try KindRows.update(kind, in: turn.store)
                turn.change(kind.subject, from: .bool(removed), to: .bool(!removed))
                undo = Invocation(command: back, arguments: ["kind": .string(kind.name)])
            }
            return .done(
                TicketText.kind(kind, removed ? "is offered no more" : "is offered again"), data: row(of: kind, turn),
                undo: undo)
        }
    }

    static let kinds = Command(
        "tickets.kinds", "The kinds of tickets that this server offers", changes: false,
        returns: .record(["rows": .list(kindShape)])
    ) { turn in
        let kinds = try KindRows.all(of: try turn.requireGuild(), in: turn.store)
        return .done(TicketText.kinds(kinds), data: ["rows": .array(kinds.map { row(of: $0, turn) })])
    }

    // MARK: - Parameters

    static let whichKind: Parameter<String> = .lookup("kind", "Its name, as tickets kinds shows it", kindNames)

    static let kindNames = Lookup("ticket kinds") { turn, typed in
        let wanted = typed.lowercased()
        return try KindRows.all(of: try turn.requireGuild(), in: turn.store)
            .filter { wanted.isEmpty || $0.name.contains(wanted) || $0.label.lowercased().contains(wanted) }.prefix(25)
            .map { Choice($0.label, $0.name) }
    }

    private static let questions: Parameter<[TicketKind.Question]> = .questions(
        "questions", "Up to five, parted by |, such as: What is wrong? (long) | Since when? (optional); or none")
    private static let parent: Parameter<ID<Channel>> = .channel(
        "parent", "The category of its channels, or channel of threads")
    private static let role: Parameter<ID<Role>> = .role("role", "Who answers; the server's staff when left out")
    private static let opening: Parameter<String> = .text(
        "greeting", "What such a ticket begins with, or server", longest: 1500)
    private static let presets = "closed (member and staff), plain (words alone) or readable (everybody reads)"

    /// The word "none" takes away what there is.
    private static func orNone<Value>(_ inner: Parameter<Value>) -> Parameter<Value?> {
        Parameter<Value?>(inner.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "none" ? nil : try inner.parse(raw, context)
        }
    }

    private static func checked(_ greeting: String?) throws(Refusal) -> String? {
        guard let greeting, trimmed(greeting).lowercased() != "server" else { return nil }
        return try Template(greeting, places: places, field: "greeting").text
    }

    // MARK: - Rows

    static let kindShape = Shape.record([
        "kind": .text, "label": .text, "place": .text, "parent": .named, "role": .named, "preset": .text,
        "questions": .text, "greeting": .text, "priority": .text, "removed": .flag, "version": .whole,
    ])

    static func row(of kind: TicketKind, _ turn: Turn) -> JSON {
        .fields([
            "kind": .string(kind.name), "label": .string(kind.label), "place": .string(kind.place.rawValue),
            "parent": kind.parent.map { turn.named($0) }, "role": kind.role.map { turn.named($0) },
            "preset": .string(kind.preset.rawValue), "questions": .string(kind.questions.text),
            "greeting": .string(kind.greeting ?? turn[greeting].text), "priority": .string(kind.priority.rawValue),
            "removed": .bool(kind.isRemoved), "version": .int(kind.version),
        ])
    }
}

extension JSON {
    fileprivate func without(_ key: String) -> JSON {
        guard case .object(var object) = self else { return self }
        object[key] = nil
        return .object(object)
    }
}
