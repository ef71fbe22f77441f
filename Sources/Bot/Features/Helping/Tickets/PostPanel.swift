internal import Kit
internal import Shared

extension Tickets {
    /// TKT-02: a message with a button for each kind. Its buttons are rows, so they outlive restarts and renames.
    static let panel = Command(
        "tickets.panel", "Posts a message whose buttons open tickets", access: .manageGuild, also: ["ticket_panel_post"],
        changes: true, returns: panelShape, example: "channel: #help",
        .channel("channel", "Where it is posted"),
        .optional(.title("title", "Its title", longest: 100)), .optional(.text("text", "What it says", longest: 1500)),
        .optional(.text("kinds", "The names of the kinds, parted by commas; all when left out", longest: 500))
    ) { turn, channel, title, text, names in
        let guild = try turn.requireGuild()
        try turn.requireOwn([.viewChannel, .sendMessages, .embedLinks], in: channel, of: guild)
        let kinds =
            try names.map { names in
                try names.split(separator: ",").map { try KindRows.require(trimmed($0), turn) }
            } ?? KindRows.all(of: guild, in: turn.store)
        guard !kinds.isEmpty else {
            throw Refusal.unavailable("There are no kinds of tickets yet.", hint: "Set one up with tickets add_kind.")
        }
        for kind in kinds { try check(kind, turn) }
        let (title, body) = (title ?? "Need help?", text ?? "Press a button: what you write is seen by you and staff.")
        let id =
            try turn.store.first(
                """
                INSERT INTO tickets_panels (guild, channel, kinds, title, body, at)
                VALUES (\(guild), \(channel), \(kinds.map(\.name).joined(separator: ",")), \(title), \(body), \(turn.now))
                RETURNING id
                """
            ) { $0.int(0) } ?? 0
        try turn.emit(
            .post(channel: .known(channel), Post(TicketText.panel(title, body, kinds))), receiptTo: panelPosted, id)
        turn.change("ticket panel \(id)", from: .null, to: .string(title))
        return .done(
            TicketText.posted(channel),
            data: [
                "panel": .int(id), "channel": turn.named(channel), "kinds": .array(kinds.map { .string($0.name) }),
                "title": .string(title),
            ])
    }

    static let panelShape = Shape.record([
        "panel": .whole, "channel": .named, "kinds": .list(.text), "title": .text,
    ])

    static let panelPosted: Job<Int64> = Job("tickets.panel_posted", late: .always) { turn, id in
        switch turn.receipt?.outcome {
        case .done(let made?): try turn.store.run("UPDATE tickets_panels SET message = \(made) WHERE id = \(id)")
        case .refused(let code, let words):
            let trouble = "Discord refused it (\(code)): \(words)"
            try turn.store.run("UPDATE tickets_panels SET trouble = \(trouble) WHERE id = \(id)")
        case .uncertain(let words), .expired(let words):
            try turn.store.run("UPDATE tickets_panels SET trouble = \(words) WHERE id = \(id)")
        case .done(nil), nil: break
        }
    }
}
