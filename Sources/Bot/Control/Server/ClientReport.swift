package import Kit
internal import Machine
package import Shared

/// A client as the house sees it.
package struct ClientReport: Hashable, Sendable {
    package var id: String
    package var user: UInt32
    package var name: String
    /// Who they say they are among those who share the account.
    package var alias: String
    package var process: Int32
    package var role: Access.Role
    /// What the program calls itself.
    package var client: String
    package var zone: String
    /// When they came, by the calendar.
    package var sinceMilliseconds: Int64
    package var ageMilliseconds: Int64
    package var received: Int64
    package var sent: Int64
    package var queued: Int64
    package var subscriptions: Int

    /// A row of `house.clients`.
    package var json: JSON {
        [
            "id": .string(id), "user": .int(Int64(user)), "name": .string(name), "alias": .string(alias),
            "pid": .int(Int64(process)),
            "role": .string(role.rawValue), "client": .string(client), "tz": .string(zone), "since_ms": .int(sinceMilliseconds),
            "age_ms": .int(ageMilliseconds),
            "in_bytes": .int(received), "out_bytes": .int(sent), "queue_bytes": .int(queued),
            "subscriptions": .int(Int64(subscriptions)),
        ]
    }
}

/// What has happened at the socket since the start.
package struct ControlCounters: Hashable, Sendable {
    package var accepted = 0
    package var refused = 0
    package var requests = 0
    package var resyncs = 0
    package var overflows = 0
}

/// Where the server's thread pins up what others may read at any time.
final class ClientBoard: Sendable {
    private struct Entry: Sendable {
        var report: ClientReport
        var since: MonotonicTime
    }

    private struct State: Sendable {
        var entries: [UInt64: Entry] = [:]
        var counters = ControlCounters()
    }

    private let state = Lock(State())

    func pin(_ tag: UInt64, _ report: ClientReport, since: MonotonicTime) {
        state.locked { $0.entries[tag] = Entry(report: report, since: since) }
    }

    func remove(_ tag: UInt64) { state.locked { $0.entries[tag] = nil } }
    func count(_ change: (inout ControlCounters) -> Void) { state.locked { change(&$0.counters) } }
    var counters: ControlCounters { state.locked { $0.counters } }
    func has(_ tag: UInt64) -> Bool { state.locked { $0.entries[tag] != nil } }

    /// Oldest first.
    func reports(now: MonotonicTime) -> [ClientReport] {
        let entries = state.locked { $0.entries }
        return entries.sorted { $0.key < $1.key }.map { _, entry in
            var report = entry.report
            report.ageMilliseconds = now.milliseconds(since: entry.since)
            return report
        }
    }
}
