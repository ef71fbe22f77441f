internal import Kit
internal import Shared

extension Events {
    /// Those that are still to come. What is over is not set up by anybody, and so is out of the text by itself.
    static let configured = Configured(
        "events", "Events and series that are still to come", .numbered,
        kind: { _, _, value in (plainFields + timeFields).first { $0.name == value }?.kind },
        read: { turn in
            try MeetingRows.all(of: try turn.requireGuild(), in: turn.store)
                .filter { try $0.comingTimes(1, turn).first != nil }.map { try written($0, turn) }
        },
        settle: { turn, record, known in try settled(record, beside: known, turn) },
        make: { turn, record in
            if let id = Int64(record.name), let old = try MeetingRows.find(id, in: turn.store), old.guild == turn.guild {
                let back: Configured.Steps = .run(
                    old.state == .cancelled ? "events.uncancel" : "events.restore", ["id": record.id])
                return try old.state == .on
                    ? over
                    : isComing(record, old, turn)
                        ? back + edit(record.id, from: written(old, turn), to: record) : over
            }
            guard try isComing(record, nil, turn) else { return over }
            let made = Configured.Record(record.name, ["skipped": [], "moved": []])
            let times = Configured.Record(
                record.name, .object(JSON.Object(record.values.members.filter { exceptions.contains($0.key) })))
            let values = record.values.members.filter { !exceptions.contains($0.key) && $0.value != "none" }
            return .run("events.create", .object(JSON.Object(values)))
                + edit(Configured.Steps.made, from: made, to: times)
        },
        change: { _, old, new in edit(old.id, from: old, to: new) },
        remove: { _, record in .run("events.archive", ["id": record.id]) })

    private static let over: Configured.Steps = .leave(because: "It is over.")
    private static let exceptions = ["skipped", "moved"]

    // MARK: - As text

    private static let plainFields = [
        Configured.Field(title) { .string($0) },
        Configured.Field(Parameter<String?>.orNone(details)) { $0.map { .string($0) } ?? "none" },
        Configured.Field(channel) { .id($0) },
        Configured.Field(Parameter<ID<Channel>?>.orNone(voice)) { $0.map { .id($0) } ?? "none" },
        Configured.Field(Parameter<String?>.orNone(place)) { $0.map { .string($0) } ?? "none" },
        Configured.Field(Parameter<Int?>.orNone(capacity)) { $0.map { .int(Int64($0)) } ?? "none" },
        Configured.Field(Parameter<Duration?>.orNone(cutoff)) { $0.map { .string($0.exactly) } ?? "none" },
        Configured.Field(Parameter<ID<Role>?>.orNone(role)) { $0.map { .id($0) } ?? "none" },
        Configured.Field(reminders) { .string($0) },
        Configured.Field(Parameter<String?>.orNone(template)) { $0.map { .string($0) } ?? "none" },
    ]

    private static let timeFields = [
        Configured.Field(zone) { .string($0) }, Configured.Field(start) { .string($0.text) },
        Configured.Field(end) { .string($0.text) }, Configured.Field(again) { .string($0) },
        Configured.Field.several("skipped", moment("skipped", "Times that are left out")) { .string($0.rfc3339) },
        Configured.Field.several("moved", shift) { .string($0) },
    ]

    private static func moment(_ name: String, _ summary: String) -> Parameter<Instant> { .date(name, summary) }

    /// "2026-12-24T18:00:00Z to 2026-12-25T18:00:00Z": a time of a rule, and when it comes instead.
    private static let shift: Parameter<String> = {
        let words = Parameter<String>.words("moved", "Times that come at another one")
        let date = moment("moved", "")
        return Parameter<String>(words.outline) { raw, context throws(Refusal) in
            let parts = try words.parse(raw, context).split(separator: " to ").map(String.init)
            guard parts.count == 2 else {
                throw .invalid(
                    "A time that is moved is one time to another.", hint: "Such as 2026-12-24 18:00 to 2026-12-25 18:00.")
            }
            let (from, to) = (try date.parse(.text(parts[0]), context), try date.parse(.text(parts[1]), context))
            return spelled(from, to)
        }
    }()

    private static func spelled(_ from: Instant, _ to: Instant) -> String { "\(from.rfc3339) to \(to.rfc3339)" }

    private static func written(_ one: Meeting, _ turn: Turn) throws -> Configured.Record {
        var values = one.settings.object ?? .init()
        values["end"] = .string(one.length.exactly)
        let known = try OccurrenceRows.all(of: one.id, in: turn.store).filter { $0.at > turn.now }
        values["skipped"] = .array(known.filter { $0.state == .skipped }.map { .string($0.at.rfc3339) })
        values["moved"] = .array(
            known.filter { ![.skipped, .over].contains($0.state) && $0.starts != $0.at }
                .map { .string(spelled($0.at, $0.starts)) })
        return Configured.Record(one.key, .object(values))
    }

