internal import Machine
internal import Shared

/// How long interactions take, from when they are handed to the socket until the request that answers them has come whole.
package final class Stopwatch: Sendable {
    private struct State {
        var running: [String: MonotonicTime] = [:]
        var laps: [Int64] = []
    }

    private let state = Lock(State())

    package init() {}

    func leaves(_ interactions: [ID<Interaction>]) {
        let now = MonotonicTime.now
        state.locked { state in for id in interactions { state.running[id.description] = now } }
    }

    /// `/api/v10/interactions/{id}/{token}/callback` stops the time of its interaction.
    func comes(_ path: String) {
        let parts = path.split(separator: "/")
        guard parts.count == 6, parts[2] == "interactions", parts[5] == "callback" else { return }
        let now = MonotonicTime.now
        state.locked { state in
            guard let left = state.running.removeValue(forKey: String(parts[3])) else { return }
            state.laps.append(now.nanoseconds - left.nanoseconds)
        }
    }

    /// Nanoseconds of those that were answered since it was last asked.
    package func takeLaps() -> [Int64] {
        state.locked { state in
            defer { state.laps = [] }
            return state.laps
        }
    }
}
