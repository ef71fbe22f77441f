internal import CMicrohttpd
internal import Machine

/// libmicrohttpd with one thread of its own. A request whose answer is not there yet is set aside and costs nothing; what is too
/// long, too slow or too many the library turns away before anybody here sees it.
final class HTTPDaemon: @unchecked Sendable {
    /// What is asked of whoever has the answers: at once, while nothing but the headers is read, who is turned away; then the
    /// answer, whenever it comes.
    struct Desk: Sendable {
        var turnsAway: @Sendable (WebRequest) -> WebAnswer?
        var answer: @Sendable (WebRequest, @escaping @Sendable (WebAnswer) -> Void) -> Void
    }

    /// All headers of a request and its first line fit into this.
    private static let mostMemory = 16 << 10
    private static let mostConnections: UInt32 = 64
    /// A connection that is silent for so long is ended.
    private static let patienceSeconds: UInt32 = 10

    private let daemon: OpaquePointer
    /// Lives as long as the library may ask it something.
    private let hall: Hall

    init(on listener: Int32, asking desk: Desk) throws(SystemError) {
        hall = Hall(desk)
        let started = hearth_http_start(
            listener, Self.mostConnections, Self.patienceSeconds, Self.mostMemory,
            { hall, connection, url, method, _, _, _, own in
                guard let hall, let connection, let url, let method, let own else { return .NO }
                return Unmanaged<Hall>.fromOpaque(hall).takeUnretainedValue()
                    .serve(connection, String(cString: url), String(cString: method), own)
            },
            { hall, _, own, _ in
                guard let hall, let exchange = own?.pointee else { return }
                own?.pointee = nil
                Unmanaged<Hall>.fromOpaque(hall).takeUnretainedValue().leave(Unmanaged.fromOpaque(exchange))
            }, Unmanaged.passUnretained(hall).toOpaque())
        guard let started else { throw SystemError.last("start an HTTP server") }
        daemon = started
    }

    /// Nobody new is let in; who still waits is told so.
    func stop() {
        if hall.close() { MHD_stop_daemon(daemon) }
    }

    deinit { stop() }
}

/// Everybody who is inside.
private final class Hall: Sendable {
    private struct Guests {
        var isClosed = false
        var waiting: [ObjectIdentifier: HTTPExchange] = [:]
    }

    private let desk: HTTPDaemon.Desk
    private let guests = Lock(Guests())
    /// Told when the last one has gone after the doors were closed.
    private let left = Mailbox<Void>()
    /// Milliseconds in which those who still wait are told.
    private static let farewell = 300

    init(_ desk: HTTPDaemon.Desk) { self.desk = desk }

    /// Called when a request's headers are read, when all of it is, and once more when its answer is there.
    func serve(
        _ connection: OpaquePointer, _ path: String, _ method: String, _ own: UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> MHD_Result {
        if let known = own.pointee {
            let exchange = Unmanaged<HTTPExchange>.fromOpaque(known).takeUnretainedValue()
            if exchange.hasAnswer { return exchange.send() }
            ask(exchange)
            return .YES
        }
        let exchange = HTTPExchange(connection, method, path)
        own.pointee = Unmanaged.passRetained(exchange).toOpaque()
        guard let refusal = desk.turnsAway(exchange.request) else { return .YES }
        exchange.answer(refusal)
        return exchange.send()
    }

    private func ask(_ exchange: HTTPExchange) {
        exchange.wait()
        let isClosed = guests.locked { guests in
            guests.waiting[ObjectIdentifier(exchange)] = exchange
            return guests.isClosed
        }
        if isClosed { return exchange.answer(Self.closing) }
        desk.answer(exchange.request) { exchange.answer($0) }
    }

    private static let closing = WebAnswer.refused(503, "unavailable", "I am stopping.")

    func leave(_ exchange: Unmanaged<HTTPExchange>) {
        let isLast = guests.locked { guests in
            guests.waiting[ObjectIdentifier(exchange.takeUnretainedValue())] = nil
            return guests.isClosed && guests.waiting.isEmpty
        }
        if isLast { left.send(()) }
        exchange.release()
    }

    /// False when it is closed already.
    func close() -> Bool {
        let inside: [HTTPExchange]? = guests.locked { guests in
            if guests.isClosed { return nil }
            guests.isClosed = true
            return Array(guests.waiting.values)
        }
        guard let inside else { return false }
        for exchange in inside { exchange.answer(Self.closing) }
        if !inside.isEmpty { _ = left.receive(within: Self.farewell) }
        return true
    }
}
