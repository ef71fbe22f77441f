import Kit
import Machine
import Shared
import Simulator
import Store

/// What a thousand open tickets cost while nobody says a word: the CPU of a minute with them, less that of a minute without. Their
/// timers lie in rows and only the next one is looked at, so it should be nothing.
enum MeasureTickets {
    private static let count = 1000
    /// The kernel counts CPU in hundredths of a second: one minute says too little.
    private static let minutes = 3

    static func run(in folder: String, programs: String) throws {
        let house = try RunningHouse(in: folder, programs: programs)
        try house.waits("the server to be known", atMost: 60_000) {
            let console = try Conversation(house.socket)
            return (try? console.ask("tickets.add_kind", ["guild": .id(house.guild), "name": "help"])) != nil
        }
        try setUp(house)
        let without = try idle(house)
        house.stop()
        try open(house, in: folder + "/hearth.db")
        try house.start()
        try house.isReady()
        let with = try idle(house)
        let extra = max(0, with - without)
        Measure("idle minute without tickets", without, "ms CPU").say()
        Measure("idle minute with 1,000 open tickets", with, "ms CPU").say()
        Measure("what 1,000 open tickets cost a minute", extra, "ms CPU", aim: .atMost(5)).say()
        let console = try Conversation(house.socket)
        let began = MonotonicTime.now
        try console.ask("tickets.list", ["guild": .id(house.guild), "which": "live", "limit": 25])
        Measure("a page of them", Double(MonotonicTime.now.nanoseconds - began.nanoseconds) / 1e6, "ms").say()
    }

    private static func setUp(_ house: RunningHouse) throws {
        let console = try Conversation(house.socket)
        for (name, value) in [("tickets.close_after", "48h"), ("tickets.first_response", "8h"), ("tickets.age", "72h")] {
            try console.ask("house.set", ["guild": .id(house.guild), "name": .string(name), "value": .string(value)])
        }
    }

    /// Milliseconds of CPU of a minute in which nothing happens.
    private static func idle(_ house: RunningHouse) throws -> Double {
        try house.rests()
        let began = house.consumption.cpu
        let patience = Mailbox<Void>()
        _ = patience.receive(within: minutes * 60_000)
        return (house.consumption.cpu - began) * 1000 / Double(minutes)
    }

    /// As the daemon would have written them, each with its timer; their next things are due at any time of the next two days.
    private static func open(_ house: RunningHouse, in database: String) throws {
        let now = Instant(milliseconds: wallMilliseconds())
        let writer = try SQLiteLibrary(path: database).openWriter()
        try writer.begin()
        for number in 1...count {
            let opened = now - number.minutes
            try writer.run(
                """
                INSERT INTO tickets_tickets (id, guild, number, kind, opener, channel, place, state, priority, subject, opened,
                    staff_at, answered, told, reopened, renames, version)
                VALUES (\(number), \(house.guild), \(number), 1, \(1000 + number), \(900_000_000_000_000_000 + number), 'channel',
                    'open', 'normal', 'made up', \(opened), \(opened), \(opened), 0, 0, '', 1)
                """)
            try writer.run(
                """
                INSERT INTO house_timers (job, item, guild, payload, due, wake, tries)
                VALUES ('tickets.look', \(String(number)), \(house.guild), \("{\"value\":\(number)}"), \(opened + 24.hours),
                    \(opened + 24.hours), 0)
                """)
        }
        try writer.commit()
        try writer.stop()
    }
}
