import Machine

// The parts of `make bench` that are programs: hearth-benchmarks PART FOLDER [PROGRAMS [NAME]]. Each prints its measures as it goes.

let words = Array(CommandLine.arguments.dropFirst())

switch (words.first, words.count) {
case ("store", 2): try CountingLoad.measure(in: words[1])
case ("socket", 3...4): try MeasureSocket.run(in: words[1], programs: words[2], only: words.count > 3 ? words[3] : "")
case ("commands", 3): try MeasureCommands.run(in: words[1], programs: words[2])
case ("leaderboard", 3): try MeasureBoard.run(in: words[1], programs: words[2])
case ("rewards", 3): try MeasureRewards.run(in: words[1], programs: words[2])
case ("statistics", 3): try MeasureStatistics.run(in: words[1], programs: words[2])
case ("tickets", 3): try MeasureTickets.run(in: words[1], programs: words[2])
case ("console", 3): try MeasureConsole.run(in: words[1], programs: words[2])
case ("flood", 3...4): try MeasureFlood.run(in: words[1], programs: words[2], only: words.count > 3 ? words[3] : "")
case ("memory", 3): try MeasureMemory.run(in: words[1], programs: words[2])
case ("reminders", 3): try MeasureReminders.run(in: words[1], programs: words[2])
case ("start", 3): try MeasureStart.run(in: words[1], programs: words[2])
default:
    let parts = "store|socket|commands|leaderboard|rewards|statistics|tickets|console|flood|memory|reminders|start"
    _ = Streams.write(Array("usage: hearth-benchmarks \(parts) FOLDER [PROGRAMS]\n".utf8), to: Streams.errors)
    exitNow(2)
}
