import Calls
import Discord
import Kit
import Machine
import Shared

/// A link and its partner on real sockets, where wanted with a door between them that encrypts.
struct Stage {
    let discord: LoopbackDiscord
    let listener = Listener()
    let link: DiscordLink
    /// How far the clock has been turned beyond the real one.
    private let ahead = Lock(0)

    init(
        _ compression: Compression = .none, intents: Intents = .usual, behind door: Doorway? = nil,
        rest: @escaping @Sendable (LoopbackDiscord.Request) -> (Int, String)? = { _ in (404, #"{"code":0,"message":"404"}"#) }
    ) throws {
        let port = Lock(0)
        let isHidden = door != nil
        discord = try LoopbackDiscord { request in
            if request.path.hasSuffix("/gateway/bot") {
                let url = "\(isHidden ? "wss" : "ws")://127.0.0.1:\(port.locked { $0 })/main"
                let body =
                    #"{"url":"\#(url)","shards":1,"session_start_limit":{"total":1000,"remaining":999,"reset_after":1000,"max_concurrency":1}}"#
                return HTTPResponse(status: 200, headers: [:], body: Array(body.utf8))
            }
            return rest(request).map { HTTPResponse(status: $0.0, headers: [:], body: Array($0.1.utf8)) }
        }
        try door?.open(before: discord.port)
        let known = door?.port ?? discord.port
        port.locked { $0 = known }
        var configuration = LinkConfiguration(
            token: Secret("OTk5.secret"), apiBase: "\(isHidden ? "https" : "http")://127.0.0.1:\(known)/api/v10",
            intents: intents,
            version: "1")
        configuration.compression = compression
        configuration.certificates = door?.certificate
        let ahead = ahead
        let clock = LinkClock(
            now: { MonotonicTime.now.adding(milliseconds: ahead.locked { $0 }) },
            wall: { Instant(milliseconds: wallMilliseconds() + Int64(ahead.locked { $0 })) },
            chance: { Double.random(in: 0..<1) })
        link = try DiscordLink(configuration, inbox: listener, ledger: listener, clock: clock)
    }

    func turn(_ milliseconds: Int) {
        ahead.locked { $0 += milliseconds }
        link.nudge()
    }

    /// Lets the pause between two connections or two identifies pass, once it has been entered.
    func passPause() throws {
        try listener.await { $0.states.last?.phase == .waiting }
        turn(7_000)
    }

    func hello(_ connection: Int, every milliseconds: Int = 45_000) {
        discord.send(connection, #"{"op":10,"d":{"heartbeat_interval":\#(milliseconds)},"s":null,"t":null}"#)
    }

    func joined() throws -> (Int, String) {
        try discord.await { if case .joined(let connection, let path) = $0 { (connection, path) } else { nil } }
    }

    func said(_ opcode: Int64) throws -> JSON {
        try discord.await { news -> JSON? in
            guard case .said(_, let json) = news, json["op"]?.int == opcode else { return nil }
            return json["d"] ?? .null
        }
    }

    /// Online with a new session; answers the connection.
    func online(every milliseconds: Int = 45_000) throws -> Int {
        link.start(checkpoints: [])
        let (connection, _) = try joined()
        hello(connection, every: milliseconds)
        _ = try said(2)
        ready(connection)
        try listener.await { $0.states.last?.phase == .connected && $0.dispatches.count == 1 }
        return connection
    }

    func ready(_ connection: Int) {
        discord.send(
            connection,
            #"{"t":"READY","s":1,"op":0,"d":{"user":{"id":"999","username":"hearth"},"guilds":[{"id":"5","unavailable":true}],"session_id":"abc","resume_gateway_url":"ws://127.0.0.1:\#(discord.port)/resume","application":{"id":"77","flags":0}}}"#
        )
    }

    func message(_ connection: Int, _ sequence: Int) {
        discord.send(
            connection,
            #"{"t":"MESSAGE_CREATE","s":\#(sequence),"op":0,"d":{"id":"\#(1000 + sequence)","channel_id":"2","guild_id":"5","content":"m\#(sequence)","author":{"id":"3","username":"ann"}}}"#
        )
    }

    func end() {
        link.stop(keepingSession: true)
        discord.end()
    }
}
