internal import Link
internal import Machine

/// `hearth bridge`: standard input to the socket, the socket to standard output, byte for byte. When one side has said all
/// it wants to say, the other may still finish.
struct Bridge {
    let world: World
    let address: ControlAddress

    func run() throws(Complaint) {
        let socket: Descriptor
        do { socket = try Sockets.connectToUnix(address.socket ?? "") } catch {
            throw Complaint(.unreachable, "no daemon is listening at \(address.description): \(error)")
        }
        // It may wait for its input long after the daemon has hung up, so nobody waits for it.
        Thread.detached("bridge-in") { [input = world.input] in
            while let bytes = Streams.read(from: input), !bytes.isEmpty, Streams.write(bytes, to: socket.number) {}
            socket.finishWriting()
        }
        while let bytes = Streams.read(from: socket.number), !bytes.isEmpty {
            if !Streams.write(bytes, to: world.output) { break }
        }
    }
}
