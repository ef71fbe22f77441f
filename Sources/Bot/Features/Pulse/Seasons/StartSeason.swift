internal import Kit
internal import Shared

extension Seasons {
    static let start = Command(
        "seasons.start", "Begins a season", access: .manageGuild, changes: true, returns: rowShape,
        example: "name: Winter until: 2027-02-28",
        name, .optional(.date("from", "Its first day, today or earlier; today when left out")),
        .optional(.date("until", "Its last day; without one it runs until it is closed"))
    ) { turn, name, from, until in
        let guild = try turn.requireGuild()
        let today = turn.zone.day(of: turn.now)
        let season = Season(
            guild: guild, name: name, first: from.map(turn.zone.day) ?? today, last: until.map(turn.zone.day))
        try check(season, today, turn)
        if let running = try SeasonRows.open(in: guild, turn.store) {
            throw Refusal.conflict(
                "\(running.name) is still running.", hint: "Close it first: seasons close archives its board.")
        }
        var begun = season
        begun.id = try SeasonRows.insert(season, in: turn.store)
        turn.change(begun.subject, from: .null, to: begun.settings)
        try plan(begun, turn)
        return .done(SeasonText.begun(begun), data: try row(of: begun, turn), undo: back("seasons.cancel", begun))
    }

    static let edit = Command(
        "seasons.edit", "Gives a season another name or another end", access: .manageGuild, changes: true, returns: rowShape,
        example: "season: Winter until: 2027-03-07",
        season, .optional(name), .optional(lastDay)
    ) { turn, word, name, until in
        let old = try SeasonRows.require(word, turn)
        try turn.require(version: old.version)
        var new = old
        if let name { new.name = name }
        if let until {
            guard old.state == .open else {
                throw Refusal(.conflict, "\(old.name) is closed: its days stay as they were.", field: "until")
            }
            new.last = if case .day(let end) = until { turn.zone.day(of: end) } else { nil }
        }
        try check(new, turn.zone.day(of: turn.now), turn)
        let end = new.last == old.last ? nil : old.last?.description ?? "none"
        let undo = Invocation(
            command: "seasons.edit",
            arguments: .fields([
                "season": .string(old.key), "name": .string(old.name), "until": end.map { .string($0) },
            ]))
        return try rewrite(old, as: new, turn, undo: undo)
    }

    static let cancel = Command(
        "seasons.cancel", "Calls a running season off, without an archive", access: .manageGuild, changes: true,
        returns: rowShape, example: "season: Winter",
        season
    ) { turn, word in
        let old = try SeasonRows.require(word, turn)
        try turn.require(version: old.version)
        guard old.state == .open else {
            throw Refusal(.conflict, "\(old.name) is closed already, and its archive stays.", field: "season")
        }
        var new = old
        new.state = .cancelled
        return try rewrite(old, as: new, turn, undo: back("seasons.reopen", old))
    }

    static let reopen = Command(
        "seasons.reopen", "Lets a season run again that was closed or called off", access: .manageGuild, changes: true,
        returns: rowShape, example: "season: Winter",
        season, .optional(lastDay)
    ) { turn, word, until in
        let old = try SeasonRows.require(word, turn, cancelled: true)
        try turn.require(version: old.version)
        guard old.state != .open else { throw Refusal(.conflict, "\(old.name) is running.", field: "season") }
        if let running = try SeasonRows.open(in: old.guild, turn.store) {
            throw Refusal.conflict("\(running.name) is running, and there is one season at a time.")
        }
        var new = old
        new.state = .open
        new.closed = nil
        new.sums = .init()
        // Its end has passed: it runs on until somebody closes it.
        if let last = new.last, last < turn.zone.day(of: turn.now) || old.state == .closed { new.last = nil }
        if case .day(let end) = until { new.last = turn.zone.day(of: end) }
        try check(new, turn.zone.day(of: turn.now), turn)
        try SeasonRows.freeze([], of: new, in: turn.store)
        return try rewrite(old, as: new, turn, undo: back(old.state == .closed ? "seasons.close" : "seasons.cancel", old))
    }

    static func rewrite(_ old: Season, as new: Season, _ turn: Turn, undo: Invocation) throws -> Reply {
        try SeasonRows.update(new, in: turn.store)
        turn.change(new.subject, from: old.settings, to: new.settings)
        try plan(new, turn)
        let written = try SeasonRows.find(new.id, in: turn.store) ?? new
        return .done(SeasonText.changed(written), data: try row(of: written, turn), undo: undo)
    }

    /// It ends by itself when its last day is over.
    private static func plan(_ season: Season, _ turn: Turn) throws {
        guard season.state == .open, let last = season.last else { return turn.cancel(end, key: season.key) }
        try turn.schedule(end, key: season.key, season.id, at: turn.zone.start(of: last + 1))
    }

    private static func check(_ season: Season, _ today: Day, _ turn: Turn) throws {
        guard season.first <= today else {
            throw Refusal(
                .invalid, "A season begins today or has begun: \(season.first) is to come.",
                hint: "Start it on that day.", field: "from")
        }
        if let last = season.last, season.state == .open, last < today {
            throw Refusal(.invalid, "Its last day, \(last), is over.", hint: "Give a day from today on.", field: "until")
        }
        let twin = try SeasonRows.all(of: season.guild, in: turn.store).first {
            $0.id != season.id && $0.name.lowercased() == season.name.lowercased()
        }
        if let twin {
            throw Refusal(.conflict, "There is a season \"\(twin.name)\" already.", hint: "Choose another name.", field: "name")
        }
    }

    static func back(_ command: String, _ season: Season) -> Invocation {
        Invocation(command: command, arguments: ["season": .string(season.key)])
    }

    // MARK: - Parameters

    static let season: Parameter<String> = .lookup("season", "Which season, by its name or number", names)
    static let anySeason: Parameter<String?> = .optional(
        .lookup("season", "Which season; the one that runs, or the last one, when left out", names))

    private static let names = Lookup("seasons") { turn, typed in
        guard let guild = turn.guild else { return [] }
        let wanted = typed.lowercased()
        return try SeasonRows.all(of: guild, in: turn.store)
            .filter { wanted.isEmpty || $0.name.lowercased().contains(wanted) }.prefix(25).map { Choice($0.name, $0.name) }
    }

    private enum LastDay: Sendable {
        case day(Instant)
        case none
    }
    private static let lastDay: Parameter<LastDay> = {
        let date = Parameter<Instant>.date("until", "Its last day, or none: it runs until it is closed")
        return Parameter<LastDay>(date.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "none" ? .none : .day(try date.parse(raw, context))
        }
    }()

    static let name: Parameter<String> = .title("name", "What it is called", longest: 60)
}
