import Engine
import Kit
import Shared
import Workbench

/// A feature that counts words in memory, to be written when a turn is over.
final class ToyBook: Hot {
    private var counts: [Int64: Int64] = [:]
    private var changed: Set<Int64> = []

    init() {}

    func count(_ member: Int64, from store: any Connection) throws -> Int64 {
        if let known = counts[member] { return known }
        let stored = try store.first("SELECT words FROM toy_words WHERE member = \(member)") { $0.int(0) } ?? 0
        counts[member] = stored
        return stored
    }

    func add(_ member: Int64, from store: any Connection) throws {
        counts[member] = try count(member, from: store) + 1
        changed.insert(member)
    }

    func write(to store: any Connection) throws {
        for member in changed.sorted() {
            try store.run(
                """
                INSERT INTO toy_words (member, words) VALUES (\(member), \(counts[member] ?? 0))
                ON CONFLICT (member) DO UPDATE SET words = excluded.words
                """)
        }
        changed = []
    }

    func forget() {
        counts = [:]
        changed = []
    }
}

struct Broken: Error, CustomStringConvertible {
    let description: String
}

struct ToyNews: News {
    var guild: ID<Guild>
    var word: String
}

/// Made through the real grammar: it counts, stumbles, posts, schedules and refuses as its tests want it.
enum Toy {
    static let feature = Feature(
        "toy", "What the engine is tried with", version: "1",
        settings: [greeting.erased],
        schema: [
            Migration(
                "toy-001-begin", "CREATE TABLE toy_words (member BIGINT PRIMARY KEY, words BIGINT NOT NULL)",
                "CREATE TABLE toy_marks (id BIGINT PRIMARY KEY, mark TEXT NOT NULL)")
        ],
        commands: [note, crowd, stumble, wait, spread, panel, say, peek, greet],
        listeners: [count, trip, echo, nod, hearNews],
        jobs: [ring.erased, ringOnce.erased, ringSoon.erased, fail.erased, heard.erased, spreading.erased],
        export: { _, _ in .null }, erase: { _, _ in 0 })

    static let greeting = Setting(
        "toy.greeting", .text("words", "What is said"), standard: "hello", reach: .channel
    ) { .string($0) }

    static func mark(_ words: String, _ turn: Turn) throws {
        let id = try turn.store.first("SELECT COALESCE(MAX(id), 0) + 1 FROM toy_marks") { $0.int(0) } ?? 1
        try turn.store.run("INSERT INTO toy_marks (id, mark) VALUES (\(id), \(words))")
    }

    // MARK: - Listeners

    private static let count = Listener.message("toy.count", order: 1) { turn, message in
        try turn.hot(ToyBook.self).add(message.author.number, from: turn.store)
        return .passed
    }

    /// Writes, touches memory, and then fails in the way that the message asks for.
    private static let trip = Listener.message("toy.trip", order: 2) { turn, message in
        let text = message.contentText
        guard text.hasPrefix("trip") else { return .passed }
        try mark("left by trip", turn)
        try turn.hot(ToyBook.self).add(1, from: turn.store)
        if text == "trip rule" { try turn.store.run("INSERT INTO toy_marks (id, mark) VALUES (1, 'twice')") }
        if text == "trip words" { try turn.store.run("SELECT nonsense FROM nowhere") }
        throw Broken(description: "tripped over \(text)")
    }

    private static let echo = Listener.message("toy.echo", order: 3) { turn, message in
        let text = message.contentText
        if text.hasPrefix("echo") || text.hasPrefix("E!toy") && text.hasSuffix("echo") {
            turn.emit(.post(channel: .known(message.channel), Post(Card(text: "echo"))))
        }
        if text == "news" { turn.announce(ToyNews(guild: Town.guild, word: "told")) }
        if text == "chain" {
            turn.emit(.openThread(channel: .known(message.channel), message: nil, name: "a", isPrivate: false))
            try turn.emit(.post(channel: .new(0), Post(Card(text: "inside"))), receiptTo: heard.plain, "chain")
        }
        return .passed
    }

    private static let nod = Listener.event("toy.nod", .reactions) { turn, event in
        guard case .reactionAdded(let reaction) = event, reaction.emoji == "🫡" else { return }
        turn.emit(.post(channel: .known(reaction.channel), Post(Card(text: "nod"))))
    }

    private static let hearNews = Listener.news("toy.hears", ToyNews.self) { turn, story in
        try mark("heard \(story.word)", turn)
    }

    // MARK: - Commands

    private static let note = Command(
        "toy.note", "Writes a note", changes: true, returns: .whole, .text("mark", "What to write", longest: 40),
        .whole("number", "How often", 1...9, default: 1)
    ) { turn, words, number in
        for _ in 0..<number { try mark(words, turn) }
        turn.change("note", from: .null, to: .string(words))
        if words == "no" { throw Refusal.conflict("That is no note.") }
        return .done(Card(text: "noted \(words)"), data: .int(Int64(number)))
    }

    private static let crowd = Command(
        "toy.crowd", "Touches many", access: .manageGuild, changes: true, returns: .nothing,
        .whole("members", "How many", 1...100)
    ) { turn, members in
        turn.touch(members: members)
        turn.change("crowd", from: .null, to: .string(turn[greeting]))
        try mark("crowd", turn)
        return .done(Card(text: "done"), data: .null)
    }

