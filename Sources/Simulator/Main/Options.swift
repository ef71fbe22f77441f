import Shared
import Simulator

/// What the command line asks for.
struct Options {
    var port = 0
    var seed: UInt64 = 1
    var mood = Town.Mood.lively
    var pace = 1.0
    var token = BotAccount.madeUpToken
    var load: Int?
    var rate: Double?
    var guilds = 1
    var channels = 5
    var members = 100
    var isHeld = false
    var faults: String?
    var replay = 1000
    var privileged: Intents = [.guildMembers, .guildPresences, .messageContent]
    var wantsHelp = false

    struct Mistake: Error { let text: String }

    init(_ arguments: [String]) throws(Mistake) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "--help", "-h": wantsHelp = true
            case "--held": isHeld = true
            case "--no-content": privileged.remove(.messageContent)
            case "--no-members": privileged.remove(.guildMembers)
            case "--no-presences": privileged.remove(.guildPresences)
            default:
                guard let value = rest.popFirst() else {
                    throw Mistake(text: "\(word) needs a value, or is not known; see --help")
                }
                try set(word, value)
            }
        }
    }

    private mutating func set(_ word: String, _ value: String) throws(Mistake) {
        switch word {
        case "--port": port = try Self.number(word, value, 0...65_535)
        case "--seed": seed = UInt64(try Self.number(word, value, 0...Int.max))
        case "--replay": replay = try Self.number(word, value, 1...10_000_000)
        case "--load": load = try Self.number(word, value, 0...1_000_000_000)
        case "--guilds": guilds = try Self.number(word, value, 1...2500)
        case "--channels": channels = try Self.number(word, value, 1...500)
        case "--members": members = try Self.number(word, value, 1...1_000_000)
        case "--rate": rate = try Self.decimal(word, value)
        case "--pace": pace = try Self.decimal(word, value)
        case "--token": token = value
        case "--faults": faults = value
        case "--community":
            guard let mood = Town.Mood(rawValue: value) else {
                throw Mistake(text: "--community is lively, quiet or none, not \(value)")
            }
            self.mood = mood
        default: throw Mistake(text: "\(word) is not known; see --help")
        }
    }

    private static func number(_ word: String, _ value: String, _ range: ClosedRange<Int>) throws(Mistake) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw Mistake(text: "\(word) takes a whole number in \(range), not \(value)")
        }
        return number
    }

    private static func decimal(_ word: String, _ value: String) throws(Mistake) -> Double {
        guard let number = Double(value), number > 0, number.isFinite else {
            throw Mistake(text: "\(word) takes a number above 0, not \(value)")
        }
        return number
    }
}
