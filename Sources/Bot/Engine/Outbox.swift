internal import Kit
internal import Shared

/// Effects on disk: what was wanted, until Discord has said what became of it.
struct Outbox {
    /// Writes a turn's effects; the same cause writes each of its steps once, however often it happens.
    ///
    /// How old a parcel is counts from when it was written: its cause may be long past, told again after an outage.
    static func write(_ turn: Turn, salt: String, at wall: Instant, to store: any Connection) throws -> [Parcel] {
        var parcels: [Parcel] = []
        let chained = turn.effects.contains(where: \.refersToNew)
        var chain: Int64?
        for (step, effect) in turn.effects.enumerated() {
            let drawn = try withButtons(effect, turn, ButtonPlace(salt: salt, cause: turn.cause, step: step), store)
            let id = try loneAnswer(in: turn) ?? nextID(in: store)
            let lane = chained ? (chain ?? -id) : drawn.lane
            if chained { chain = lane }
            let nonce = Self.nonce(turn.cause, step, salt)
            let receiver = turn.receiptJobs[step]
            let written = try store.run(
                """
                INSERT INTO house_outbox (id, lane, cause, step, guild, effect, nonce, caused, created, state, tries, job,
                    payload)
                VALUES (\(id), \(lane), \(turn.cause.name), \(step), \(turn.guild), \(try encode(drawn)), \(nonce), \(turn.now),
                    \(wall), 'waiting', 0, \(receiver?.job), \(receiver?.payload)) ON CONFLICT DO NOTHING
                """)
            if written > 0 {
                parcels.append(
                    Parcel(
                        id: id, lane: lane, effect: drawn, nonce: nonce, created: wall, tries: 0, firstTried: nil,
                        step: step, guild: turn.guild))
            }
        }
        return parcels
    }

    /// All that is still on its way, oldest first.
    ///
    /// An effect that this version does not know stays where it is, for one that does.
    static func open(in store: any Connection, causedAfter: Instant? = nil, upTo: Instant? = nil) throws -> [Parcel] {
        var parcels = try store.all(
            """
            SELECT id, lane, effect, nonce, created, tries, first_tried, step, cause, guild FROM house_outbox
            WHERE state = 'waiting' AND caused > \(causedAfter ?? Instant(milliseconds: 0))
                AND caused <= \(upTo ?? Instant(milliseconds: .max)) ORDER BY id
            """
        ) { try parcel($0, in: store) }.compactMap { $0 }
        guard let oldest = parcels.filter({ $0.firstTried != nil }).map(\.created).min() else { return parcels }
        let others = Set(
            try store.all(
                "SELECT made FROM house_outbox WHERE settled >= \(oldest - 5.minutes) AND made IS NOT NULL LIMIT 100000"
            ) { $0.int(0) })
        for index in parcels.indices where parcels[index].firstTried != nil { parcels[index].others = others }
        return parcels
    }

    private static func parcel(_ row: any Row, in store: any Connection) throws -> Parcel? {
        guard let effect = try? decode(row.text(2)) else { return nil }
        return Parcel(
            id: row.int(0), lane: row.int(1), effect: effect, nonce: row.text(3), created: row.instant(4),
            tries: Int(row.int(5)), firstTried: row.optionalInt(6).map(Instant.init(milliseconds:)), step: Int(row.int(7)),
            made: effect.refersToNew ? try made(by: row.text(8), in: store) : [:], guild: row.id(9))
    }

    /// Takes up again what was settled in another way than done, as if it had just been written.
    static func reopen(_ parcels: [Int64], at now: Instant, in store: any Connection) throws -> [Parcel] {
        for id in parcels {
            try store.run(
                """
                UPDATE house_outbox SET state = 'waiting', tries = 0, first_tried = NULL, settled = NULL, note = NULL,
                    created = \(now) WHERE id = \(id) AND state IN ('uncertain', 'refused', 'expired')
                """)
        }
        return try parcels.flatMap { id in
            try store.all(
                """
                SELECT id, lane, effect, nonce, created, tries, first_tried, step, cause, guild FROM house_outbox
                WHERE id = \(id) AND state = 'waiting'
                """
            ) { try parcel($0, in: store) }.compactMap { $0 }
        }
    }

    /// The parcel on its way that has this nonce.
    static func waiting(for nonce: String, in store: any Connection) throws -> (id: Int64, tries: Int)? {
        try store.first("SELECT id, tries FROM house_outbox WHERE state = 'waiting' AND nonce = \(nonce)") {
            ($0.int(0), Int($0.int(1)))
        }
    }

    /// What a turn's settled effects have made, for those that refer to it and were still waiting when the process ended.
    private static func made(by cause: String, in store: any Connection) throws -> [Int: Int64] {
        let made = try store.all("SELECT step, made FROM house_outbox WHERE cause = \(cause) AND made IS NOT NULL") {
            (Int($0.int(0)), $0.int(1))
        }
        return Dictionary(made) { $1 }
    }

