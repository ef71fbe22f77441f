package import Shared

extension World {
    /// A socket was opened at one of our addresses; HELLO waits to be drained.
    package mutating func open(query: String = "v=10&encoding=json", isResumeAddress: Bool = false, at moment: Instant) -> Int {
        advance(to: moment)
        let id = nextConnection()
        opened.append(now)
        connections[id] = ConnectionRecord(id: id, isResumeAddress: isResumeAddress, lastBeat: now)
        let parameters = Query(query)
        guard parameters["v"] == "10", parameters["encoding"] ?? "json" == "json" else {
            frown(.gatewayMisuse, "gateway opened with \(query)")
            close(id, 4012, "Invalid API version")
            return id
        }
        if faults.takes(.withholdHello, &dice) { return id }
        send(id, op: 10, ["heartbeat_interval": .int(rules.heartbeat.milliseconds), "_trace": ["[\"gateway-simulated\"]"]])
        return id
    }

    /// What waits for this socket; draining empties it.
    package mutating func drain(_ connection: Int) -> [Outbound] {
        guard let waiting = connections[connection]?.outbound, !waiting.isEmpty else { return [] }
        connections[connection]?.outbound = []
        if connections[connection]?.isClosed == true { connections[connection] = nil }
        return waiting
    }

    package var busyConnections: [Int] { connections.values.filter { !$0.outbound.isEmpty }.map(\.id).sorted() }
    package var liveSessions: Int { sessions.values.filter { $0.connection != nil }.count }

    /// The other side closed, with a code or without a word.
    package mutating func closed(_ connection: Int, code: Int?, at moment: Instant) {
        advance(to: moment)
        guard let record = connections.removeValue(forKey: connection) else { return }
        if let silentSince = record.silentSince { silences.append(now - silentSince) }
        guard let session = record.session else { return }
        if code == 1000 || code == 1001 {
            sessions[session] = nil
        } else {
            letGo(session)
        }
    }

    /// We close: the session stays resumable unless the code says that it is over.
    mutating func close(_ connection: Int, _ code: Int, _ reason: String) {
        guard let record = connections[connection], !record.isClosed else { return }
        connections[connection]?.isClosed = true
        connections[connection]?.outbound.append(.close(code, reason))
        guard let session = record.session else { return }
        let fatal: Set = [4003, 4004, 4005, 4007, 4009, 4010, 4011, 4012, 4013, 4014]
        if fatal.contains(code) { sessions[session] = nil } else { letGo(session) }
    }

    mutating func reset(_ connection: Int) {
        guard let record = connections[connection], !record.isClosed else { return }
        connections[connection]?.outbound.append(.reset)
        lose(connection)
    }

    /// The network has taken it; the session stays.
    private mutating func lose(_ connection: Int) {
        connections[connection]?.isClosed = true
        if let session = connections[connection]?.session { letGo(session) }
    }

    /// Everybody who is connected has sent a heartbeat within its interval.
    package var isInTime: Bool {
        connections.values.allSatisfy { $0.isClosed || !$0.hasIdentified || now - $0.lastBeat <= rules.heartbeat }
    }

    private mutating func letGo(_ session: String) {
        sessions[session]?.connection = nil
        sessions[session]?.droppedAt = now
    }

    mutating func send(_ connection: Int, op: Int64, _ data: JSON) {
        let frame: JSON = ["t": .null, "s": .null, "op": .int(op), "d": data]
        queue(connection, frame.bytes)
    }

    mutating func queue(_ connection: Int, _ frame: [UInt8]) {
        guard connections[connection].map({ !$0.isClosed && !$0.isHalfOpen }) ?? false else { return }
        let fault = faults.forFrame(&dice)
        connections[connection]?.outbound.append(fault.map { .mangled($0, frame) } ?? .text(frame))
        if fault == .cutFrame { return lose(connection) }
        guard let left = connections[connection]?.dropAfter else { return }
        connections[connection]?.dropAfter = left - 1
        if left <= 1 { reset(connection) }
    }

    /// The next so many hours do not count for heartbeats and dropped sessions.
    mutating func forgiveSockets(_ duration: Duration) {
        for (id, connection) in connections { connections[id]?.lastBeat = connection.lastBeat + duration }
        for (id, session) in sessions { sessions[id]?.droppedAt = session.droppedAt.map { $0 + duration } }
    }

    func beatDeadline(_ connection: ConnectionRecord) -> Instant? {
        if connection.isClosed { return nil }
        return connection.lastBeat + .milliseconds(rules.heartbeat.milliseconds * 3 / 2)
    }

    func expiry(of session: SessionRecord) -> Instant? { session.droppedAt.map { $0 + rules.replayWindow } }
}
