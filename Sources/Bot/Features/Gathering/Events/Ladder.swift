internal import Kit
internal import Shared

/// How long before an event its reminders come, the longest first.
struct Ladder: Equatable {
    var rungs: [Duration]

    /// "24h, 1h, 15m"; "none" for none. Nil for anything else.
    init?(_ text: String) {
        if text == "none" {
            rungs = []
            return
        }
        var found: [Duration] = []
        for part in text.split(separator: ",") {
            guard let rung = Duration(spelled: String(part), bare: .minutes), (1.minutes...30.days).contains(rung) else {
                return nil
            }
            if !found.contains(rung) { found.append(rung) }
        }
        guard (1...Self.most).contains(found.count) else { return nil }
        rungs = found.sorted(by: >)
    }

    static let most = 5

    var text: String { rungs.isEmpty ? "none" : rungs.map(\.exactly).joined(separator: ", ") }
}
