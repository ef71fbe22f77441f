import Discord
import Kit
import Machine
import Shared
import Testing

/// A session and its clock, told as a transcript.
private struct Story {
    var session: Session
    private(set) var now = MonotonicTime(nanoseconds: 1_000_000_000_000)

    init(_ checkpoint: Checkpoint? = nil, chance: Double = 0.5) {
        session = Session(shard: 0, checkpoint: checkpoint) { chance }
    }

    mutating func pass(_ milliseconds: Int) { now = now.adding(milliseconds: milliseconds) }

    /// What came out of it, as short words.
    mutating func hear(_ input: Session.Input) -> [String] { session.handle(input, now: now).compactMap(words) }

    mutating func gate(_ verdict: IdentifyGate.Verdict) -> [String] {
        session.gate(verdict, now: now, wall: Instant(milliseconds: 0)).compactMap(words)
    }

    /// Lets time pass up to each moment that the session wants to be woken at.
    mutating func live(_ milliseconds: Int) -> [String] {
        let end = now.adding(milliseconds: milliseconds)
        var said: [String] = []
        while let wake = session.wake, wake <= end {
            now = max(now, wake)
            said += hear(.tick)
        }
        now = end
        return said
    }

    private func words(_ step: Session.Step) -> String? {
        switch step {
        case .connect(let url): "connect \(url ?? "main")"
        case .send(.identify): "identify"
        case .send(.resume(let session, let sequence)): "resume \(session)@\(sequence)"
        case .send(.heartbeat(let sequence)): "beat \(sequence.map(String.init) ?? "null")"
        case .send(.requestMembers(let guild)): "members \(guild)"
        case .askGate: "gate"
        case .hangUp(let code, _): "close \(code)"
        case .gap: "gap"
        case .note(let state): state.trouble.map { "trouble: \($0)" }
        case .fewerIntents: "fewer intents"
        }
    }

    /// Online for the first time, with the first heartbeat half an interval away.
    static func online(_ chance: Double = 0.5) -> Story {
        var story = Story(chance: chance)
        _ = story.hear(.start)
        _ = story.hear(.connected)
        _ = story.hear(.hello(milliseconds: 40_000))
        _ = story.gate(.open)
        _ = story.hear(.ready(sequence: 1, session: "s", resumeURL: "wss://r"))
        story.pass(10_000)
        return story
    }
}

private let checkpoint = Checkpoint(shard: 0, shards: 1, session: "old", resumeURL: "wss://r", sequence: 70)

@Suite("A shard's session")
struct SessionTests {
    @Test("a first start greets, waits at the gate, identifies and beats with what is on disk")
    func firstStart() {
        var story = Story()
        #expect(story.hear(.start) == ["connect main"])
        #expect(story.hear(.connected) == [])
        #expect(story.hear(.hello(milliseconds: 40_000)) == ["gate"])
        #expect(story.gate(.notBefore(story.now.adding(milliseconds: 3_000))) == [])
        #expect(story.live(3_000) == ["gate"])
        #expect(story.gate(.open) == ["identify"])
        #expect(story.hear(.ready(sequence: 1, session: "s", resumeURL: "wss://r")) == [])
        #expect(story.session.phase == .connected)
        #expect(story.session.hear(sequence: 2) == true)
        #expect(story.live(17_000) == ["beat null"])
        story.session.report(committed: 2)
        _ = story.hear(.acknowledged)
        #expect(story.live(40_000) == ["beat 2"])
    }

    @Test("a start with a checkpoint resumes it at its own address and spends no identify")
    func coldResume() {
        var story = Story(checkpoint)
        #expect(story.hear(.start) == ["connect wss://r"])
        _ = story.hear(.connected)
        #expect(story.hear(.hello(milliseconds: 40_000)) == ["resume old@70"])
        #expect(story.session.hear(sequence: 71) == true)
        #expect(story.hear(.resumed(sequence: 72)) == [])
        #expect(story.session.phase == .connected && story.session.position?.received == 72)
        #expect(story.live(20_000) == ["beat 70"])
    }

    @Test("frames that belong to no session of ours are not handed over")
    func stray() {
        var story = Story()
        _ = story.hear(.start)
        #expect(story.session.hear(sequence: 5) == false)
        _ = story.hear(.connected)
        #expect(story.session.hear(sequence: 5) == false)
        #expect(story.hear(.ready(sequence: 1, session: "s", resumeURL: "")) == [])
        #expect(story.session.position == nil)
    }

    @Test("a silent peer is found within one and a half intervals, left with 4000 and resumed")
    func zombie() {
        var story = Story.online()
        #expect(story.live(10_000) == ["beat null"])
        _ = story.hear(.acknowledged)
        #expect(story.live(40_000) == ["beat null"])
        #expect(story.live(19_999) == [])
        #expect(story.live(1) == ["close 4000", "connect wss://r"])
    }

