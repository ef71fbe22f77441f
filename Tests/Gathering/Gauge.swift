import Kit
import Shared

/// A command that reads what features let others measure.
enum Gauge {
    static let feature = Feature(
        "gauge", "Reads measures", version: "1", commands: [read], export: { _, _ in .null }, erase: { _, _ in 0 })

    private static let read = Command(
        "gauge.read", "Reads a measure", changes: false, returns: .anything, .text("name", "Which"),
        .optional(.whole("days", "Of how many days", 1...10_000))
    ) { turn, name, days in
        let all = turn.house.catalogue.readings(MeasureReading.self).flatMap(\.measures)
        guard let measure = all.first(where: { $0.name == name }) else { throw Refusal.notFound("no such measure") }
        let column = try measure.column(turn, days, nil)
        let rows = zip(column.members, column.figures).map { JSON.array([.int($0.0 - 1000), .int(Int64($0.1))]) }
        return .done(Card(text: "read"), data: .array(rows))
    }
}
