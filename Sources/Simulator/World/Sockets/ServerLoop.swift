internal import Machine
import Shared

/// The server's one thread: reads what came, lets time pass, writes what waits.
final class ServerLoop {
    private let simulation: Simulation
    private let poller: Poller
    private let listener: Descriptor
    private let resumeListener: Descriptor
    private let door: Door
    private let stopwatch: Stopwatch?
    private var peers: [UInt64: Peer] = [:]
    private var gateways: [Int: UInt64] = [:]
    private var nextTag: UInt64 = 2
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    var bell: Bell { poller.bell }

    init(
        _ simulation: Simulation, _ listener: Descriptor, _ resumeListener: Descriptor, _ stopwatch: Stopwatch?
    ) throws(SystemError) {
        self.simulation = simulation
        self.stopwatch = stopwatch
        self.listener = listener
        self.resumeListener = resumeListener
        door = Door(simulation)
        poller = try Poller()
        try poller.watch(listener.number, for: .readable, tag: 0)
        try poller.watch(resumeListener.number, for: .readable, tag: 1)
    }

    func run(until isOver: () -> Bool) {
        while !isOver() {
            var ready: [(UInt64, Readiness)] = []
            _ = poller.wait(milliseconds: patience) { ready.append(($0, $1)) }
            for (tag, readiness) in ready { serve(tag, readiness) }
            deliver()
        }
        for peer in peers.values { poller.forget(peer.socket.number) }
        peers = [:]
    }

    /// Until the next thing that happens by itself; not at all while a load has room to go on.
    private var patience: Int {
        let now = simulation.now
        let (next, load) = simulation.read { ($0.nextDeadline, $0.loadIsDue(at: now)) }
        if load, hasRoom { return 0 }
        let isPaced = !gateways.isEmpty && simulation.read(\.isLoading)
        let isSlow = peers.values.contains { $0.trickles }
        let pause = isPaced && !load ? 2 : isSlow ? 20 : 500
        return Int(max(1, min(Int64(pause), next.map { ($0 - now).milliseconds } ?? Int64(pause))))
    }

    /// What is held waits for all of it, unless it were more than a machine should keep.
    private var hasRoom: Bool {
        !gateways.isEmpty
            && gateways.values.allSatisfy { peers[$0].map { $0.waiting < ($0.isHeld ? 1 << 30 : 1 << 20) } ?? true }
    }

    private func serve(_ tag: UInt64, _ readiness: Readiness) {
        if tag < 2 { return accept(from: tag == 0 ? listener : resumeListener, isResumeAddress: tag == 1) }
        guard let peer = peers[tag] else { return }
        if readiness.contains(.readable) || readiness.contains(.hungUp) { read(peer) }
        if peers[tag] != nil { write(peer) }
    }

    private func accept(from listener: Descriptor, isResumeAddress: Bool) {
        while let socket = Sockets.accept(listener) {
            Sockets.sendAtOnce(socket)
            nextTag += 1
            let peer = Peer(tag: nextTag, socket: socket, isResumeAddress: isResumeAddress)
            if (try? poller.watch(socket.number, for: [.readable], tag: nextTag)) != nil { peers[nextTag] = peer }
        }
    }

    // MARK: - Reading

    private func read(_ peer: Peer) {
        for _ in 0..<16 {
            let outcome = buffer.withUnsafeMutableBytes { peer.socket.read(into: $0) }
            switch outcome {
            case .moved(let count): take(buffer[..<count], from: peer)
            case .wouldBlock: return
            case .ended, .failed: return drop(peer, code: nil)
            }
            if peers[peer.tag] == nil { return }
        }
    }

    private func take(_ bytes: ArraySlice<UInt8>, from peer: Peer) {
        if peer.isEnding || peer.isDeaf { return }
        switch peer.mode {
        case .http(var reader):
            bytes.withUnsafeBytes { reader.append($0) }
            answerRequests(&reader, peer)
        case .gateway(let connection, var reader, let squeezer):
            bytes.withUnsafeBytes { reader.append($0) }
            hear(&reader, connection, peer)
            if peers[peer.tag] != nil { peer.mode = .gateway(connection: connection, reader: reader, squeezer: squeezer) }
        }
    }

