internal import Kit
internal import Shared

/// What levels say to people.
enum LevelText {
    static func shown(_ stand: Stand) -> Card {
        let way: Phrase =
            stand.next.map { "\(points: $0 - stand.earned) more for level \(stand.level + 1)" } ?? "there is no higher one"
        return Card(
            "Level of \(stand.member)",
            text: "\(strong: "Level \(stand.level)")  \(words: bar(stand.percent)) \(stand.percent) %",
            fields: [
                .init(
                    "Points",
                    stand.earned == stand.points
                        ? "\(points: stand.points)" : "\(points: stand.earned) of \(points: stand.points) count"),
                .init("Next", way),
            ] + (stand.toldAt.map { [.init("Reached", "\($0, .relative)")] } ?? []),
            footer: "Levels come from all points ever; see what they cost with levels curve.")
    }

    static func changed(_ stand: Stand) -> Card {
        Card(
            text:
                "\(stand.member) is at level \(stand.level) now: \(points: stand.earned) of \(points: stand.points) points count.",
            tone: .good)
    }

    static func curve(
        _ preset: Curve.Preset, _ polynomial: Polynomial, _ perPoint: Double, _ rows: [JSON], _ spread: [Int: Int64]
    ) -> Card {
        let lines = rows.map { row -> Phrase in
            let cost = thousandths(row["points"])
            return """
                \(strong: "\(row["level"]?.int ?? 0)")  \(points: cost) points (\(points: thousandths(row["more"])) more), \
                \(words: counted(row["members"]?.int ?? 0, "member"))
                """
        }
        let above = spread.filter { $0.key > rows.count }.values.reduce(0, +)
        return Card(
            "The curve \(words: preset.rawValue)", text: .lines(lines),
            fields: [
                .init("Experience for a level", "\(code: polynomial.rounded) (highest power first)", isInline: false),
                .init("A point is", "\(words: spelled(points: Int64((perPoint * 1000).rounded()))) experience"),
                .init("At level 0", "\(spread[0] ?? 0)"),
                .init("Above these", "\(above)"),
            ],
            footer: "Nothing is changed by looking; house set levels.curve chooses one.")
    }

    private static func bar(_ percent: Int) -> String {
        let full = max(0, min(10, percent / 10))
        return String(repeating: "▰", count: full) + String(repeating: "▱", count: 10 - full)
    }

    private static func thousandths(_ json: JSON?) -> Int64 { Int64(((json?.double ?? 0) * 1000).rounded()) }
}
