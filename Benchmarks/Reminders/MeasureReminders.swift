import Machine

/// What a hundred thousand reminders cost while none of them is due: a quiet minute with them beside one without.
enum MeasureReminders {
    static func run(in folder: String, programs: String) throws {
        let without = try quietMinute(in: folder + "/without", programs, reminders: 0)
        let with = try quietMinute(in: folder + "/with", programs, reminders: ManyReminders.count)
        Measure("a quiet minute without reminders, CPU", without, "ms").say()
        Measure("a quiet minute with 100,000 reminders, CPU", with, "ms").say()
        Measure("what they cost of it", with - without, "ms", aim: .atMost(5)).say()
    }

    private static func quietMinute(in folder: String, _ programs: String, reminders: Int) throws -> Double {
        let house = try RunningHouse(in: folder, programs: programs)
        house.stop()
        try ManyReminders(guild: house.guild, channel: house.general, count: reminders).settle(in: folder + "/hearth.db")
        try house.start()
        try house.isReady()
        try house.rests()
        let before = house.processorMilliseconds
        let end = MonotonicTime.now.adding(milliseconds: 60_000)
        try house.waits("a minute to pass", atMost: 90_000, every: 500) { MonotonicTime.now >= end }
        return house.processorMilliseconds - before
    }
}
