import Kit
import Machine
import Oracle
import Shared
import Sibyl
import Testing

@Suite("The oracle")
struct OracleTests {
    @Test func `AI-03 an inquiry goes out as a chat, and what was said comes back as its receipt`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.says("Who bakes?", tokens: 77))
        bench.ask(5)
        let receipt = try bench.receipt()
        #expect(receipt.parcel == 5 && receipt.outcome == .done(made: nil))
        #expect(receipt.finding == Finding("Who bakes?", tokens: 77))
        let heard = try #require(bench.sibyl.heard.first)
        #expect(heard.head.hasPrefix("POST /v1/chat/completions HTTP/1.1"))
        #expect(heard.head.contains("Authorization: Bearer \(OracleBench.key)"))
        #expect(heard.body["model"] == "sibyl-1" && heard.body["max_tokens"] == 100)
        #expect(heard.prompt == "Category: food" && heard.instruction == "Ask something.")
        #expect(bench.health.answered == 1 && bench.health.trouble == nil)
    }

    @Test func `an answer that does not say what it took is estimated, and thoughts are no part of it`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.says("<think>They want food.</think>\n\nWho bakes?", tokens: nil))
        bench.ask(1)
        let finding = try #require(try bench.receipt().finding)
        #expect(finding.text == "Who bakes?" && (10...40).contains(finding.tokens))
    }

    @Test(
        "what is no answer is not asked for again, and said so",
        arguments: [
            ("{\"choices\":[]}", 200), ("not JSON", 200), ("[[[[[", 200),
            ("{\"choices\":[{\"message\":{\"content\":\"  \"}}]}", 200),
            ("{\"error\":\"who are you\"}", 401), ("{}", 404), ("{}", 400), ("{}", 302),
        ])
    func garbage(body: String, status: Int) throws {
        let bench = try OracleBench()
        bench.sibyl.next(.status(status, body: body))
        bench.ask(1)
        guard case .expired(let words) = try bench.receipt().outcome else { throw OracleBench.Silence() }
        #expect(status == 200 ? words.contains("no answer") : words.contains("(\(status))"))
        #expect(bench.sibyl.heard.count == 1 && bench.health.failed == 1)
    }

    @Test func `an answer without end is broken off`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.long(2 << 20))
        bench.ask(1)
        #expect(try bench.receipt().outcome == .expired("its answer is longer than 256 KiB"))
        #expect(bench.sibyl.heard.count == 1)
    }

    @Test func `what is not HTTP is no answer`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.raw("go away\r\n\r\n"))
        bench.ask(1)
        guard case .expired = try bench.receipt().outcome else { throw OracleBench.Silence() }
        #expect(bench.sibyl.heard.count == 1, "it may have cost something: once is enough")
    }

    @Test func `silence ends with the time that is given, and is not asked twice`() throws {
        let bench = try OracleBench(timeout: .milliseconds(150))
        bench.sibyl.next(.silence)
        bench.ask(1)
        guard case .expired = try bench.receipt().outcome else { throw OracleBench.Silence() }
        #expect(bench.sibyl.heard.count == 1)
    }

    @Test func `trouble on its side is tried three times, with pauses`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.status(500), .status(503), .says("At last, who bakes?", tokens: 3))
        bench.ask(1)
        for count in 1...2 {
            try bench.rests(count)
            bench.hurry(1.minutes)
        }
        let receipt = try bench.receipt()
        #expect(receipt.finding?.text == "At last, who bakes?" && receipt.tries == 3)
    }

    @Test func `after three times nobody waits any longer`() throws {
        let bench = try OracleBench()
        bench.sibyl.always(.status(500))
        bench.ask(1)
        for count in 1...2 {
            try bench.rests(count)
            bench.hurry(1.minutes)
        }
        #expect(try bench.receipt().outcome == .expired("it has trouble of its own"))
        #expect(bench.sibyl.heard.count == 3)
    }

    @Test func `429 is obeyed: nothing goes out before the pause that was asked for is over`() throws {
        let bench = try OracleBench()
        bench.sibyl.next(.status(429, headers: ["Retry-After: 60"]))
        bench.ask(1)
        bench.ask(2)
        try bench.rests(1)
        bench.hurry(50.seconds)
        #expect(bench.sibyl.heard.count == 1)
        bench.hurry(11.seconds)
        #expect(Set([try bench.receipt().parcel, try bench.receipt().parcel]) == [1, 2])
        #expect(bench.sibyl.heard.count == 3)
    }

    @Test func `where nobody listens, it is tried three times`() throws {
        let port = try Sockets.listenOnLoopback(port: 0).port
        let bench = try OracleBench(address: try RemoteAddress(parsing: "http://127.0.0.1:\(port)/v1"))
        bench.ask(1)
        for count in 1...2 {
            try bench.rests(count)
            bench.hurry(1.minutes)
        }
        let receipt = try bench.receipt()
        guard case .expired = receipt.outcome else { throw OracleBench.Silence() }
        #expect(receipt.tries == 3)
    }

    @Test func `so many a minute, and the rest waits`() throws {
        let bench = try OracleBench(perMinute: 2)
        for parcel in Int64(1)...3 { bench.ask(parcel) }
        #expect([try bench.receipt().parcel, try bench.receipt().parcel] == [1, 2])
        #expect(bench.sibyl.heard.count == 2)
        bench.hurry(1.minutes + 1.seconds)
        #expect(try bench.receipt().parcel == 3)
    }

    @Test func `a row of failures ends in a rest, in which whoever asks is told at once`() throws {
        let bench = try OracleBench()
        bench.sibyl.always(.status(400))
        for parcel in Int64(1)...6 {
            bench.ask(parcel)
            _ = try bench.receipt()
        }
        #expect(bench.sibyl.heard.count == 5 && bench.health.failed == 6)
        bench.sibyl.always(.says("Who bakes?", tokens: 1))
        bench.hurry(10.minutes)
        bench.ask(7)
        #expect(try bench.receipt().finding?.text == "Who bakes?")
    }

    @Test func `the end of the process does not wait for an answer`() throws {
        let bench = try OracleBench(timeout: .seconds(600))
        bench.sibyl.next(.silence)
        bench.ask(1)
        try bench.hears(1)
        let began = MonotonicTime.now
        bench.stop()
        #expect(MonotonicTime.now.milliseconds(since: began) < 5000)
    }

    @Test func `P15: the key is in no log`() throws {
        let bench = try OracleBench()
        bench.sibyl.always(.status(401, body: "{\"error\":\"\(OracleBench.key) is no key\"}"))
        for parcel in Int64(1)...3 {
            bench.ask(parcel)
            _ = try bench.receipt()
        }
        #expect(!bench.notes.locked { $0 }.isEmpty)
        #expect(!bench.notes.locked { $0 }.joined().contains(OracleBench.key))
        #expect(bench.health.trouble?.contains(OracleBench.key) == false)
    }
}
