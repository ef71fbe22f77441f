internal import Kit
internal import Machine
internal import Shared

/// Times of which something may be missing, and what of it is still to be fetched back: rows, so that it goes on after a
/// crash. A gap begins with the last thing that we know was handled and ends with the next session.
///
/// In `house_backfill` a channel of 0 stands for a guild whose channels are not known yet. A channel has one row; where a
/// second gap comes before the first is filled, the row stays with the first, and reading goes on through both.
enum Gaps {
    /// Ids of messages that come in a moment apart need not come in their order, and clocks of servers differ.
    private static let leeway = 1.minutes

    struct Missing {
        var page: MissedPage
        var gap: Int64
        var until: Int64
    }

    /// What is handled up to here is on disk with this transaction.
    static func handled(_ sequence: Int64, newest: Int64, _ shard: Int, at now: Instant, in store: any Connection) throws {
        try store.run(
            """
            UPDATE house_sessions SET sequence = \(sequence), handled = \(now),
                newest = CASE WHEN newest < \(newest) THEN \(newest) ELSE newest END WHERE shard = \(shard)
            """)
    }

    /// Opens a gap, unless one is open; the session is forgotten. `newest` is what this transaction has heard.
    static func open(_ shard: Int, _ reason: String, newest: Int64, at now: Instant, in store: any Connection) throws {
        guard try store.first("SELECT 1 FROM house_gaps WHERE shard = \(shard) AND ended IS NULL", { $0.int(0) }) == nil else {
            return
        }
        let last = try lastHandled(shard, in: store)
        let began = min(last.handled > 0 ? Instant(milliseconds: last.handled) : now, now)
        let heard = max(last.newest, newest) > 0 ? max(last.newest, newest) : ID<Message>(firstAt: began).number
        let id = try store.first("SELECT COALESCE(MAX(id), 0) + 1 FROM house_gaps") { $0.int(0) } ?? 1
        try store.run(
            """
            INSERT INTO house_gaps (id, shard, began, ended, reason, state, newest)
            VALUES (\(id), \(shard), \(began), NULL, \(reason), 'open', \(heard))
            """)
        CrashPoint.gapWritten.passed()
        try store.run("DELETE FROM house_sessions WHERE shard = \(shard)")
    }

    /// Where the number of shards has changed, a shard has no position of its own: the oldest of all is safe.
    private static func lastHandled(_ shard: Int, in store: any Connection) throws -> (newest: Int64, handled: Int64) {
        let own = try store.first("SELECT newest, handled FROM house_sessions WHERE shard = \(shard)") {
            (newest: $0.int(0), handled: $0.int(1))
        }
        if let own { return own }
        return try store.first(
            """
            SELECT COALESCE(MIN(newest), 0), COALESCE(MIN(handled), 0) FROM (
                SELECT newest, handled FROM house_sessions WHERE newest > 0
                UNION ALL SELECT newest, began FROM house_gaps WHERE ended IS NULL) AS known
            """
        ) { (newest: $0.int(0), handled: $0.int(1)) } ?? (0, 0)
    }

    /// A new session ends the gap before it: from each of its guilds, messages are to be fetched.
    static func close(_ start: SessionStart, sequence: Int64, at now: Instant, in store: any Connection) throws {
        let open = try store.first("SELECT id, newest FROM house_gaps WHERE shard = \(start.shard) AND ended IS NULL") {
            (id: $0.int(0), newest: $0.int(1))
        }
        // Until the first message of the session, what is known of Discord's clock is from before it.
        try store.run(
            """
            INSERT INTO house_sessions (shard, shards, session, resume_url, sequence, newest, handled)
            VALUES (\(start.shard), \(start.shards), \(start.session), \(start.resumeURL), \(sequence), \(open?.newest ?? 0),
                \(now))
            ON CONFLICT (shard) DO UPDATE SET shards = excluded.shards, session = excluded.session,
                resume_url = excluded.resume_url, sequence = excluded.sequence, newest = excluded.newest,
                handled = excluded.handled
            """)
        CrashPoint.sessionWritten.passed()
        guard let open else { return }
        try store.run("UPDATE house_gaps SET ended = \(now), state = 'filling' WHERE id = \(open.id)")
        for guild in start.guilds {
            try want(
                guild, channel: 0, shard: start.shard, gap: open.id, cursor: cursor(after: open.newest), until: Int64.max,
                in: store)
        }
        try noteFilled(start.shard, at: now, in: store)
    }

    private static func cursor(after newest: Int64) -> Int64 {
        max(1, newest - leeway.milliseconds << 22)
    }

