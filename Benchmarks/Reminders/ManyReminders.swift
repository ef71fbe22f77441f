import Kit
import Machine
import Shared
import Store

/// Reminders of ten thousand members, each a weekly one that comes days from now: written where the daemon would have written them.
struct ManyReminders {
    static let count = 100_000

    let guild: ID<Guild>
    let channel: ID<Channel>
    let count: Int

    func settle(in database: String) throws {
        let writer = try SQLiteLibrary(path: database).openWriter()
        let now = Instant(milliseconds: wallMilliseconds())
        try writer.begin()
        try writer.repeated(
            """
            INSERT INTO reminders_reminders (id, guild, owner, way, channel, name, body, ahead, rule, since, skipped, zone, everyone,
                state, next, changed, version)
            VALUES ($1, $2, $3, 'privately', $4, '', 'water the plants', 0, $5, $6, '', 'Europe/Brussels', 0, 'on', $7, $6, 1)
            """, count: count
        ) { index, row in
            row.bind(1, Int64(index + 1))
            row.bind(2, guild.number)
            row.bind(3, 400_000_000_000_000_000 + Int64(index % 10_000) << 22)
            row.bind(4, channel.number)
            row.bind(5, "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0")
            row.bind(6, now.milliseconds)
            row.bind(7, due(index, now))
        }
        try writer.repeated(
            """
            INSERT INTO house_timers (job, item, guild, payload, due, wake, tries)
            VALUES ('reminders.fire', $1, $2, $3, $4, $4, 0)
            """, count: count
        ) { index, row in
            row.bind(1, "\(index + 1)")
            row.bind(2, guild.number)
            row.bind(3, #"{"value":\#(index + 1)}"#)
            row.bind(4, due(index, now))
        }
        try writer.commit()
        try writer.stop()
    }

    private func due(_ index: Int, _ now: Instant) -> Int64 { (now + 2.days).milliseconds + Int64(index) * 3_000 }
}