    @Test("whatever comes in counts as life, also without an acknowledgement")
    func life() {
        var story = Story.online()
        #expect(story.live(10_000) == ["beat null"])
        story.pass(5_000)
        #expect(story.session.hear(sequence: 2) == true)
        #expect(story.live(30_000) == [])
        #expect(story.live(5_000) == ["beat null"])
    }

    @Test("while reading is held back, silence is our own doing, and beating goes on")
    func held() {
        var story = Story.online()
        _ = story.hear(.held(true))
        #expect(story.live(130_000) == ["beat null", "beat null", "beat null", "beat null"])
        _ = story.hear(.held(false))
        #expect(story.live(19_000) == [])
        #expect(story.live(1_000) == ["close 4000", "connect wss://r"])
    }

    @Test("a heartbeat that Discord asks for goes out at once and moves no other")
    func asked() {
        var story = Story.online()
        #expect(story.hear(.heartbeatAsked) == ["beat null"])
    }

    @Test("op 7 resumes without delay, but a storm of it does not hammer")
    func reconnects() {
        var story = Story.online()
        #expect(story.hear(.reconnectAsked) == ["close 4000", "connect wss://r"])
        _ = story.hear(.connected)
        #expect(story.hear(.hello(milliseconds: 40_000)) == ["resume s@1"])
        _ = story.hear(.resumed(sequence: 2))
        #expect(story.hear(.reconnectAsked) == ["close 4000"])
        #expect(story.live(4_999) == [])
        #expect(story.live(1_001) == ["connect wss://r"])
    }

    @Test("op 9 true comes back for the session after a while; op 9 false gives it up and says that there is a gap")
    func invalid() {
        var story = Story.online()
        #expect(story.hear(.invalid(resumable: true)) == ["close 4000"])
        #expect(story.live(2_999) == [])
        #expect(story.live(1) == ["connect wss://r"])
        _ = story.hear(.connected)
        #expect(story.hear(.hello(milliseconds: 40_000)) == ["resume s@1"])
        #expect(story.hear(.invalid(resumable: false)) == ["close 4000", "gap"])
        #expect(story.live(5_499) == [])
        #expect(story.live(1) == ["connect main"])
        _ = story.hear(.connected)
        #expect(story.hear(.hello(milliseconds: 40_000)) == ["gate"])
    }

    @Test("a session that Discord keeps refusing is given up in the end")
    func refusedAgain() {
        var story = Story(checkpoint)
        var said = story.hear(.start)
        for _ in 0..<3 {
            _ = story.hear(.connected)
            _ = story.hear(.hello(milliseconds: 40_000))
            said += story.hear(.invalid(resumable: true)) + story.live(5_500)
        }
        #expect(said.filter { $0 == "gap" }.count == 1 && said.last == "connect main")
    }

    @Test(
        "close codes that end a session lead to a new one",
        arguments: [4003, 4005, 4006, 4007, 4009, 1000, 1001])
    func newSession(code: Int) {
        var story = Story.online()
        #expect(story.hear(.closed(code: code, reason: "")) == ["gap"])
        #expect(story.live(5_000) == ["connect main"])
    }

    @Test(
        "close codes that do not, and no code at all, resume", arguments: [4000, 4001, 4002, 1006, 1011, 4321, nil] as [Int?])
    func resume(code: Int?) {
        var story = Story.online()
        #expect(story.hear(.closed(code: code, reason: "")) == ["connect wss://r"])
    }

    @Test("whoever sends too fast comes back later and resumes")
    func tooFast() {
        var story = Story.online()
        #expect(story.hear(.closed(code: 4008, reason: "")).count == 1)
        #expect(story.live(5_000) == [])
        #expect(story.live(10_000) == ["connect main"])
        #expect(story.session.position != nil)
    }

    @Test("codes that admit no second try end the matter in words", arguments: [4004, 4010, 4011, 4012, 4013])
    func fatal(code: Int) {
        var story = Story.online()
        let said = story.hear(.closed(code: code, reason: ""))
        #expect(said.count == 1 && said[0].hasPrefix("trouble: ") && story.session.phase == .stopped)
        #expect(story.live(3_600_000) == [])
    }

    @Test("refused intents are reported, and a fresh start follows when fewer are asked for")
    func intents() {
        var story = Story.online()
        #expect(story.hear(.closed(code: 4014, reason: "")) == ["fewer intents"])
        #expect(story.hear(.start) == ["connect wss://r"])
    }

    @Test("an unreachable gateway is tried less and less often, and by the main address in the end")
    func unreachable() throws {
        var story = Story(checkpoint, chance: 0)
        _ = story.hear(.start)
        var pauses: [Int64] = []
        var addresses: [String] = []
        for _ in 0..<8 {
            _ = story.hear(.unreachable("no route"))
            let pause = try #require(story.session.wake).milliseconds(since: story.now)
            pauses.append(pause)
            addresses += story.live(Int(pause))
        }
        #expect(pauses == [5_000, 5_000, 5_000, 8_000, 16_000, 30_000, 30_000, 30_000])
        #expect(addresses == ["connect wss://r", "connect wss://r"] + Array(repeating: "connect main", count: 6))
        #expect(story.session.position != nil)
    }