    static func noteTrying(_ parcels: [Int64], at now: Instant, in store: any Connection) throws {
        for id in parcels {
            try store.run(
                """
                UPDATE house_outbox SET tries = tries + 1, first_tried = COALESCE(first_tried, \(now)) WHERE id = \(id)
                """)
        }
    }

    /// What became known by a receipt.
    enum Settled {
        /// It was known before.
        case already
        case done
        /// A job wants to hear of it.
        case awaited(job: String, payload: String, guild: ID<Guild>?)
    }

    static func settle(_ receipt: Receipt, at now: Instant, in store: any Connection) throws -> Settled {
        let (state, made, note): (String, Int64?, String?) =
            switch receipt.outcome {
            case .done(let made): ("done", made, nil)
            case .refused(let code, let message): ("refused", nil, "\(code): \(message)")
            case .uncertain(let reason): ("uncertain", nil, reason)
            case .expired(let reason): ("expired", nil, reason)
            }
        let changed = try store.run(
            """
            UPDATE house_outbox SET state = \(state), made = \(made.map(SQLValue.int) ?? .null), note = \(note),
                tries = \(receipt.tries), settled = \(now), effect = CASE WHEN \(state) = 'done' THEN '' ELSE effect END
            WHERE id = \(receipt.parcel) AND state = 'waiting'
            """)
        guard changed > 0 else { return .already }
        let awaited = try store.first(
            "SELECT job, payload, guild FROM house_outbox WHERE id = \(receipt.parcel) AND job IS NOT NULL"
        ) { Settled.awaited(job: $0.text(0), payload: $0.text(1), guild: $0.id(2)) }
        return awaited ?? .done
    }

    private static func nextID(in store: any Connection) throws -> Int64 {
        try store.first("SELECT COALESCE(MAX(id), 0) + 1 FROM house_outbox WHERE id > 0") { $0.int(0) } ?? 1
    }

    /// An answer that is all a turn wants is known by its interaction, on the other side of zero: however often its turn is
    /// tried, it is the same parcel, and it may be on its way before its row is on disk.
    private static func loneAnswer(in turn: Turn) -> Int64? {
        guard turn.effects.count == 1, case .answer(let answer) = turn.effects[0] else { return nil }
        return -answer.interaction.number
    }

    /// At most 25 characters, the same for the same step of the same cause in this store, and for nothing else.
    private static func nonce(_ cause: Cause, _ step: Int, _ salt: String) -> String {
        var dice = Dice(seed: "\(salt)/\(cause.name)/\(step)")
        return "h" + String(dice.next(), radix: 36)
    }

    static func encode(_ effect: Effect) throws -> String { try JSON(encoding: effect).line }
    static func decode(_ text: String) throws -> Effect { try JSON(parsing: text).decoded() }

    /// Each button of a card becomes a row, and the row's id travels with it.
    private static func withButtons(
        _ effect: Effect, _ turn: Turn, _ place: ButtonPlace, _ store: any Connection
    ) throws -> Effect {
        try effect.mapCard { card in
            var card = card.named(by: turn.house.directory, in: turn.guild)
            for index in card.buttons.indices where card.buttons[index].standing == nil {
                let invocation = card.buttons[index].invocation
                card.buttons[index].row = try Buttons.write(
                    invocation, choosing: nil, turn.guild, turn.now, at: place.id(index), in: store)
            }
            if let menu = card.menu {
                card.menu?.row = try Buttons.write(
                    menu.invocation, choosing: menu.argument, turn.guild, turn.now, at: place.id(card.buttons.count), in: store)
            }
            return card
        }
    }
}

/// Where buttons stand. The same button of the same cause has the same row, so that one that was seen before its row was on
/// disk means the same when its cause is handled again.
struct ButtonPlace {
    var salt: String
    var cause: Cause
    var step: Int

    func id(_ index: Int) -> Int64 {
        var dice = Dice(seed: "\(salt)/button/\(cause.name)/\(step)/\(index)")
        return Int64(dice.next() >> 2) + 1
    }
}

/// What buttons and menus run, kept until somebody presses them.
enum Buttons {
    static func write(
        _ invocation: Invocation, choosing argument: String?, _ guild: ID<Guild>?, _ now: Instant, at id: Int64,
        in store: any Connection
    ) throws -> Int64 {
        try store.run(
            """
            INSERT INTO house_buttons (id, guild, command, arguments, argument, created)
            VALUES (\(id), \(guild), \(invocation.command), \(invocation.arguments), \(argument), \(now))
            ON CONFLICT (id) DO UPDATE SET command = excluded.command, arguments = excluded.arguments,
                argument = excluded.argument
            """)
        return id
    }

    struct Kept {
        var invocation: Invocation
        var guild: ID<Guild>?
        var argument: String?
    }

    static func find(_ id: Int64, in store: any Connection) throws -> Kept? {
        try store.first("SELECT command, arguments, guild, argument FROM house_buttons WHERE id = \(id)") {
            Kept(
                invocation: Invocation(command: $0.text(0), arguments: $0.json(1)), guild: $0.id(2),
                argument: $0.optionalText(3))
        }
    }
}
