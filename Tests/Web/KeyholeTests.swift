import Kit
import Machine
import Shared
import Testing
import Web
import Workbench

struct KeyholeTests {
    @Test func `ANA-04: a key reads what its features and its role allow, in its own guild, as the socket answers`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        let answer = try caller.get("/api/v1/toy/read?words=a%20b", Booth.held)
        #expect(answer.status == 200 && answer.json == ["rows": [1], "next": "more"])
        let request = try #require(booth.desk.asked.receive(within: 0)?.first)
        #expect(request.guild == Booth.guild && request.person.role == .viewer && request.params["words"] == "a b")
        let contents = try caller.get("/api/v1", Booth.held).json
        #expect(contents["rows"]?.array?.compactMap { $0["path"]?.text } == ["/api/v1/toy/read"])
        #expect(contents["guild"] == .id(Booth.guild))
    }

    @Test func `what a key is not for is refused with the reason, and nothing is asked behind it`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        let expected = [
            ("/api/v1/toy/peek", 403), ("/api/v1/other/read", 403), ("/api/v1/toy/write", 404), ("/api/v1/toy/own", 404),
            ("/api/v1/toy/wide", 404), ("/api/v1/toy/none", 404), ("/api/v1/toy", 404), ("/api/v1/toy/read/", 404),
            ("/api/v1//toy/read", 404), ("/api/v1/toy/read?words=a&words=b", 400),
        ]
        for (path, status) in expected {
            let answer = try caller.get(path, Booth.held)
            #expect(answer.status == status && answer.json["error"]?["message"]?.text != nil, "\(path): \(answer)")
        }
        #expect(booth.desk.asked.receive(within: 0)?.isEmpty ?? true)
    }

    @Test func `without the right key nothing opens, however it is sent`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        for value in [
            "", "Bearer", "Bearer ", "Bearer hearth_abd", "Basic \(Booth.text)", "Bearer \(Booth.text)x", Booth.text,
            "Bearer hearth_' OR 1=1 --", "Bearer " + AccessKey.prefix + String(repeating: "a", count: 500),
        ] {
            let answer = try caller.get("/api/v1/toy/read", ["Authorization": value])
            #expect(answer.status == 401 && answer.headers["www-authenticate"] == "Bearer", "\(value)")
        }
        #expect(try caller.get("/api/v1/toy/read?key=\(Booth.text)").status == 401)
        #expect(try caller.get("/api/v1/toy/read", ["Authorization": "bearer  \(Booth.text)"]).status == 200)
    }

    @Test func `a key's limit is kept, says when to come back, and comes back evenly`() throws {
        let booth = try Booth()
        booth.desk.limit.locked { $0 = 2 }
        let caller = WebCaller(port: booth.port)
        for _ in 0..<2 { #expect(try caller.get("/api/v1/toy/read", Booth.held).status == 200) }
        let refused = try caller.get("/api/v1/toy/read", Booth.held)
        #expect(refused.status == 429 && refused.headers["retry-after"] == "30")
        booth.time.locked { $0 = $0.adding(milliseconds: 30_000) }
        #expect(try caller.get("/api/v1/toy/read", Booth.held).status == 200)
        #expect(try caller.get("/api/v1/toy/read", Booth.held).status == 429)
    }

    @Test func `what the house refuses has the status of its kind, and faults their reference`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        let kinds: [(Refusal.Kind, Int)] = [
            (.invalid, 400), (.notFound, 404), (.conflict, 409), (.forbidden, 403), (.limited, 429), (.unavailable, 503),
        ]
        for (kind, status) in kinds {
            booth.desk.answer.locked {
                $0 = .refused(Refusal(kind, "No.", hint: "Do.", field: "words", retryMilliseconds: 1500))
            }
            let answer = try caller.get("/api/v1/toy/read", Booth.held)
            #expect(
                answer.status == status && answer.json["error"]?["field"] == "words" && answer.headers["retry-after"] == "2")
        }
        booth.desk.answer.locked { $0 = .failed(reference: "ABC123") }
        let failed = try caller.get("/api/v1/toy/read", Booth.held)
        #expect(failed.status == 500 && failed.body.contains("ABC123"))
    }

    @Test func `a house that is stuck refuses to read at once, and still says how it is`() throws {
        let booth = try Booth(ailments: ["The engine is stuck."], engine: .bad)
        booth.desk.holdsBack.locked { $0 = true }
        let caller = WebCaller(port: booth.port)
        #expect(try caller.get("/api/v1/toy/read", Booth.held).status == 503)
        #expect(try caller.get("/healthz").status == 503)
        #expect(try caller.get("/metrics").status == 200)
    }
}
