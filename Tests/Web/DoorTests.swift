import Kit
import Machine
import Shared
import Testing
import Web
import Workbench

/// The door itself, asked over real sockets by programs that behave and by others.
struct DoorTests {
    @Test func `OPS-06: healthz says 200 where all is well, and 503 with the reasons in words where it is not`() throws {
        let sound = try Booth()
        let well = try WebCaller(port: sound.port).get("/healthz")
        #expect(well.status == 200 && well.json["status"] == "ok" && well.json["uptime_seconds"] == 90)
        #expect(well.json["time"] == "1970-01-01T00:01:40Z" && well.json["checks"]?["gateway"]?["state"] == "ok")
        sound.server.stop()
        let booth = try Booth(ailments: ["The gateway is not connected: resuming."])
        let ill = try WebCaller(port: booth.port).get("/healthz")
        #expect(ill.status == 503 && ill.json["reasons"]?[0] == "The gateway is not connected: resuming.")
    }

    @Test func `what is asked for otherwise than by GET or HEAD, with a body, or by a stranger's name is turned away`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
            let answer = try caller.get("/healthz", method: method)
            #expect(answer.status == 405 && answer.headers["allow"] == "GET, HEAD", "\(method)")
        }
        #expect(try caller.get("/healthz", method: "HEAD").body.isEmpty)
        for host in [
            "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "[::1", "localhost:80:80", "", "127.0.0.1:x",
        ] {
            #expect(try caller.get("/healthz", ["Host": host]).status == 421, "\(host)")
        }
        for host in ["localhost", "LOCALHOST:9", "[::1]:80", "127.0.0.1", "metrics.inside"] {
            #expect(try caller.get("/healthz", ["Host": host]).status == 200, "\(host)")
        }
        let body = try WebCaller.read(
            caller.say("GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"))
        #expect(body.status == 413)
        let chunks = try WebCaller.read(
            caller.say(
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"))
        #expect(chunks.status == 413)
    }

    @Test func `paths are names, never files: what climbs, hides or repeats finds nothing`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        for path in [
            "/", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//healthz", "/healthz/", "/healthz/..", "/HEALTHZ",
            "/metrics.txt", "/api", "/api/v2", "/healthz%2f..%2fmetrics", "/\u{202e}",
        ] {
            #expect(try caller.get(path).status == 404, "\(path)")
        }
        #expect(try caller.get("/healthz?x=1").status == 200)
    }

    @Test func `what is no HTTP, or far too much of it, ends its own connection and no other`() throws {
        let booth = try Booth()
        let caller = WebCaller(port: booth.port)
        let long = String(repeating: "a", count: 40_000)
        for said in [
            "GET /\(long) HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: \(long)\r\n\r\n",
            "\u{0}\u{1}\u{2}\r\n\r\n", "GET\r\n\r\n", "GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
            "GET /healthz HTTP/1.1\r\n\r\n",
        ] {
            let heard = try caller.say(said, leaving: true)
            #expect(!heard.hasPrefix("HTTP/1.1 200"), "\(said.prefix(30)): \(heard.prefix(60))")
        }
        #expect(try caller.get("/healthz").status == 200)
    }

    @Test func `whoever opens connections and says nothing fills the door, not the house; those that go leave room`() throws {
        let booth = try Booth()
        var silent: [Descriptor] = []
        for _ in 0..<80 { silent.append(try Sockets.connectToLoopback(port: booth.port)) }
        silent.removeAll()
        var answered = false
        for _ in 0..<50 where !answered { answered = (try? WebCaller(port: booth.port).get("/healthz").status) == 200 }
        #expect(answered)
    }

    @Test func `a door that closes tells those who wait, and the late answer finds nobody`() throws {
        let booth = try Booth()
        booth.desk.holdsBack.locked { $0 = true }
        let heard = Mailbox<String>()
        let port = booth.port
        let thread = Thread("caller") {
            heard.send((try? WebCaller(port: port).get("/api/v1/toy/read", Booth.held).body) ?? "nothing")
        }
        booth.desk.asked.waitForOne()
        booth.server.stop()
        thread.join()
        #expect(heard.receive(within: 0)?.first?.contains("I am stopping") == true)
        booth.desk.answerAll()
        booth.server.stop()
    }
}
