import Calls
import Discord
import Kit
import Machine
import Shared
import Testing

@Suite("Rate limits")
struct RateLimitTests {
    private let start = MonotonicTime(nanoseconds: 9_000_000_000_000)

    private func at(_ milliseconds: Int) -> MonotonicTime { start.adding(milliseconds: milliseconds) }

    private func post(_ channel: Int64) throws -> RESTRequest { RESTRequest(.post(try #require(ID<Channel>(channel)))) }

    private func answer(_ headers: [String: String] = [:], status: Int = 200, body: String = "{}") -> HTTPResponse {
        HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
    }

    private func told(_ remaining: Int, _ seconds: String, limit: Int = 5, bucket: String = "b") -> [String: String] {
        [
            "x-ratelimit-limit": "\(limit)", "x-ratelimit-remaining": "\(remaining)", "x-ratelimit-reset-after": seconds,
            "x-ratelimit-bucket": bucket,
        ]
    }

    @Test("of an unknown bucket one goes ahead and finds out")
    func learning() throws {
        var limits = RateLimits()
        let request = try post(1)
        #expect(limits.wait(request, start) == nil)
        limits.began(request, start)
        #expect(limits.wait(request, start) == .distant)
        #expect(limits.wait(try post(2), start) == nil)
        limits.ended(request, answer(told(4, "5.0")), at(10))
        for _ in 0..<4 {
            #expect(limits.wait(request, at(10)) == nil)
            limits.began(request, at(10))
        }
        #expect(limits.wait(request, at(10)) == .distant)
    }

    @Test("an empty bucket is not touched before it is full again, and other channels go on")
    func empty() throws {
        var limits = RateLimits()
        let (one, two) = (try post(1), try post(2))
        for request in [one, two] {
            limits.began(request, start)
            limits.ended(request, answer(told(request == one ? 0 : 4, "2.5")), start)
        }
        #expect(limits.wait(one, at(100)) == at(2_500))
        #expect(limits.wait(two, at(100)) == nil)
        #expect(limits.wait(one, at(2_500)) == nil)
    }

    @Test("answers that overtake each other do not raise the count")
    func overtaking() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(told(4, "5.0")), start)
        for _ in 0..<2 { limits.began(request, start) }
        limits.ended(request, answer(told(2, "5.0")), start)
        limits.ended(request, answer(told(3, "5.0")), start)
        for _ in 0..<2 { limits.began(request, start) }
        #expect(limits.wait(request, start) == .distant)
    }

    @Test("a 429 bars its bucket for as long as it says, a global one bars all but interactions")
    func refused() throws {
        var limits = RateLimits()
        let (one, two) = (try post(1), try post(2))
        limits.began(one, start)
        let empty = ["x-ratelimit-scope": "user", "x-ratelimit-remaining": "0", "x-ratelimit-limit": "5", "retry-after": "2"]
        limits.ended(one, answer(empty, status: 429, body: #"{"retry_after":1.337,"global":false}"#), start)
        #expect(limits.wait(one, at(1)) == at(1_337))
        #expect(limits.wait(two, at(1)) == nil)
        limits.began(two, start)
        limits.ended(
            two, answer(["x-ratelimit-global": "true"], status: 429, body: #"{"retry_after":0.5,"global":true}"#), start)
        var interaction = try post(3)
        interaction.isInteraction = true
        #expect(limits.wait(try post(4), at(1)) == at(500))
        #expect(limits.wait(interaction, at(1)) == nil)
    }

    @Test("fifty a second over all routes, interactions aside")
    func global() throws {
        var limits = RateLimits()
        for number in 1...50 { limits.began(try post(Int64(number)), at(number)) }
        #expect(limits.wait(try post(99), at(60)) == at(1_061))
        var interaction = try post(98)
        interaction.isInteraction = true
        #expect(limits.wait(interaction, at(60)) == nil)
    }

    @Test("five hundred invalid requests in ten minutes stop everything for a while; shared limits do not count")
    func brake() throws {
        var limits = RateLimits()
        let request = try post(1)
        for number in 0..<499 {
            limits.began(request, at(number))
            limits.ended(request, answer(status: 403, body: #"{"code":50013}"#), at(number))
        }
        limits.began(request, at(500))
        limits.ended(request, answer(["x-ratelimit-scope": "shared"], status: 429, body: #"{"retry_after":0.1}"#), at(500))
        #expect(limits.wait(try post(2), at(2_000)) == nil)
        limits.began(request, at(2_000))
        limits.ended(request, answer(status: 403, body: #"{"code":50013}"#), at(2_000))
        #expect(limits.wait(try post(2), at(2_000)) == at(600_000))
    }

    @Test("a wall in front of Discord that speaks no JSON is left alone for long")
    func wall() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(status: 429, body: "error code: 1015"), start)
        #expect(limits.wait(try post(2), at(1)) == at(600_000))
        var interaction = try post(3)
        interaction.isInteraction = true
        #expect(limits.wait(interaction, at(1)) == at(600_000) && limits.trouble(at(1)) == .walled)
        #expect(limits.wait(interaction, at(600_000)) == nil && limits.trouble(at(600_000)) == nil)
    }

    @Test("a fault's answer, which tells nothing, does not make a bucket look endless")
    func fault() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(told(1, "5.0")), start)
        limits.began(request, start)
        limits.ended(request, answer(status: 502, body: "<html>"), start)
        #expect(limits.wait(request, at(1)) == at(5_000))
    }

    @Test("a window of which every answer was lost does not stay shut for ever")
    func lostWindow() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(told(0, "1.0")), start)
        for _ in 0..<9 {
            #expect(limits.wait(request, at(1_000)) == nil)
            limits.began(request, at(1_000))
            limits.lost(request)
        }
    }

    @Test("a route whose answers name no bucket is not limited")
    func unlimited() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(), start)
        for _ in 0..<40 {
            #expect(limits.wait(request, at(2_000)) == nil)
            limits.began(request, at(2_000))
        }
    }

    @Test("P6: routes that share a bucket share its count, in each channel by itself")
    func shared() throws {
        var limits = RateLimits()
        let (send, look) = (try post(1), RESTRequest(.messages(try #require(ID<Channel>(1)))))
        for request in [send, look] {
            limits.began(request, start)
            limits.ended(request, answer(told(request == send ? 2 : 1, "3.0")), start)
        }
        limits.began(look, at(10))
        #expect(limits.wait(send, at(10)) == .distant)
        limits.ended(look, answer(told(0, "2.9")), at(100))
        #expect(limits.wait(send, at(100)) == at(3_000))
        #expect(limits.wait(try post(2), at(100)) == nil)
    }

    @Test("P6: a route that is told another bucket waits for both until the first one's window is over")
    func changing() throws {
        var limits = RateLimits()
        let request = try post(1)
        limits.began(request, start)
        limits.ended(request, answer(told(0, "2.0", bucket: "old")), start)
        limits.began(request, at(1))
        limits.ended(request, answer(told(4, "5.0", bucket: "new")), at(1))
        #expect(limits.wait(request, at(2)) == at(2_000))
        #expect(limits.wait(request, at(2_000)) == nil)
        limits.began(request, at(2_000))
        limits.ended(request, answer(told(0, "3.0", bucket: "new")), at(2_001))
        #expect(limits.wait(request, at(2_001)) == at(5_001))
    }

    @Test("P6: what one channel was told is expected of the next, so that two routes do not both go ahead")
    func expected() throws {
        var limits = RateLimits()
        func look(_ number: Int64) throws -> RESTRequest { RESTRequest(.messages(try #require(ID<Channel>(number)))) }
        for request in [try post(1), try look(1)] {
            limits.began(request, start)
            limits.ended(request, answer(told(4, "5.0")), start)
        }
        limits.began(try post(2), at(1))
        #expect(limits.wait(try look(2), at(1)) == .distant)
    }

    @Test("P6: windows are told apart by Discord's clock, however late an answer comes")
    func windows() throws {
        var limits = RateLimits()
        let request = try post(1)
        func told(_ remaining: Int, _ after: String, _ reset: String) -> [String: String] {
            self.told(remaining, after).merging(["x-ratelimit-reset": reset]) { $1 }
        }
        limits.began(request, start)
        limits.ended(request, answer(told(4, "5.0", "100.0")), start)
        for _ in 0..<3 { limits.began(request, start) }
        limits.ended(request, answer(told(1, "4.9", "100.0")), at(20))
        limits.ended(request, answer(told(3, "4.95", "100.0")), at(900))
        limits.ended(request, answer(told(2, "4.9", "100.0")), at(901))
        limits.began(request, at(902))
        #expect(limits.wait(request, at(902)) == .distant)
    }

    @Test("a limit of one address, though its bucket has room, bars that address alone")
    func alone() throws {
        var limits = RateLimits()
        let (one, two) = (try post(1), RESTRequest(.messages(try #require(ID<Channel>(1)))))
        for request in [one, two] {
            limits.began(request, start)
            limits.ended(request, answer(told(4, "5.0")), start)
        }
        limits.began(one, at(1))
        let slow = told(3, "5.0").merging(["x-ratelimit-scope": "shared"]) { $1 }
        limits.ended(one, answer(slow, status: 429, body: #"{"retry_after":600.5}"#), at(1))
        #expect(limits.wait(one, at(6_000)) == at(600_501))
        #expect(limits.wait(two, at(6_000)) == nil)
    }

    @Test("a 429 that does not say for how long is waited out longer each time")
    func speechless() throws {
        var limits = RateLimits()
        let request = try post(1)
        var now = 0
        for pause in [5_000, 10_000, 20_000] {
            limits.began(request, at(now))
            limits.ended(request, answer(["x-ratelimit-scope": "user"], status: 429, body: #"{"code":40003}"#), at(now))
            #expect(limits.wait(request, at(now)) == at(now + pause))
            now += pause
        }
    }
}