    private func answerRequests(_ reader: inout HTTPReader, _ peer: Peer) {
        peer.mode = .http(reader)
        while !peer.isMute, peers[peer.tag] != nil {
            let step = reader.next()
            peer.mode = .http(reader)
            switch step {
            case .more: return
            case .wantsContinue: peer.queue(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            case .broken:
                peer.queue(Response(400, nil).wire)
                peer.isEnding = true
                return write(peer)
            case .request(let request):
                if request.headers["upgrade"]?.lowercased() == "websocket" { return upgrade(peer, request, reader.rest) }
                answer(request, peer)
            }
        }
    }

    private func answer(_ request: Request, _ peer: Peer) {
        stopwatch?.comes(request.path)
        let response = request.path.hasPrefix("/simulator/") ? door.answer(request) : simulation.respond(to: request)
        switch response.fate {
        case .hung: peer.isMute = true
        case .reset: reset(peer)
        case .cut:
            peer.queue(response.wire.dropLast(max(1, response.body.count / 2)))
            peer.isEnding = true
            write(peer)
        case .sent:
            peer.queue(response.wire)
            write(peer)
        }
    }

    private func upgrade(_ peer: Peer, _ request: Request, _ rest: [UInt8]) {
        guard let key = request.headers["sec-websocket-key"], request.headers["sec-websocket-version"] == "13" else {
            peer.queue(Response(400, nil).wire)
            peer.isEnding = true
            return write(peer)
        }
        let lines = [
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Accept: \(Digest.accept(key))",
        ]
        peer.queue(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8))
        let query = request.query.items.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let connection = simulation.act { $0.open(query: query, isResumeAddress: peer.isResumeAddress, at: $0.now) }
        let squeezer: (any Squeezer)? =
            switch request.query["compress"] {
            case "zlib-stream": ZlibSqueezer()
            case "zstd-stream": ZstdSqueezer()
            default: nil
            }
        var reader = WebSocketReader()
        reader.append(rest)
        peer.mode = .gateway(connection: connection, reader: reader, squeezer: squeezer)
        gateways[connection] = peer.tag
        take([], from: peer)
    }

    private func hear(_ reader: inout WebSocketReader, _ connection: Int, _ peer: Peer) {
        while peers[peer.tag] != nil, !peer.isEnding, let event = reader.next() {
            switch event {
            case .text(let bytes): simulation.act { $0.receive(connection, bytes, at: $0.now) }
            case .ping(let payload): peer.queuePong(payload)
            case .close(let code):
                simulation.act { $0.closed(connection, code: code, at: $0.now) }
                gateways[connection] = nil
                peer.queueClose(code ?? 1000, "")
                peer.isEnding = true
            case .broken(let code):
                peer.isDeaf = true
                simulation.act { $0.misuse(connection, code == 1007 ? 4002 : 4001, "a broken WebSocket frame") }
                return
            }
        }
    }

    // MARK: - Writing

    /// Hands over what the world wants to say on each gateway socket.
    private func deliver() {
        let room = hasRoom
        let hasHeld = gateways.values.contains { peers[$0]?.isHeld == true }
        let isSaid = gateways.values.allSatisfy { peers[$0].map { $0.isHeld || $0.waiting == 0 } ?? true }
        let (waiting, isHolding) = simulation.act(quietly: true) { world -> ([(Int, [Outbound])], Bool) in
            if !room { world.letLoadGo() }
            // What was said before a held load goes out before it, and what is said meanwhile waits with it.
            let isHolding = world.isHoldingLoad && (hasHeld || isSaid && world.busyConnections.isEmpty)
            if room, isHolding || !world.isHoldingLoad { world.pumpLoad(at: world.now) }
            return (world.busyConnections.map { ($0, world.drain($0)) }, isHolding && world.isHoldingLoad)
        }
        hold(isHolding)
        if let stopwatch {
            let leaving = simulation.act(quietly: true) { world -> [ID<Interaction>] in
                defer { world.departing = [] }
                return world.departing ?? []
            }
            stopwatch.leaves(leaving)
        }
        for (connection, outbounds) in waiting {
            guard let tag = gateways[connection], let peer = peers[tag] else { continue }
            for outbound in outbounds where peers[tag] != nil {
                switch outbound {
                case .text(let bytes): peer.queueMessage(bytes)
                case .mangled(let fault, let bytes):
                    guard !peer.queue(bytes, mangledBy: fault, at: simulation.now) else { continue }
                    peer.isEnding = true
                    gateways[connection] = nil
                case .reset: reset(peer)
                case .close(let code, let reason):
                    peer.queueClose(code, reason)
                    peer.isEnding = true
                    gateways[connection] = nil
                }
            }
            if peers[tag] != nil { write(peer) }
        }
        for peer in peers.values where peer.trickles { write(peer) }
    }

    private func hold(_ isHolding: Bool) {
        for peer in gateways.values.compactMap({ peers[$0] }) where peer.isHeld != isHolding {
            peer.isHeld = isHolding
            if !isHolding { write(peer) }
        }
    }

    private func write(_ peer: Peer) {
        if peer.isHeld { return }
        guard peer.flush(at: simulation.now) else { return drop(peer, code: nil) }
        if peer.waiting == 0, peer.isEnding, !peer.hasEnded {
            peer.hasEnded = true
            peer.socket.finishWriting()
        }
        let wants = peer.waiting > 0 && !peer.trickles
        if wants != peer.wantsToWrite {
            peer.wantsToWrite = wants
            poller.change(peer.socket.number, to: wants ? [.readable, .writable] : [.readable], tag: peer.tag)
        }
    }

    private func reset(_ peer: Peer) {
        Sockets.resetOnClose(peer.socket)
        drop(peer, code: nil)
    }

    private func drop(_ peer: Peer, code: Int?) {
        guard peers.removeValue(forKey: peer.tag) != nil else { return }
        poller.forget(peer.socket.number)
        if case .gateway(let connection, _, _) = peer.mode, gateways.removeValue(forKey: connection) != nil {
            simulation.act { $0.closed(connection, code: code, at: $0.now) }
        }
    }
}
