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

    mutating func add(_ call: Call) { lines[Name(call.request), default: []].append(call) }

    /// It was turned away and goes before all others.
    mutating func putBack(_ call: Call) { lines[Name(call.request), default: []].insert(call, at: 0) }

    /// Takes out what may go now, a call of each line in turn, the longest waiting line first.
    mutating func release(_ limits: inout RateLimits, _ now: MonotonicTime) -> [Call] {
        guard !lines.isEmpty else { return [] }
        var released: [Call] = []
        var names = lines.keys.sorted { (lines[$0]?.first?.number ?? 0) < (lines[$1]?.first?.number ?? 0) }
        while !names.isEmpty {
            names = names.filter { name in
                guard let index = next(name, limits, now), let call = lines[name]?.remove(at: index) else { return false }
                limits.began(call.request, now)
                released.append(call)
                if lines[name]?.isEmpty == true { lines[name] = nil }
                return lines[name] != nil
            }
        }
        return released
    }

    /// The first of a line whose pause is over, when its limits let it go.
    private func next(_ name: Name, _ limits: RateLimits, _ now: MonotonicTime) -> Int? {
        guard let line = lines[name], let index = line.firstIndex(where: { $0.notBefore.map { $0 <= now } ?? true }) else {
            return nil
        }
        return limits.wait(line[index].request, now) == nil ? index : nil
    }

    /// When something in line may go by itself.
    func wake(_ limits: RateLimits, _ now: MonotonicTime) -> MonotonicTime? {
        var earliest: MonotonicTime?
        for line in lines.values {
            var isAsked = false
            for call in line {
                var due = call.notBefore ?? now
                if due <= now {
                    if isAsked { continue }
                    isAsked = true
                    due = limits.wait(call.request, now) ?? now
                }
                if due != .distant { earliest = min(earliest ?? due, due) }
            }
        }
        return earliest
    }
}
