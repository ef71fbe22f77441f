internal import Kit
internal import Shared

/// What imports say to people.
enum ImportText {
    static func reason(_ entry: LevelFile.Entry) -> String {
        "imported" + (entry.level.map { ": level \($0)" } ?? "")
            + (entry.experience.map { ", \(grouped($0)) experience" } ?? "")
    }

    static func preview(_ plan: ImportPlan) -> Card {
        Card(
            "\(words: counted(Int64(plan.taken.count), "member")) would get points",
            text: .lines(Array(plan.taken.prefix(20).map(line)) + more(plan.taken.count - 20)),
            fields: [
                .init("Curve", "\(words: plan.curve)"),
                .init("Booked on", "\(words: plan.day.description), before every board that is running"),
            ] + leftOut(plan) + bad(plan),
            footer: "Nothing is taken yet; imports take does it. What the file says of messages is not taken.")
    }

    static func taken(_ plan: ImportPlan, _ batch: Int64) -> Card {
        Card(
            text: """
                \(words: counted(Int64(plan.taken.count), "member")) got what the file says; it is import \(batch), and \
                \(code: "imports withdraw \(batch)") takes it back.
                """, fields: leftOut(plan) + bad(plan), tone: .good)
    }

    static func nothing(_ plan: ImportPlan) -> Card {
        Card(text: "Nobody has less than the file says: nothing has changed.", fields: leftOut(plan) + bad(plan))
    }

    static func withdrawn(_ batch: ImportBatch, _ count: Int) -> Card {
        Card(text: "Import \(batch.id) is taken back, for \(words: counted(Int64(count), "member")).", tone: .good)
    }

    static func list(_ all: [ImportBatch]) -> Card {
        guard !all.isEmpty else {
            return Card(text: "Nothing was imported here. imports preview says what a file would change.")
        }
        return Card(
            "Imports",
            text: .lines(
                all.prefix(20).map { one in
                    """
                    \(strong: "\(one.id)")  \(one.at, .date), \(words: counted(Int64(one.members), "member")), \
                    \(points: one.points) points\(words: one.isStanding ? "" : ", taken back")
                    """
                }))
    }

    private static func line(_ line: ImportPlan.Line) -> Phrase {
        "\(line.entry.member)  level \(line.levels.before) → \(line.levels.after), \(points: line.before) → \(points: line.after) points"
    }

    private static func leftOut(_ plan: ImportPlan) -> [Card.Field] {
        let reasons = Dictionary(grouping: plan.lines.compactMap(\.leftOut)) { $0 }.mapValues(\.count)
        var lines = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value)  \(words: $0.key)" as Phrase }
        if plan.file.repeated > 0 { lines.append("\(plan.file.repeated)  \(words: "repeat another line")") }
        return lines.isEmpty ? [] : [.init("Left out", .lines(lines), isInline: false)]
    }

    private static func bad(_ plan: ImportPlan) -> [Card.Field] {
        guard !plan.file.bad.isEmpty else { return [] }
        let lines = plan.file.bad.prefix(15).map { "line \($0.line): \($0.reason)" as Phrase }
        return [
            .init("Cannot be read (\(plan.file.bad.count))", .lines(lines + more(plan.file.bad.count - 15)), isInline: false)
        ]
    }

    private static func more(_ count: Int) -> [Phrase] { count > 0 ? ["and \(count) more"] : [] }
    private static func grouped(_ number: Double) -> String { spelled(points: Int64(min(number, 9e15) * 1000)) }
}
