import Shared

/// A load under way.
struct LoadRun: Sendable {
    /// A member and what they always say, as each kind of hearer gets it. An object, so that each message passes a pointer.
    final class Speaker: Sendable {
        let author: ID<Member>
        let content: String
        let plain: LoadTemplate
        let reply: LoadTemplate
        let bare: LoadTemplate
        let bareReply: LoadTemplate

        init(
            _ author: ID<Member>, says content: String, plain: LoadTemplate, reply: LoadTemplate, bare: LoadTemplate,
            bareReply: LoadTemplate
        ) {
            self.author = author
            self.content = content
            self.plain = plain
            self.reply = reply
            self.bare = bare
            self.bareReply = bareReply
        }

        func template(isReply: Bool, isWhole: Bool) -> LoadTemplate {
            isReply ? (isWhole ? reply : bareReply) : (isWhole ? plain : bare)
        }
    }

    struct Place: Sendable {
        let channel: ID<Channel>
        let spelled: [UInt8]
        let guild: ID<Guild>
        /// Whose speakers talk here.
        let crowd: Int
        var last: ID<Message>?
    }

    /// One message before it is spelled for its hearers.
    struct Line {
        let place: Place
        let speaker: Speaker
        let target: ID<Message>?
    }

    var places: [Place] = []
    /// The speakers of each guild.
    var crowds: [[Speaker]] = []
    /// Authors by Zipf's law: the first speaks most.
    private let authors: [Int]
    private var dice: Dice
    private(set) var left: Int
    private(set) var sent = 0
    private let rate: Double?
    private let replies: Double
    private let began: Instant
    var isHeld: Bool
    /// When the first of it could go out.
    var released: Instant?

    init(_ plan: LoadPlan, at now: Instant) {
        dice = Dice(seed: plan.seed)
        left = plan.events
        rate = plan.rate
        replies = plan.replies
        isHeld = plan.isHeld && plan.rate == nil
        began = now
        authors = Self.zipf(plan.members, &dice)
    }

    private static func zipf(_ count: Int, _ dice: inout Dice) -> [Int] {
        let weights = (1...count).map { 1 / Double($0) }
        let total = weights.reduce(0, +)
        var table: [Int] = []
        for (index, weight) in weights.enumerated() {
            table += Array(repeating: index, count: max(1, Int(weight / total * 4096)))
        }
        table.shuffle(using: &dice)
        return table
    }

    func budget(at now: Instant) -> Int {
        guard let rate else { return left }
        return min(left, Int(rate * Double((now - began).milliseconds) / 1000) - sent)
    }

    mutating func chatter() -> String { (0..<3).map { _ in Chatter.sentence(&dice) }.joined(separator: "; ") }

    /// Somebody says something somewhere; the message has this id.
    mutating func next(_ id: ID<Message>) -> Line? {
        guard left > 0, !places.isEmpty, !authors.isEmpty else { return nil }
        let index = dice.below(places.count)
        let crowd = crowds[places[index].crowd]
        let speaker = crowd[authors[dice.below(authors.count)] % crowd.count]
        let target = dice.chance(replies) ? places[index].last : nil
        places[index].last = id
        left -= 1
        sent += 1
        return Line(place: places[index], speaker: speaker, target: target)
    }
}
