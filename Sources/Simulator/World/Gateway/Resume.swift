import Shared

extension World {
    mutating func resume(_ connection: Int, _ data: JSON) {
        if connections[connection]?.hasIdentified == true { return misuse(connection, 4005, "resumed on a live session") }
        guard data["token"]?.text == bot.token else { return misuse(connection, 4004, "Authentication failed.") }
        guard let id = data["session_id"]?.text, let sequence = data["seq"]?.int else {
            return misuse(connection, 4002, "a malformed resume")
        }
        if let refusal = faults.refusesResume(&dice) {
            if !refusal { sessions[id] = nil }
            return send(connection, op: 9, .bool(refusal))
        }
        guard let session = sessions[id] else { return send(connection, op: 9, false) }
        guard sequence <= session.sequence, sequence >= 0 else {
            connections[connection]?.session = id
            return misuse(connection, 4007, "Invalid seq.")
        }
        guard let missed = session.replay.after(sequence) else {
            sessions[id] = nil
            return send(connection, op: 9, false)
        }
        if let earlier = session.connection {
            connections[earlier]?.session = nil
            close(earlier, 4000, "resumed elsewhere")
        }
        sessions[id]?.connection = connection
        sessions[id]?.droppedAt = nil
        connections[connection]?.session = id
        connections[connection]?.hasIdentified = true
        if faults.takes(.dropReplay, &dice) { connections[connection]?.dropAfter = max(1, missed.count / 2) }
        for frame in missed { queue(connection, frame) }
        if sessions[id]?.connection == connection { deliver("RESUMED", to: id, ["_trace": []]) }
    }

    /// The server asks every socket to come back later.
    package mutating func askToReconnect() {
        for connection in connections.values where connection.hasIdentified { send(connection.id, op: 7, .null) }
    }

    /// The server calls every session invalid, resumable or not.
    package mutating func invalidateSessions(resumable: Bool) {
        for connection in connections.values where connection.hasIdentified {
            send(connection.id, op: 9, .bool(resumable))
            if !resumable, let session = connection.session {
                sessions[session] = nil
                connections[connection.id]?.session = nil
                connections[connection.id]?.hasIdentified = false
            }
        }
    }

    package mutating func askForHeartbeat() {
        for connection in connections.values { send(connection.id, op: 1, .null) }
    }

    /// Every socket stands and says nothing any more.
    package mutating func goSilent() {
        for (id, connection) in connections where !connection.isClosed {
            connections[id]?.isHalfOpen = true
            connections[id]?.outbound = [.mangled(.halfOpen, [])]
            connections[id]?.silentSince = connection.silentSince ?? now
        }
    }

    package mutating func breakSockets() {
        for id in connections.keys { reset(id) }
    }
}
