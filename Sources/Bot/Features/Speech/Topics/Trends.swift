internal import Kit
internal import Shared

/// A word, how often it was used lately and before, and how surely that is no accident.
struct Trend: Equatable {
    var word: String
    /// Messages with the word, of those that were looked at.
    var now: Int64
    var before: Int64
    /// People at least, about.
    var voices: Int
    /// How many standard deviations its odds lie above those of before; nil where there is no before.
    var score: Double?

    /// Above this, chance makes a word trend once in some forty times.
    static let surely = 2.0
    /// Fewer messages than these are no past to compare with.
    static let leastPast: Int64 = 20

    /// The logarithm of the ratio of the odds, in standard deviations, with half a message added on each side so that what was
    /// never said is not infinitely new.
    static func score(_ now: Int64, of sampledNow: Int64, _ before: Int64, of sampledBefore: Int64) -> Double {
        func odds(_ with: Int64, _ all: Int64) -> Double { (Double(with) + 0.5) / (Double(max(all - with, 0)) + 0.5) }
        let ratio = 0.693_147_180_559_945_3 * logarithm2(odds(now, sampledNow) / odds(before, sampledBefore))
        return ratio / (1 / (Double(now) + 0.5) + 1 / (Double(before) + 0.5)).squareRoot()
    }
}

/// What is trending in some channels over some days, held against the days before.
struct Trends {
    var found: [Trend] = []
    /// Messages that were looked at.
    var sampledNow: Int64 = 0
    var sampledBefore: Int64 = 0
    var isCompared: Bool { sampledBefore >= Trend.leastPast }

    /// Words that are weighed: the most frequent ones.
    private static let most = 400
    /// The past is so many times as long as the present.
    private static let past = 4

    init(in channels: [ID<Channel>], days: Int, limit: Int, _ turn: Turn) throws {
        guard let first = channels.first, let guild = turn.guild else { return }
        let list = channels.dropFirst().reduce("\(first)" as SQL) { "\($0), \($1)" }
        let today = turn.zone.day(of: turn.now)
        let since = today - (days - 1)
        let past = since - max(days * Self.past, 7)
        let place: SQL = "guild = \(guild) AND channel IN (\(list))"
        func sampled(_ from: Day, _ until: Day) throws -> Int64 {
            try turn.store.first(
                "SELECT COALESCE(SUM(sampled), 0) FROM topics_days WHERE \(place) AND day >= \(from) AND day < \(until)"
            ) { $0.int(0) } ?? 0
        }
        sampledNow = try sampled(since, today + 1)
        sampledBefore = try sampled(past, since)
        let candidates = try turn.store.all(
            """
            SELECT word, SUM(count) FROM topics_words WHERE \(place) AND day >= \(since)
            GROUP BY word HAVING SUM(count) >= 3 ORDER BY SUM(count) DESC, word LIMIT \(Self.most)
            """
        ) { ($0.text(0), $0.int(1)) }
        let forbidden = Set(Topics.forbiddenWords(turn))
        for (word, count) in candidates where !forbidden.contains(word) {
            let voices = try Self.voices(of: word, place, since: since, turn)
            guard voices >= turn[Topics.voices] else { continue }
            let before = try turn.store.first(
                "SELECT COALESCE(SUM(count), 0) FROM topics_words WHERE \(place) AND word = \(word) AND day >= \(past) AND day < \(since)"
            ) { $0.int(0) }
            let score = isCompared ? Trend.score(count, of: sampledNow, before ?? 0, of: sampledBefore) : nil
            if let score, score < Trend.surely { continue }
            found.append(Trend(word: word, now: count, before: before ?? 0, voices: voices, score: score))
        }
        found.sort {
            ($0.score ?? 0, $0.voices, $0.now, $1.word) > ($1.score ?? 0, $1.voices, $1.now, $0.word)
        }
        try dropNames(of: guild, keeping: limit, turn)
    }

    /// The most people of one day: the salts of two days have nothing in common.
    private static func voices(of word: String, _ place: SQL, since: Day, _ turn: Turn) throws -> Int {
        var days: [Int64: Voices] = [:]
        try turn.store.each("SELECT day, voices FROM topics_words WHERE \(place) AND word = \(word) AND day >= \(since)") {
            days[$0.int(0), default: Voices()].join(Voices(bits: $0.int(1)))
        }
        return days.values.map(\.estimate).max() ?? 0
    }

    /// What is a member's name is nobody's topic.
    private mutating func dropNames(of guild: ID<Guild>, keeping limit: Int, _ turn: Turn) throws {
        let names = turn.house.directory.names(among: Set(found.prefix(limit * 3).map(\.word)), in: guild)
        found = Array(found.filter { !names.contains($0.word) }.prefix(limit))
    }
}
