import Kit
import Machine
import Shared
import Simulator
import Store

/// What is still under way between the world and the daemon's store, read in one glance at each. The store is looked at
/// first: whatever it has not settled may still change the world, and whatever it has settled was said in the world before.
struct Quiet: CustomStringConvertible {
    /// Dispatches of each session that are on disk.
    let committed: [String: Int64]
    /// Dispatches of each session that somebody listens to.
    let sent: [String: Int64]
    let outbox: Int64
    /// What is due, but has not run.
    let overdue: Int64
    /// Channels that are being read back after a gap.
    let missed: Int64
    let sessions: Int

    /// `now` by the daemon's clock, where it is another one than the world's.
    init(_ store: any Connection, _ simulation: Simulation, shards: Int, now: Instant? = nil) throws {
        let seen = try store.first(
            """
            SELECT (SELECT COUNT(*) FROM house_outbox WHERE state = 'waiting'),
                (SELECT COUNT(*) FROM house_timers WHERE wake <= \(now ?? simulation.now)),
                (SELECT GROUP_CONCAT(session || ' ' || sequence) FROM house_sessions),
                (SELECT COUNT(*) FROM house_backfill) + (SELECT COUNT(*) FROM house_past WHERE state = 'reading')
            """
        ) { (outbox: $0.int(0), overdue: $0.int(1), sessions: $0.optionalText(2) ?? "", missed: $0.int(3)) }
        outbox = seen?.outbox ?? 0
        overdue = seen?.overdue ?? 0
        missed = seen?.missed ?? 0
        var committed: [String: Int64] = [:]
        for session in (seen?.sessions ?? "").split(separator: ",") {
            let words = session.split(separator: " ").map(String.init)
            if words.count == 2 { committed[words[0]] = Int64(words[1]) }
        }
        self.committed = committed
        sent = simulation.positions
        sessions = shards
    }

    var isQuiet: Bool { outbox == 0 && overdue == 0 && missed == 0 && sent.count == sessions && sent == committed }

    /// Dispatches that are not on disk.
    var behind: Int { Int(sent.reduce(0) { $0 + max(0, $1.value - (committed[$1.key] ?? 0)) }) }

    var description: String {
        var missing: [String] = []
        if sent.count != sessions { missing.append("\(sent.count) of \(sessions) sessions are live") }
        for (session, last) in sent.sorted(by: { $0.key < $1.key }) where committed[session] != last {
            missing.append("session \(session.prefix(6)) is at \(last), on disk is \(committed[session] ?? 0)")
        }
        if outbox > 0 { missing.append("\(outbox) effects are on their way") }
        if missed > 0 { missing.append("\(missed) channels are being read back") }
        if overdue > 0 { missing.append("\(overdue) jobs are due") }
        return missing.isEmpty ? "all is quiet" : missing.joined(separator: "; ")
    }
}
