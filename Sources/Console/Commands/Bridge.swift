internal import Link
internal import Machine
internal import Shared

/// `hearth bridge`: standard input to the socket, the socket to standard output, byte for byte. When one side has said all
/// it wants to say, the other may still finish. Who it is that comes this way is said first, where a key's line says it.
struct Bridge {
    let world: World
    let address: ControlAddress
    var identity = ControlIdentity()

    private static let patience = 10_000

    func run() throws(Complaint) {
        let socket: Descriptor
        do { socket = try Sockets.connectToUnix(address.socket ?? "") } catch {
            throw Complaint(.unreachable, "no daemon is listening at \(address.description): \(error)")
        }
        if !identity.isUnsaid { try introduce(socket) }
        // It may wait for its input long after the daemon has hung up, so nobody waits for it.
        Thread.detached("bridge-in") { [input = world.input] in
            while let bytes = Streams.read(from: input), !bytes.isEmpty, Streams.write(bytes, to: socket.number) {}
            socket.finishWriting()
        }
        while let bytes = Streams.read(from: socket.number), !bytes.isEmpty {
            if !Streams.write(bytes, to: world.output) { break }
        }
    }

    /// Nothing of what comes over the bridge is heard before this has been answered.
    private func introduce(_ socket: Descriptor) throws(Complaint) {
        let hello = ControlRequest(id: 0, method: "hello", params: identity.hello(client: "bridge"))
        guard Streams.write(Array((hello.json.line + "\n").utf8), to: socket.number) else { throw Self.unheard }
        let end = MonotonicTime.now.adding(milliseconds: Self.patience)
        var buffer = LineBuffer()
        while MonotonicTime.now < end {
            let left = Int32(clamping: end.milliseconds(since: .now))
            guard Streams.waitUntilReady(socket.number, toWrite: false, milliseconds: left),
                let bytes = Streams.read(from: socket.number), !bytes.isEmpty
            else { throw Self.unheard }
            guard let line = buffer.append(bytes).first else { continue }
            if let answer = try? JSON(parsing: line), case .failure(_, let error)? = ControlMessage(answer) {
                throw Complaint(error)
            }
            return
        }
        throw Self.unheard
    }

    private static let unheard = Complaint(.unreachable, "the daemon hung up before it heard who you are")
}