    @Test("no greeting in time is as good as no connection")
    func withheld() {
        var story = Story()
        _ = story.hear(.start)
        _ = story.hear(.connected)
        let said = story.live(20_000)
        #expect(said.first == "close 4000" && said.last?.hasPrefix("trouble: ") == true)
    }

    @Test("what cannot be read is asked for again, and skipped with a gap when it stays so")
    func garbled() {
        var story = Story.online()
        var said: [String] = []
        for _ in 0..<3 {
            said += story.hear(.garbled("not UTF-8"))
            said += story.live(10_000)
            _ = story.hear(.connected)
            said += story.hear(.hello(milliseconds: 40_000))
        }
        #expect(said.filter { $0 == "resume s@1" }.count == 2)
        #expect(said.filter { $0 == "gap" }.count == 1 && said.last == "gate")
    }

    @Test("a stop for a restart keeps the session, a leave ends it, and nothing happens afterwards")
    func stop() {
        var story = Story.online()
        #expect(story.hear(.stop(keepingSession: true)) == ["close 4000"])
        #expect(story.session.position != nil)
        #expect(story.live(100_000) == [])
        #expect(story.hear(.closed(code: 4000, reason: "")) == [])
        var other = Story.online()
        #expect(other.hear(.stop(keepingSession: false)) == ["close 1000"])
        #expect(other.session.position == nil)
    }

    @Test("no more than 115 messages a minute, and heartbeats in spite of that")
    func allowance() throws {
        var story = Story.online()
        var sent = 0
        for number in 1...130 {
            let guild = try #require(ID<Guild>(Int64(number)))
            sent += story.hear(.send(.requestMembers(guild))).count
        }
        #expect(sent == 115 || sent == 114)
        #expect(story.hear(.heartbeatAsked) == ["beat null"])
        _ = story.hear(.acknowledged)
        var late = 0
        for _ in 0..<13 {
            late += story.live(5_000).filter { $0.hasPrefix("members") }.count
            _ = story.session.hear(sequence: 2)
        }
        #expect(sent + late == 130)
    }
}

@Suite("The pauses of a session")
struct PauseTests {
    @Test("P14: two connections are five seconds apart at least, and never two bots in step", arguments: [0, 0.25, 0.5, 0.999])
    func spacing(chance: Double) {
        for input in [
            Session.Input.reconnectAsked, .invalid(resumable: true), .invalid(resumable: false), .garbled("x"),
            .closed(code: nil, reason: ""), .closed(code: 4000, reason: ""), .closed(code: 4009, reason: ""),
        ] {
            var story = Story(checkpoint, chance: chance)
            _ = story.hear(.start)
            _ = story.hear(.connected)
            _ = story.hear(.hello(milliseconds: 40_000))
            _ = story.hear(input)
            let jitter = Int(chance * 1_000)
            #expect(story.live(4_999 + jitter) == [])
            #expect(story.live(6_000).first?.hasPrefix("connect") == true)
        }
    }

    @Test("the first heartbeat comes after a random part of the interval, the others after a whole one")
    func jitter() {
        for chance in [0, 0.25, 0.999] {
            var story = Story(chance: chance)
            _ = story.hear(.start)
            _ = story.hear(.connected)
            _ = story.hear(.hello(milliseconds: 40_000))
            _ = story.gate(.open)
            _ = story.hear(.ready(sequence: 1, session: "s", resumeURL: ""))
            let first = Int(40_000 * chance)
            #expect(story.live(first) == ["beat null"])
            _ = story.hear(.acknowledged)
            #expect(story.live(39_999) == [] && story.live(1) == ["beat null"])
        }
    }

    @Test("a question that waits already is not asked twice")
    func repeated() throws {
        var story = Story(checkpoint)
        _ = story.hear(.start)
        let guild = try #require(ID<Guild>(5))
        for _ in 0..<3 { #expect(story.hear(.send(.requestMembers(guild))) == []) }
        _ = story.hear(.connected)
        _ = story.hear(.hello(milliseconds: 40_000))
        #expect(story.hear(.resumed(sequence: 71)) == ["members 5"])
    }
}

@Suite("What is on disk")
struct CommittedTests {
    @Test("reports about the session before are not taken for this one's")
    func lateReports() {
        var committed = Committed()
        committed.report(90, received: 100)
        #expect(committed.sequence == 90)
        committed.begin(handedOver: 100)
        committed.report(95, received: 120)
        #expect(committed.sequence == nil)
        committed.report(100, received: 120)
        #expect(committed.sequence == nil)
        committed.report(3, received: 120)
        #expect(committed.sequence == 3)
    }

    @Test("a new session's first report may come before the old one's last")
    func skipped() {
        var committed = Committed(sequence: 90)
        committed.begin(handedOver: 100)
        committed.report(2, received: 5)
        #expect(committed.sequence == 2)
    }

    @Test("nothing counts that was not received")
    func notReceived() {
        var committed = Committed()
        committed.report(9, received: 5)
        #expect(committed.sequence == nil)
    }
}
