import Shared
import Simulator
import Testing

@Suite struct FaultTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>
    var bot: Partner

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
        bot = Partner(sim)
    }

    private mutating func session() -> String { bot.start()[1]["d"]?["session_id"]?.text ?? "" }

    @Test mutating func `events come twice with sequences of their own`() throws {
        _ = session()
        sim.act { $0.faults.next(.duplicate) }
        try sim.says(ann, in: general, "twice")
        let heard = bot.heard()
        #expect(heard.map { $0["d"]?["content"]?.text } == ["twice", "twice"])
        #expect(heard.map { $0["s"]?.int } == [3, 4])
        #expect(sim.oracle().totals(of: house).messages == 1)
    }

    @Test mutating func `an event comes late, behind younger ones`() throws {
        _ = session()
        sim.act { $0.faults.next(.delay) }
        try sim.says(ann, in: general, "late")
        try sim.says(ann, in: general, "punctual")
        sim.pass(2.seconds)
        #expect(bot.heard().map { $0["d"]?["content"]?.text } == ["punctual", "late"])
    }

    @Test mutating func `a replay breaks in its middle and can be taken up again`() throws {
        let session = session()
        sim.close(bot.connection)
        for number in 0..<10 { try sim.says(ann, in: general, "\(number)") }
        sim.act { $0.faults.next(.dropReplay) }
        bot.connect(resuming: true)
        bot.resume(session, 2)
        let half = bot.heard()
        #expect(half.last == "reset")
        let reached = half.compactMap { $0["s"]?.int }.last ?? 0
        #expect((3..<12).contains(reached))
        bot.connect(resuming: true)
        bot.resume(session, reached)
        let rest = bot.heard().compactMap { $0["s"]?.int }
        #expect(rest == Array((reached + 1)...13))
    }

    @Test(arguments: [(Fault.reconnect, 7, true), (.invalidResumable, 9, true), (.invalidFinal, 9, false)])
    func `the server sends its clients away`(fault: Fault, op: Int64, isResumable: Bool) throws {
        var bot = bot
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.act { $0.faults.next(fault) }
        try sim.says(ann, in: general, "and then")
        let told = bot.heard().last
        #expect(told?["op"]?.int == op)
        sim.close(bot.connection)
        bot.connect(resuming: true)
        bot.resume(session, 3)
        #expect(bot.events().last == (isResumable ? "RESUMED" : "op 9"))
    }

    @Test mutating func `a silent socket acknowledges nothing, and the session lives on`() throws {
        let session = session()
        sim.act { $0.faults.next(.halfOpen) }
        try sim.says(ann, in: general, "the last words")
        _ = bot.heard()
        bot.beat(3)
        try sim.says(ann, in: general, "unheard")
        #expect(bot.heard().isEmpty)
        sim.close(bot.connection, code: 4000)
        bot.connect(resuming: true)
        bot.resume(session, 3)
        #expect(bot.heard().compactMap { $0["d"]?["content"]?.text } == ["unheard"])
    }

    @Test mutating func `what no documentation names comes along now and then`() throws {
        _ = session()
        sim.act { $0.faults.next(.oddity) }
        try sim.says(ann, in: general, "hello")
        let heard = bot.heard()
        #expect(heard.map { $0["t"]?.text } == ["SIMULATED_NOVELTY", "MESSAGE_CREATE"])
        #expect(heard.last?["d"]?["simulated_novelty"] != nil)
    }

    @Test mutating func `no greeting comes when the greeting is withheld`() {
        sim.act { $0.faults.next(.withholdHello) }
        bot.connect()
        #expect(bot.heard().isEmpty)
    }

    @Test func `a script is read, and its mistakes are named`() throws {
        let script: JSON = [["fault": "429-shared", "times": 2, "route": "GET /users/@me"], ["fault": "op7", "chance": 0]]
        let book = try FaultBook(script: script)
        sim.act { $0.faults = book }
        let answers = (0..<3).map { _ in bot.ask("GET", "/users/@me") }
        #expect(answers.map(\.status) == [429, 429, 200])
        #expect(answers[0].header("X-RateLimit-Scope") == "shared")
        #expect(sim.read(\.faults.neverInjected) == [.reconnect])
        #expect(throws: Refusal.self) { try FaultBook(script: [["fault": "op7", "sometimes": 1]]) }
    }

    @Test func `the same seed tells the same story`() {
        func story() -> [String] {
            let sim = Simulation(World(seed: 7))
            var town = Town(.lively, seed: 7, in: sim)
            for _ in 0..<200 {
                town.live(in: sim)
                sim.pass(20.seconds)
            }
            #expect(sim.violations.isEmpty)
            return sim.read { world in world.guildIDs }.flatMap { guild in
                sim.oracle().board(of: guild).map { "\($0.member) \($0.points)" }
            }
        }
        let first = story()
        #expect(first.count > 20)
        #expect(first == story())
    }
}