    /// Adds what is to be fetched; where something of the channel is wanted already, reading begins at the older place.
    static func want(
        _ guild: ID<Guild>, channel: Int64, shard: Int, gap: Int64, cursor: Int64, until: Int64, in store: any Connection
    ) throws {
        try store.run(
            """
            INSERT INTO house_backfill (guild, channel, shard, gap, cursor, until)
            VALUES (\(guild), \(channel), \(shard), \(gap), \(cursor), \(until))
            ON CONFLICT (guild, channel) DO UPDATE SET until = excluded.until
            """)
    }

    // MARK: - Reading

    static func awaitedGuilds(in store: any Connection) throws -> Set<Int64> {
        Set(try store.all("SELECT guild FROM house_backfill WHERE channel = 0") { $0.int(0) })
    }

    /// The row of a guild whose channels are to be listed now; it is taken away.
    static func takeGuild(_ guild: ID<Guild>, in store: any Connection) throws -> (shard: Int, gap: Int64, cursor: Int64)? {
        let row = try store.first("SELECT shard, gap, cursor FROM house_backfill WHERE guild = \(guild) AND channel = 0") {
            (shard: Int($0.int(0)), gap: $0.int(1), cursor: $0.int(2))
        }
        try store.run("DELETE FROM house_backfill WHERE guild = \(guild) AND channel = 0")
        return row
    }

    /// Those that were wanted first come first.
    static func next(_ count: Int, in store: any Connection) throws -> [MissedPage] {
        try store.all(
            "SELECT guild, channel, cursor FROM house_backfill WHERE channel > 0 ORDER BY gap, guild, channel LIMIT \(count)"
        ) { row -> MissedPage? in
            guard let guild = row.id(0, Guild.self), let channel = row.id(1, Channel.self), let after = row.id(2, Message.self)
            else { return nil }
            return MissedPage(guild: guild, channel: channel, after: after)
        }.compactMap(\.self)
    }

    /// The row that this page was asked for; nil when it has been answered already or is not wanted any more.
    static func row(of page: MissedPage, in store: any Connection) throws -> Missing? {
        try store.first(
            """
            SELECT gap, until FROM house_backfill WHERE guild = \(page.guild) AND channel = \(page.channel)
                AND cursor = \(page.after)
            """
        ) { Missing(page: page, gap: $0.int(0), until: $0.int(1)) }
    }

    static func shard(of gap: Int64, in store: any Connection) throws -> Int? {
        try store.first("SELECT shard FROM house_gaps WHERE id = \(gap)") { Int($0.int(0)) }
    }

    /// The oldest moment from which messages are fetched for this gap.
    static func beginning(of gap: Int64, in store: any Connection) throws -> Instant {
        let newest = try store.first("SELECT newest FROM house_gaps WHERE id = \(gap)") { $0.int(0) } ?? 1
        return ID<Message>(cursor(after: newest))?.created ?? Instant(milliseconds: 0)
    }

    // MARK: - Going on

    static func advance(_ missing: Missing, to newest: ID<Message>, in store: any Connection) throws {
        try store.run(
            "UPDATE house_backfill SET cursor = \(newest) WHERE guild = \(missing.page.guild) AND channel = \(missing.page.channel)"
        )
    }

    static func finish(_ missing: Missing, in store: any Connection) throws {
        try store.run(
            "DELETE FROM house_backfill WHERE guild = \(missing.page.guild) AND channel = \(missing.page.channel)")
    }

    static func count(_ messages: Int, unread: Int = 0, in gap: Int64, _ store: any Connection) throws {
        try store.run(
            "UPDATE house_gaps SET messages = messages + \(messages), unread = unread + \(unread) WHERE id = \(gap)")
    }

    /// Is nothing of this guild wanted any more for this gap or an earlier one?
    static func isFilled(_ guild: ID<Guild>, upTo gap: Int64, in store: any Connection) throws -> Bool {
        try store.first("SELECT 1 FROM house_backfill WHERE guild = \(guild) AND gap <= \(gap)") { $0.int(0) } == nil
    }

    /// A gap is filled when nothing is wanted for it or an earlier one.
    static func noteFilled(_ shard: Int, at now: Instant, in store: any Connection) throws {
        try store.run(
            """
            UPDATE house_gaps SET state = 'filled', filled = \(now) WHERE shard = \(shard) AND state = 'filling'
                AND NOT EXISTS (SELECT 1 FROM house_backfill AS wanted
                    WHERE wanted.shard = house_gaps.shard AND wanted.gap <= house_gaps.id)
            """)
    }

    /// The bot was removed from a guild.
    static func abandon(_ guild: ID<Guild>, at now: Instant, in store: any Connection) throws {
        let shards = try store.all("SELECT DISTINCT shard FROM house_backfill WHERE guild = \(guild)") { Int($0.int(0)) }
        guard !shards.isEmpty else { return }
        try store.run("DELETE FROM house_backfill WHERE guild = \(guild)")
        for shard in shards { try noteFilled(shard, at: now, in: store) }
    }
}