    /// Times depend on each other and on the zone: they are read as `create` and `edit` read them.
    private static func settled(
        _ record: Configured.Record, beside known: Configured.Record?, _ turn: Turn
    ) throws -> Configured.Record {
        var settled = try record.read(by: plainFields + timeFields, turn)
        guard ["start", "end", "recurrence", "zone"].contains(where: { settled[$0] != nil }) else { return settled }
        let one = try meeting(settled, known.flatMap { Int64($0.name) }, turn)
        settled.values["start"] = .string(one.start.rfc3339)
        settled.values["zone"] = .string(one.zone)
        if settled["end"] != nil { settled.values["end"] = .string(one.length.exactly) }
        if settled["recurrence"] != nil { settled.values["recurrence"] = one.rule.map { .string($0) } ?? "none" }
        return settled
    }

    /// An event as a record has it, on top of the one that is there.
    private static func meeting(_ record: Configured.Record, _ id: Int64?, _ turn: Turn) throws -> Meeting {
        let guild = try turn.requireGuild()
        let known = try id.flatMap { try MeetingRows.find($0, in: turn.store) }.flatMap { $0.guild == guild ? $0 : nil }
        let zone = try record["zone"]?.text.map { try read(zone: $0) } ?? known.map { try read(zone: $0.zone) } ?? turn.zone
        let start = try record["start"]?.text.map { try WrittenTime(text: $0).moment(turn.now, zone, "start").wholeSecond }
        guard let start = start ?? known?.start else {
            throw Refusal.invalid("An event needs a start.", field: "start", hint: "Such as start: 2026-12-24 18:00.")
        }
        var one =
            known
            ?? Meeting(
                guild: guild, title: "", text: "", start: start, length: turn[length], zone: zone.name,
                channel: ID<Channel>(firstAt: turn.now), uid: "")
        one.start = start
        one.zone = zone.name
        try readTimes(of: &one, record["end"]?.text.map(WrittenTime.init), record["recurrence"]?.text, turn)
        return one
    }

    private static func isComing(_ record: Configured.Record, _ old: Meeting?, _ turn: Turn) throws -> Bool {
        try meeting(record, old?.id, turn).comingTimes(1, turn).first != nil
    }

    // MARK: - Steps

    private static func edit(_ id: JSON, from old: Configured.Record, to new: Configured.Record) -> Configured.Steps {
        let which: [(key: String, value: JSON)] = [("id", id)]
        var changed = new.changed(from: old).filter { !exceptions.contains($0.key) }
        if changed.contains(where: { $0.key == "zone" }), !changed.contains(where: { $0.key == "start" }),
            let start = new["start"] ?? old["start"]
        {
            // Another zone alone would let the clock on the wall stay.
            changed.append(("start", start))
        }
        var steps = Configured.Steps([])
        if !changed.isEmpty { steps = .run("events.edit", .object(JSON.Object(which + changed))) }
        let before = times(old, beside: [])
        let after = times(new, beside: before)
        for (at, _) in before where !after.contains(where: { $0.at == at }) {
            steps = steps + .run("events.keep", .object(JSON.Object(which + [("on", .string(at))])))
        }
        for (at, to) in after where !before.contains(where: { $0.at == at && $0.to == to }) {
            let on: [(key: String, value: JSON)] = [("on", .string(at))]
            steps =
                steps
                + (to.map { .run("events.move", .object(JSON.Object(which + on + [("to", .string($0))]))) }
                    ?? .run("events.skip", .object(JSON.Object(which + on))))
        }
        return steps
    }

    /// The times that do not come as the rule says; where a record says nothing of them, those that there are.
    private static func times(
        _ record: Configured.Record, beside known: [(at: String, to: String?)]
    ) -> [(at: String, to: String?)] {
        let skipped = record["skipped"]?.array.map { $0.compactMap(\.text).map { (at: $0, to: String?.none) } }
        let moved = record["moved"]?.array.map { all in
            all.compactMap(\.text).map { $0.split(separator: " to ").map(String.init) }.filter { $0.count == 2 }
                .map { (at: $0[0], to: String?.some($0[1])) }
        }
        return (skipped ?? known.filter { $0.to == nil }) + (moved ?? known.filter { $0.to != nil })
    }
}

extension Configured.Record {
    fileprivate var id: JSON { .string(name) }
}
