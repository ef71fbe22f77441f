internal import Machine

/// The listening socket of the one daemon that lives here. Its lock is held for life, so a second daemon never takes its
/// place and never removes it; only the holder of the lock replaces a socket that a dead one left behind.
final class ControlSocket: Sendable {
    let listener: Descriptor
    private let place: SocketPlace
    private let lock: FileLock
    private let identity: PathEntry.Identity?

    /// `holder` is what a second daemon is told.
    init(_ path: String, access: SocketAccess, user: UInt32, holder: String) throws(SocketTrouble) {
        let place = SocketPlace(path: path, access: access, user: user)
        try place.checkFolder()
        lock = try Self.takeLock(place)
        lock.note(holder)
        try place.checkVacancy()
        listener = try place.asking { () throws(SystemError) in try Self.listen(place) }
        self.place = place
        identity = try place.asking { () throws(SystemError) in try PathEntry(at: path) }?.identity
    }

    private static func takeLock(_ place: SocketPlace) throws(SocketTrouble) -> FileLock {
        if let entry = try place.asking({ () throws(SystemError) in try PathEntry(at: place.lock) }), entry.kind != .file {
            throw .occupied(path: place.lock, by: entry.kind)
        }
        guard let lock = try place.asking({ () throws(SystemError) in try FileLock.take(place.lock) }) else {
            let holder = (try? Files.read(place.lock, atMost: 200)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            throw .held(by: holder, lock: place.lock)
        }
        return lock
    }

    /// Binds where only we can reach, sets the mode, and only then takes the path: nobody ever finds it half open.
    private static func listen(_ place: SocketPlace) throws(SystemError) -> Descriptor {
        if try PathEntry(at: place.newborn) != nil { try Files.remove(place.newborn) }
        if try PathEntry(at: place.nursery) != nil { try Files.removeFolder(place.nursery) }
        try Files.makePrivateFolder(place.nursery)
        let listener = try Sockets.listenOnUnix(place.newborn, backlog: 512)
        if let group = place.access.group { try Files.setGroup(group, of: place.newborn) }
        try Files.setMode(place.access.socketMode, of: place.newborn)
        CrashPoint.socketBound.passed()
        try Files.move(place.newborn, to: place.path)
        CrashPoint.socketPlaced.passed()
        try Files.removeFolder(place.nursery)
        return listener
    }

    /// Removes the socket if it is still ours. The lock goes with this value.
    func remove() {
        guard let identity, (try? PathEntry(at: place.path))?.identity == identity else { return }
        try? Files.remove(place.path)
    }
}
