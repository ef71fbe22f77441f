internal import Link
internal import Machine
internal import Shared

/// Questions and answers with the daemon, one after the other, each within the time that was given.
final class Exchange {
    private let address: ControlAddress
    private let connection: Connection
    private let poller: Poller
    private let patience: Int
    /// When all questions together shall be answered, if there is such a time.
    private let end: MonotonicTime?
    private var lastID: Int64 = 0
    private var waiting: [JSON] = []
    private var ending: Connection.Ending?

    init(_ options: Options, _ world: World, end: MonotonicTime? = nil) throws(Complaint) {
        self.end = end
        address = ControlAddress(socket: options.socket, host: options.host, environment: world.environment)
        patience = options.timeout
        connection = try Self.connect(to: address, within: options.wait ? patience : 0)
        do {
            poller = try Poller()
            try poller.watch(connection.descriptor, for: [.readable, .hungUp], tag: 1)
        } catch {
            throw Complaint(.failed, "\(error)")
        }
        let identity = options.identity(world, runsCommand: true)
        if !identity.isUnsaid { _ = try call("hello", identity.hello(client: "hearth")) }
    }

    /// A daemon that restarts is worth a moment's wait, if somebody asked for it.
    private static func connect(to address: ControlAddress, within milliseconds: Int) throws(Complaint) -> Connection {
        let deadline = MonotonicTime.now.adding(milliseconds: milliseconds)
        while true {
            let failure: SystemError
            do { return try address.connect() } catch { failure = error }
            guard MonotonicTime.now < deadline, failure.isMissing || failure.isRefused || failure.wouldBlock else {
                throw complaint(failure, address)
            }
            _ = try? Poller().wait(milliseconds: 50) { _, _ in }
        }
    }

    private static func complaint(_ failure: SystemError, _ address: ControlAddress) -> Complaint {
        if address.host != nil {
            return Complaint(.unreachable, "no way to \(address.description): \(failure)", "Is ssh installed?")
        }
        let path = address.socket ?? ""
        if failure.isMissing {
            return Complaint(
                .unreachable, "no daemon is listening: there is no socket at \(path)",
                "Start it (systemctl start hearthd), or name its socket with --socket or HEARTH_SOCKET.")
        }
        if failure.isRefused {
            return Complaint(
                .unreachable, "the daemon is not running: nobody answers at \(path)",
                "Start it (systemctl start hearthd) and look at its log (journalctl -u hearthd).")
        }
        if failure.isForbidden {
            return Complaint(
                .notPermitted, "you may not open \(path)", "Ask for membership in the group that owns it, then log in again.")
        }
        if failure.isTooLong { return Complaint(.configuration, "the socket's path is too long for the system: \(path)") }
        return Complaint(.unreachable, "cannot reach \(path): \(failure)")
    }

    // MARK: - Asking

    func call(_ method: String, _ params: JSON = [:], card: Bool = false) throws(Complaint) -> (result: JSON, card: JSON?) {
        let id = ask(method, params, card: card)
        let patient = MonotonicTime.now.adding(milliseconds: patience)
        let deadline = end.map { min($0, patient) } ?? patient
        while true {
            guard let message = try next(before: deadline) else {
                throw Complaint(
                    .timeout, "\(method) has not been answered within \(patience) ms",
                    "It may still happen. Give it longer with --timeout.")
            }
            switch ControlMessage(message) {
            case .reply(id, let result, let card): return (result, card)
            case .failure(let about, let error) where about == nil || about == id: throw Complaint(error)
            default: continue
            }
        }
    }

    func ask(_ method: String, _ params: JSON, card: Bool = false) -> Int64 {
        lastID += 1
        connection.send(ControlRequest(id: lastID, method: method, params: params, card: card))
        return lastID
    }

    /// The next message; nil when the time is over. Without a deadline it waits as long as the daemon lives.
    func next(before deadline: MonotonicTime?) throws(Complaint) -> JSON? {
        while waiting.isEmpty {
            if let ending { throw lost(ending) }
            connection.flush()
            let left = deadline.map { Int(max(0, $0.milliseconds(since: .now) + 1)) } ?? -1
            if let deadline, deadline <= .now { return nil }
            poller.change(connection.descriptor, to: connection.hasMoreToSend ? [.readable, .writable] : .readable, tag: 1)
            var nobodyReads = false
            _ = poller.wait(milliseconds: left) { tag, _ in nobodyReads = nobodyReads || tag == 2 }
            if nobodyReads { return nil }
            let news = connection.receive()
            waiting += news.lines
            ending = news.ending
        }
        return waiting.removeFirst()
    }

    /// Lets some time pass in which the daemon would be heard to hang up.
    func pause(milliseconds: Int) throws(Complaint) { _ = try next(before: .now.adding(milliseconds: milliseconds)) }

    /// Ends a wait also when the reader of our output goes away.
    func watchForReader(_ output: Int32) { try? poller.watch(output, for: [], tag: 2) }

    /// Ends a wait also when somebody types. False for what cannot be waited for, such as a file.
    func watchForWords(_ input: Int32) -> Bool { (try? poller.watch(input, for: .readable, tag: 2)) != nil }

    func forget(_ input: Int32) { poller.forget(input) }

    private func lost(_ ending: Connection.Ending) -> Complaint {
        let reason = if case .broken(let why) = ending { ": " + why } else { "" }
        return Complaint(
            .unreachable, "the daemon at \(address.description) hung up\(reason)",
            address.host == nil ? "Is it restarting? --wait waits for it." : "Does `ssh HOST hearth status` work there?")
    }
}
