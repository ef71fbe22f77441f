package import Kit
package import Machine
internal import Shared

/// The control socket: it speaks the protocol with every client on one thread of its own and never makes the engine wait.
package final class ControlServer: Sendable {
    private struct Running: Sendable {
        let entrances: [Entrance]
        let slot: Slot
        let thread: Thread
    }

    private let path: String
    private let viewPath: String?
    private let roles: RoleBook
    private let access: SocketAccess
    private let setting: ControlLoop.Setting
    private let running = Lock<Running?>(nil)

    /// `viewPath` is where everybody may look on, whoever they are.
    package init(
        path: String, viewPath: String? = nil, roles: RoleBook, desk: any Desk, access: SocketAccess? = nil,
        limits: ControlLimits = ControlLimits(),
        world: ControlWorld = ControlWorld(), log: @escaping @Sendable (LogLevel, String) -> Void
    ) {
        self.path = path
        self.viewPath = viewPath
        self.roles = roles
        self.access = access ?? SocketAccess(for: roles)
        setting = ControlLoop.Setting(
            desk: desk, limits: limits, world: world, log: log, board: ClientBoard())
    }

    /// Opens the sockets and begins to serve. `process` is what a second daemon is told about this one.
    package func start(process: String) throws(SocketTrouble) {
        let entrances = try open(process)
        let notices = Mailbox<Notice>()
        let outcome = Mailbox<Result<Bell, SystemError>>()
        let setting = setting
        let thread = Thread("control") {
            do throws(SystemError) {
                let loop = try ControlLoop(setting, entrances: entrances, notices: notices)
                outcome.send(.success(loop.bell))
                loop.run()
            } catch {
                outcome.send(.failure(error))
            }
        }
        switch outcome.receive()?.first {
        case .success(let bell):
            let slot = Slot(notices: notices, bell: bell)
            running.locked { $0 = Running(entrances: entrances, slot: slot, thread: thread) }
        case .failure(let error):
            thread.join()
            for entrance in entrances { entrance.socket.remove() }
            throw .system(error.description)
        case nil: throw .system("the thread did not start")
        }
    }

    /// Hangs up on everybody, removes the socket, and returns when the thread has ended.
    package func stop() {
        guard
            let running = running.locked({ state in
                defer { state = nil }
                return state
            })
        else { return }
        running.slot.put(.stop)
        running.thread.join()
        for entrance in running.entrances { entrance.socket.remove() }
    }

    private func open(_ process: String) throws(SocketTrouble) -> [Entrance] {
        let user = Accounts.effectiveUser
        let main = try ControlSocket(path, access: access, user: user, holder: process)
        guard let viewPath else { return [Entrance(socket: main, roles: .byAccount(roles))] }
        do throws(SocketTrouble) {
            let view = try ControlSocket(viewPath, access: .everyone, user: user, holder: process)
            return [Entrance(socket: main, roles: .byAccount(roles)), Entrance(socket: view, roles: .onlyViewers)]
        } catch {
            main.remove()
            throw error
        }
    }

    /// Who is connected, oldest first.
    package func clients() -> [ClientReport] { setting.board.reports(now: setting.world.now()) }
    package var counters: ControlCounters { setting.board.counters }

    /// Hangs up on one client; false when there is none with this id.
    package func disconnect(_ id: String) -> Bool {
        guard let tag = UInt64(id), setting.board.has(tag) else { return false }
        return tell(.disconnect(client: tag))
    }

    /// Looks at the clock again: for whoever hands in one that can jump.
    package func wake() { _ = tell(.wake) }

    private func tell(_ notice: Notice) -> Bool {
        guard let slot = running.locked({ $0?.slot }) else { return false }
        slot.put(notice)
        return true
    }
}
