import Kit
import Shared
import Workbench

/// Counts activity as slowly and plainly as it can be done: from all that happened, in the order in which it was told.
struct Recount {
    enum Deed {
        case said(Said)
        case liked(giver: Int64, message: ID<Message>, author: Int64, emoji: String, at: Instant)
        case unliked(giver: Int64, message: ID<Message>, emoji: String)
    }

    private struct Like {
        var giver: Int64
        var message: ID<Message>
        var emojis: Set<String>
        var day: Int64
    }

    private var counted: Set<Int64> = []
    private var last: [Int64: Int64] = [:]
    private var places: [[Int64]: Set<Int64>] = [:]
    private var earned: [[Int64]: Int64] = [:]
    private var deeds: [[Int64]: Int64] = [:]
    private var messages: [Int64: Int64] = [:]
    private var likes: [Like] = []

    init(_ all: [Deed]) { for deed in all { count(deed) } }

    private static func day(_ moment: Instant) -> Int64 { moment.milliseconds / 86_400_000 }

    private mutating func count(_ deed: Deed) {
        switch deed {
        case .said(let said): count(said)
        case .liked(let giver, let message, let author, let emoji, let at):
            guard giver != author else { return }
            if let known = likes.firstIndex(where: { $0.giver == giver && $0.message == message }) {
                likes[known].emojis.insert(emoji)
            } else {
                likes.append(Like(giver: giver, message: message, emojis: [emoji], day: Self.day(at)))
            }
        case .unliked(let giver, let message, let emoji):
            guard let known = likes.firstIndex(where: { $0.giver == giver && $0.message == message }) else { return }
            likes[known].emojis.remove(emoji)
            if likes[known].emojis.isEmpty { likes.remove(at: known) }
        }
    }

    private mutating func count(_ said: Said) {
        guard !said.isAutomatic, said.type == 0 || said.type == 19, counted.insert(said.id.number).inserted else { return }
        let day = Self.day(said.at)
        let here = [said.author, day]
        var points: Int64 = 1000
        if said.replyTo != nil { points += 2000 }
        if last[said.place].map({ said.at.milliseconds - $0 > 600_000 }) ?? true { points += 3000 }
        if let spoken = places[here], !spoken.contains(said.place) { points += 1000 }
        last[said.place] = max(last[said.place] ?? 0, said.at.milliseconds)
        places[here, default: []].insert(said.place)
        earned[here, default: 0] += points
        deeds[here, default: 0] += 1
        messages[said.author, default: 0] += 1
    }

    struct Result: Equatable {
        var stood: Stood
        var score: Double
    }

    func result(of member: Int64, today: Instant) -> Result {
        var points = earned.filter { $0.key[0] == member }.reduce(into: [Int64: Int64]()) { $0[$1.key[1]] = $1.value }
        var active = Set(deeds.keys.filter { $0[0] == member }.map { $0[1] })
        for like in likes where like.giver == member {
            points[like.day, default: 0] += 1500
            active.insert(like.day)
        }
        var stood = Stood(points: points.values.reduce(0, +), messages: messages[member] ?? 0)
        var before: Int64?
        for day in active.sorted() {
            stood.streak = before == day - 1 ? stood.streak + 1 : 1
            stood.best = max(stood.best, stood.streak)
            before = day
        }
        let now = Self.day(today)
        let score = points.reduce(0.0) { $0 + Double($1.value) * power(0.98, Int(now - $1.key)) }
        return Result(stood: stood, score: score)
    }
}
