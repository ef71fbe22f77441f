internal import Kit
internal import Shared

extension Seasons {
    private static let fields = [
        Configured.Field(firstDay) { .string($0.description) },
        Configured.Field(finish) { $0.map { .string($0.description) } ?? "none" },
    ]

    /// The season that runs. Those that are closed are archives, and nobody sets them up.
    static let configured = Configured(
        "season", "The season that runs, from its first to its last day", .given,
        kind: { _, _, value in fields.first { $0.name == value }?.kind },
        read: { turn in
            let running = try SeasonRows.open(in: try turn.requireGuild(), turn.store)
            return running.map { [record(of: $0)] } ?? []
        },
        settle: { turn, record, _ in
            var settled = try record.read(by: fields, turn)
            settled.name = try name.parse(.text(record.name), turn.reading())
            return settled
        },
        make: { turn, record in
            // Days in this way of writing have the order of their words.
            if let last = record["until"]?.text, last != "none", last < turn.zone.day(of: turn.now).description {
                return .leave(because: "It was over \(last).")
            }
            let known = try? SeasonRows.require(record.name, turn, cancelled: true)
            if let known, known.name == record.name {
                guard known.state == .cancelled else { return .leave(because: "It is closed, and its archive stays.") }
                return .run("seasons.reopen", ["season": .string(known.key)])
                    + edit(known.key, record.values.members.filter { $0.key == "until" })
            }
            let values = record.values.members.filter { $0.value != "none" }
            return .run("seasons.start", .object(JSON.Object([("name", .string(record.name))] + values)))
        },
        change: { turn, old, new in
            let changed = new.changed(from: old)
            if changed.contains(where: { $0.key == "from" }) {
                return .leave(because: "Its first day stays: what was counted from it on is its board.")
            }
            let named: [(key: String, value: JSON)] = old.name == new.name ? [] : [("name", .string(new.name))]
            return edit(old.name, changed + named)
        },
        remove: { _, record in .run("seasons.cancel", ["season": .string(record.name)]) })

    private static func record(of season: Season) -> Configured.Record {
        Configured.Record(
            season.name,
            ["from": .string(season.first.description), "until": season.last.map { .string($0.description) } ?? "none"])
    }

    private static func edit(_ season: String, _ values: [(key: String, value: JSON)]) -> Configured.Steps {
        values.isEmpty
            ? Configured.Steps([]) : .run("seasons.edit", .object(JSON.Object([("season", .string(season))] + values)))
    }

    // MARK: - Parameters

    /// A day on the server's calendar.
    private static let firstDay: Parameter<Day> = day("from", "Its first day")
    private static let finish: Parameter<Day?> = {
        let last = day("until", "Its last day, or none")
        return Parameter<Day?>(last.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "none" ? nil : try last.parse(raw, context)
        }
    }()

    private static func day(_ name: String, _ summary: String) -> Parameter<Day> {
        let date = Parameter<Instant>.date(name, summary)
        return Parameter<Day>(date.outline) { raw, context throws(Refusal) in
            context.zone.day(of: try date.parse(raw, context))
        }
    }
}
