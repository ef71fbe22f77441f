internal import Kit
internal import Shared

extension HouseFeature {
    /// MOD-07: several rules of counting and pinging at once, with the board as it would be by them.
    static let tune = Command(
        "house.tune", "Changes weights, decay and cooldowns together, and shows the board by the old and the new ones",
        access: .manageGuild, also: ["tune"], changes: true,
        returns: .record([
            "changed": .list(.record(["name": .text, "before": .anything, "after": .anything])),
            "board": .list(.record(["member": .named, "rank": .whole, "was": .whole, "score": .decimal, "had": .decimal])),
            "applied": .flag,
        ]), example: "reply: 3 decay: 0.97 preview: yes",
        knob("message", "Points of a message"), knob("reply", "Points on top for a reply"),
        knob("starter", "Points on top for starting a conversation"),
        knob("channel", "Points for each further channel of the day"),
        knob("reaction", "Points for a reaction"), knob("voice", "Points for a minute in voice"),
        knob("decay", "What is left of a day's points for each day since"),
        knob("cooldown", "How long nobody is mentioned again by a ping"),
        .yesNo("preview", "Only show what it would do", default: false)
    ) { turn, message, reply, starter, channel, reaction, voice, decay, cooldown, preview in
        let given = [
            "activity.base": message, "activity.reply": reply, "activity.starter": starter, "activity.channel": channel,
            "activity.reaction": reaction, "activity.voice": voice, "activity.decay": decay, "pings.cooldown": cooldown,
        ].compactMapValues(\.self)
        guard !given.isEmpty else {
            throw Refusal.invalid("Say what is to change.", field: "reply", hint: "Such as tune reply: 3 decay: 0.97.")
        }
        let guild = try turn.requireGuild()
        let tuning = try Tuning(given, SettingPlace(scope: .guild, target: guild.number, guild: guild), turn)
        let board = try tuning.board(turn)
        if !preview { try tuning.apply(turn) }
        let data: JSON = [
            "changed": .array(tuning.changes.map(\.json)), "board": .array(board.map { $0.json(turn) }),
            "applied": .bool(!preview),
        ]
        return .done(HouseText.tuned(tuning.changes, board, applied: !preview), data: data, undo: preview ? nil : tuning.undo)
    }

    private static func knob(_ name: String, _ summary: String) -> Parameter<String?> {
        .optional(.text(name, summary, longest: 40))
    }
}

/// Some settings that are changed together.
struct Tuning {
    struct Change {
        var setting: AnySetting
        var before: JSON
        var after: JSON
        /// What this place has set itself, before.
        var own: JSON?
        /// What it inherits is to count again.
        var isTakenBack: Bool

        var json: JSON { ["name": .string(setting.name), "before": before, "after": after] }
    }

    /// Where somebody stands by the new rules, and where by the old ones.
    struct Place {
        var member: ID<Member>
        var rank: Int
        var was: Int?
        var score: Double
        var had: Double

        func json(_ turn: Turn) -> JSON {
            .fields([
                "member": turn.named(member), "rank": .int(Int64(rank)), "was": was.map { .int(Int64($0)) },
                "score": .double(score), "had": .double(had),
            ])
        }
    }

    /// So many days are looked at for the board, and so many places are shown.
    private static let days = 90
    private static let places = 10

    let changes: [Change]
    private let place: SettingPlace

    init(_ given: [String: String], _ place: SettingPlace, _ turn: Turn) throws {
        self.place = place
        changes = try given.sorted { $0.key < $1.key }.compactMap { name, text in
            guard let setting = turn.house.catalogue.setting(name) else { return nil }
            let own = try SettingRows.own(name, at: place, in: turn.store)?.value
            let inherited =
                try place.chain.dropFirst().first.flatMap { try SettingRows.nearest(name, at: $0, in: turn.store)?.value }
                ?? setting.standard
            let isTakenBack = trimmed(text).lowercased() == Self.inherited
            let after = isTakenBack ? inherited : try Self.checked(text, setting, turn)
            return Change(setting: setting, before: own ?? inherited, after: after, own: own, isTakenBack: isTakenBack)
        }
    }

    /// The word for having again what the house or the standard says.
    private static let inherited = "inherited"

    private static func checked(_ text: String, _ setting: AnySetting, _ turn: Turn) throws(Refusal) -> JSON {
        do { return try setting.check(.text(text), turn.reading()) } catch {
            var refusal = error
            refusal.field = knob(setting.name)
            throw refusal
        }
    }

    func apply(_ turn: Turn) throws {
        for one in changes where one.isTakenBack ? one.own != nil : one.own != one.after {
            if one.isTakenBack {
                try SettingRows.remove(one.setting.name, at: place, turn)
            } else {
                _ = try SettingRows.write(one.setting.name, one.after, at: place, turn)
            }
            turn.change(HouseText.subject(one.setting.name, place), from: one.before, to: one.after)
        }
    }

    var undo: Invocation {
        let back = changes.map { one in
            (key: Self.knob(one.setting.name), value: JSON.string(one.own.map { $0.text ?? $0.line } ?? Self.inherited))
        }
        return Invocation(command: "house.tune", arguments: .object(JSON.Object(back)))
    }

    /// The parameter that a setting is turned by.
    private static func knob(_ name: String) -> String {
        let verb = String(name.drop { $0 != "." }.dropFirst())
        return verb == "base" ? "message" : verb
    }

    /// The first places of the last months' deeds by the new rules, beside those by the old ones.
    func board(_ turn: Turn) throws -> [Place] {
        guard let reading = turn.house.catalogue.reading(WhatIfReading.self) else { return [] }
        let old = try ranked(reading, .init(), turn)
        let new = try ranked(reading, weights, turn)
        let before = Dictionary(old.enumerated().map { ($1.member, (rank: $0 + 1, score: $1.score)) }) { first, _ in first }
        return new.prefix(Self.places).enumerated().compactMap { index, one in
            ID<Member>(one.member).map {
                Place(
                    member: $0, rank: index + 1, was: before[one.member]?.rank, score: one.score,
                    had: before[one.member]?.score ?? 0)
            }
        }
    }

    private func ranked(_ reading: WhatIfReading, _ weights: WhatIfReading.Weights, _ turn: Turn) throws
        -> [(member: Int64, score: Double)]
    {
        guard let measure = reading.measures(turn, weights, Self.days).first(where: { $0.name == "score" }) else { return [] }
        let column = try measure.column(turn, nil, nil)
        return zip(column.members, column.figures).map { (member: $0, score: ($1 * 10).rounded() / 10) }.filter { $0.score > 0 }
            .sorted { ($1.score, $0.member) < ($0.score, $1.member) }
    }

    private var weights: WhatIfReading.Weights {
        func value(_ name: String) -> Double? { changes.first { $0.setting.name == name }?.after.double }
        var weights = WhatIfReading.Weights()
        weights.message = value("activity.base")
        weights.reply = value("activity.reply")
        weights.starter = value("activity.starter")
        weights.channel = value("activity.channel")
        weights.reaction = value("activity.reaction")
        weights.voice = value("activity.voice")
        weights.decay = value("activity.decay")
        return weights
    }
}
