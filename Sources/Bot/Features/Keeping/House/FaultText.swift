internal import Kit
internal import Shared

/// What is said of faults.
extension HouseText {
    static func faults(_ rows: [FaultRow]) -> Card {
        guard !rows.isEmpty else { return Card("Faults", text: "None. All is well.") }
        return Card(
            "Faults", text: .lines(rows.prefix(20).map(line)),
            footer: rows.count > 20
                ? "\(rows.count) in all. See one with house fault."
                : "See one with house fault, strike it with house clear_faults.",
            tone: .warning)
    }

    static func newFaults(_ rows: [FaultRow]) -> Card {
        Card(
            rows.count == 1 ? "Something went wrong inside me" : "\(rows.count) things went wrong inside me",
            text: .lines(rows.prefix(10).map(line)),
            footer: "Nothing was half done. This is said once for each; house faults counts on.", tone: .warning)
    }

    static func fault(_ row: FaultRow, _ places: [JSON]) -> Card {
        var fields = [
            Card.Field("What failed", "\(code: row.handler)"), .init("How often", "\(row.times) times"),
            .init("First", "\(row.first, .moment)"), .init("Last", "\(row.last, .moment)"),
        ]
        if !places.isEmpty {
            let lines = places.map { place -> Phrase in
                "\(place["server"]?.text ?? ""): \(place["times"]?.int ?? 0) times"
            }
            fields.append(.init("Where", .lines(lines), isInline: false))
        }
        return Card(
            "Fault \(words: row.reference)", text: row.message.map { "\(code: $0)" } ?? "", fields: fields,
            footer: "The log names it by its reference. Tell whoever maintains this bot.", tone: .warning)
    }

    private static func line(_ row: FaultRow) -> Phrase {
        let how: Phrase = row.message.map { ": \($0)" } ?? ""
        return "\(row.last, .moment)  \(code: row.reference)  \(words: row.handler), \(row.times) times" + how
    }
}
