internal import Calls
import Machine

/// Calls that wait for their turn, in a line each for what is counted together: when the first of a line may not go, nobody
/// behind it is asked. So an outage's thousands cost as much as the lines that they stand in.
struct WaitingLines {
    typealias Call = CourierMachine.Call

    private struct Name: Hashable {
        var method: Method
        var template: String
        var major: String
        var isRenaming: Bool

        init(_ request: RESTRequest) {
            method = request.route.method
            template = request.route.template
            major = request.route.major
            isRenaming = request.isRenaming
        }
    }

    private var lines: [Name: [Call]] = [:]
    /// Of those that wait longer than for their turn, by number.
    private var pauses: [Int: MonotonicTime] = [:]

    mutating func add(_ call: Call) {
        lines[Name(call.request), default: []].append(call)
        pauses[call.number] = call.notBefore
    }

    /// It was turned away and goes before all others.
    mutating func putBack(_ call: Call) { lines[Name(call.request), default: []].insert(call, at: 0) }

    /// Takes out what may go now, a call of each line in turn, the longest waiting line first.
    mutating func release(_ limits: inout RateLimits, _ now: MonotonicTime) -> [Call] {
        var names = open(limits, now)
        var released: [Call] = []
        while !names.isEmpty {
            names = names.filter { name in
                guard let index = lines[name].flatMap({ next($0, limits, now) }), let call = lines[name]?.remove(at: index)
                else { return false }
                limits.began(call.request, now)
                released.append(call)
                pauses[call.number] = nil
                if lines[name]?.isEmpty == true { lines[name] = nil }
                return lines[name] != nil
            }
        }
        return released
    }

    /// The lines of which somebody may go now, the longest waiting one first. What goes out opens no other line.
    private func open(_ limits: RateLimits, _ now: MonotonicTime) -> [Name] {
        let open = lines.compactMap { name, line in
            next(line, limits, now) == nil ? nil : (name: name, since: line.first?.number ?? 0)
        }
        return open.sorted { $0.since < $1.since }.map(\.name)
    }

    /// The first of a line whose pause is over, when its limits let it go.
    private func next(_ line: [Call], _ limits: RateLimits, _ now: MonotonicTime) -> Int? {
        guard let index = line.firstIndex(where: { $0.isReady(now) }) else { return nil }
        return limits.wait(line[index].request, now) == nil ? index : nil
    }

    /// When something in line may go by itself.
    func wake(_ limits: RateLimits, _ now: MonotonicTime) -> MonotonicTime? {
        let turns = lines.values.compactMap { line in
            line.first { $0.isReady(now) }.map { limits.wait($0.request, now) ?? now }
        }
        return (turns + pauses.values.filter { $0 > now }).filter { $0 != .distant }.min()
    }
}

extension CourierMachine.Call {
    fileprivate func isReady(_ now: MonotonicTime) -> Bool { notBefore.map { $0 <= now } ?? true }
}
