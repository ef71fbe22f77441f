internal import Kit
internal import Shared

/// What is to be read of the time before the house listened: rows, so that it goes on after a crash. `Turn.readPast` writes them.
enum PastPages {
    static func next(_ count: Int, in store: any Connection) throws -> [MissedPage] {
        try store.all(
            """
            SELECT guild, channel, cursor, until FROM house_past WHERE state = 'reading' ORDER BY guild, channel LIMIT \(count)
            """
        ) { row -> MissedPage? in
            guard let guild = row.id(0, Guild.self), let channel = row.id(1, Channel.self),
                let after = row.id(2, Message.self), let before = row.id(3, Message.self)
            else { return nil }
            return MissedPage(guild: guild, channel: channel, after: after, before: before)
        }.compactMap(\.self)
    }

    /// Is this page still the one that comes next? Also one of a reading that was stopped meanwhile has been heard.
    static func stands(_ page: MissedPage, in store: any Connection) throws -> Bool {
        try store.first(
            """
            SELECT 1 FROM house_past WHERE guild = \(page.guild) AND channel = \(page.channel) AND cursor = \(page.after)
                AND until = \(page.before) AND state IN ('reading', 'stopped')
            """
        ) { $0.int(0) } != nil
    }

    static func advance(_ page: MissedPage, to newest: ID<Message>, _ messages: Int, in store: any Connection) throws {
        try store.run(
            """
            UPDATE house_past SET cursor = \(newest), messages = messages + \(messages)
            WHERE guild = \(page.guild) AND channel = \(page.channel)
            """)
    }

    static func finish(_ page: MissedPage, _ messages: Int, in store: any Connection) throws {
        try store.run(
            """
            UPDATE house_past SET state = 'read', cursor = covers, until = covers, messages = messages + \(messages)
            WHERE guild = \(page.guild) AND channel = \(page.channel)
            """)
    }

    static func refuse(_ page: MissedPage, _ reason: String, in store: any Connection) throws {
        try store.run(
            """
            UPDATE house_past SET state = 'refused', note = \(reason)
            WHERE guild = \(page.guild) AND channel = \(page.channel)
            """)
    }

    /// The bot was removed from a guild, or a channel is gone.
    static func abandon(_ which: SQL, in store: any Connection) throws {
        try store.run("DELETE FROM house_past WHERE \(which)")
    }

    /// The oldest moment from which a guild's past has been read; nil while some of it is still to be read.
    static func heard(_ guild: ID<Guild>, in store: any Connection) throws -> Instant? {
        let sums = try store.first(
            """
            SELECT MIN(since), SUM(CASE WHEN state = 'reading' THEN 1 ELSE 0 END) FROM house_past WHERE guild = \(guild)
            """
        ) { (since: $0.id(0, Message.self), reading: $0.int(1)) }
        guard let sums, sums.reading == 0 else { return nil }
        return sums.since?.created
    }

    /// How far a guild's past has been read, where long work is listed: in hours of channels.
    static func noteProgress(_ guild: ID<Guild>, outcome: String?, at now: Instant, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO house_jobs (job, item, done, whole, outcome, changed)
            SELECT 'history.read', \(guild.description), SUM((cursor >> 22) / 3600000 - (since >> 22) / 3600000),
                SUM((until >> 22) / 3600000 - (since >> 22) / 3600000), \(outcome), \(now)
            FROM house_past WHERE guild = \(guild) HAVING COUNT(*) > 0
            ON CONFLICT (job, item) DO UPDATE SET done = excluded.done, whole = excluded.whole, outcome = excluded.outcome,
                changed = excluded.changed
            """)
    }
}