    /// Refuses, or fails, after it has written and touched memory.
    private static let stumble = Command(
        "toy.stumble", "Fails", changes: true, returns: .nothing, .yesNo("refuses", "Politely", default: false)
    ) { turn, refuses in
        try mark("left by stumble", turn)
        try turn.hot(ToyBook.self).add(1, from: turn.store)
        turn.emit(.post(channel: .known(Town.channel(1)), Post(Card(text: "never"))))
        if refuses { throw Refusal.conflict("No.") }
        throw Broken(description: "stumbled")
    }

    private static let wait = Command(
        "toy.wait", "Rings later", changes: true, cooldown: .seconds(60), returns: .nothing,
        .choice(
            "job", "Which", [Choice("ring", "ring"), Choice("once", "once"), Choice("soon", "soon"), Choice("fail", "fail")]),
        .optional(.text("rule", "How often")),
        .duration("after", "How long", 1.seconds...400.days, bare: .seconds, default: .seconds(60)),
        .text("zone", "Where", default: "UTC")
    ) { turn, word, rule, after, zone in
        let job = word == "ring" ? ring : word == "once" ? ringOnce : word == "soon" ? ringSoon : fail
        if let rule {
            try turn.schedule(job, key: "k", "p", every: Recurrence(rule: rule, start: turn.now + after, zone: zone))
        } else {
            try turn.schedule(job, key: "k", "p", at: turn.now + after)
        }
        return .done(Card(text: "will ring"), data: .null)
    }

    private static let spread = Command(
        "toy.spread", "Long work", changes: true, returns: .nothing, .whole("slices", "How many", 1...100)
    ) { turn, slices in
        try turn.start(spreading, key: "all", slices)
        return .done(Card(text: "spreading"), data: .null)
    }

    private static let panel = Command("toy.panel", "Has buttons", changes: true, returns: .nothing) { _ in
        let buttons = [
            Button("Note", runs: "toy.note", ["mark": "pressed"]), Button("Crowd", runs: "toy.crowd", ["members": 3]),
            Button("Ask", runs: "toy.note", ["number": 2]), Button("Polite", runs: "toy.say", ["loud": true]),
        ]
        return .done(Card(text: "press", buttons: buttons), data: .null)
    }

    private static let say = Command(
        "toy.say", "Says", changes: true, returns: .text, .yesNo("loud", "How"), .text("what", "What")
    ) { turn, loud, what in
        try mark(loud ? what.uppercased() : what, turn)
        return .done(Card(text: "said"), data: .string(what))
    }

    private static let peek = Command(
        "toy.peek", "Looks into memory", access: .houseOwner, changes: true, returns: .whole, .member("member", "Whose")
    ) { turn, member in
        let count = try turn.hot(ToyBook.self).count(member.number, from: turn.store)
        return .done(Card(text: "\(count)"), data: .int(count))
    }

    private static let greet = Command("toy.greet", "Greets", changes: false, returns: .text) { turn in
        .done(Card(text: "\(turn[greeting])"), data: .string(turn[greeting]))
    }

    // MARK: - Jobs

    static let ring = Job<String>("toy.ring", late: .always) { turn, _ in try mark("ring \(turn.now.rfc3339)", turn) }
    static let ringOnce = Job<String>("toy.ring_once", late: .once) { turn, _ in try mark("once \(turn.now.rfc3339)", turn) }
    static let ringSoon = Job<String>("toy.ring_soon", late: .within(.seconds(3600))) { turn, _ in
        try mark("soon \(turn.now.rfc3339)", turn)
    }
    static let fail = Job<String>("toy.fail", late: .always) { turn, _ in
        try mark("left by fail", turn)
        throw Broken(description: "the job fails")
    }
    static let heard = Heard()

    struct Heard {
        let plain = Job<String>("toy.heard", late: .always) { turn, payload in
            try Toy.mark("\(payload): \(turn.receipt.map { "\($0.outcome)" } ?? "nothing")", turn)
        }
        var erased: AnyJob { plain.erased }
    }

    static let spreading = LongJob<Int>("toy.spreading", "Spreads") { turn, left in
        turn.emit(.post(channel: .known(Town.channel(1)), Post(Card(text: "slice \(left)"))))
        return left > 1 ? .more(left - 1, done: 10 - left, of: 10) : .finished("spread")
    }
}

extension Bench {
    static func toy(_ options: EngineOptions = EngineOptions()) throws -> Bench {
        let bench = try Bench([Toy.feature, Tuning.feature(over: [])], options: options)
        bench.hear(Town.seen())
        bench.journal.clear()
        return bench
    }

    func marks() throws -> [String] { try texts("SELECT mark FROM toy_marks ORDER BY id") }
    func words(_ number: Int64) throws -> Int64 {
        try numbers("SELECT words FROM toy_words WHERE member = \(Town.member(number))").first ?? 0
    }
    func memory(_ number: Int64) throws -> JSON { try run("toy.peek", ["member": .id(Town.member(number))]) }

    func request(_ command: String, _ params: JSON, _ change: (inout Request) -> Void = { _ in }) throws -> Answered {
        guard let found = catalogue.command(command) else { throw Silence() }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: Self.owner)
        change(&request)
        return try ask(request)
    }

    /// The texts of the cards that went out, as plain words.
    var spoken: [String] {
        journal.cards.map { card in
            card.text.pieces.map { piece in
                switch piece {
                case .words(let text), .quoted(let text), .strong(let text), .code(let text): text
                default: ""
                }
            }.joined()
        }
    }
}
