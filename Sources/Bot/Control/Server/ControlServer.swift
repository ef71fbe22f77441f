package import Kit
package import Machine
internal import Shared

/// The control socket: it speaks the protocol with every client on one thread of its own and never makes the engine wait.
package final class ControlServer: Sendable {
    private struct Running: Sendable {
        let socket: ControlSocket
        let slot: Slot
        let thread: Thread
    }

    private let path: String
    private let access: SocketAccess
    private let setting: ControlLoop.Setting
    private let running = Lock<Running?>(nil)

    package init(
        path: String, roles: RoleBook, desk: any Desk, access: SocketAccess? = nil, limits: ControlLimits = ControlLimits(),
        world: ControlWorld = ControlWorld(), log: @escaping @Sendable (LogLevel, String) -> Void
    ) {
        self.path = path
        self.access = access ?? SocketAccess(for: roles)
        setting = ControlLoop.Setting(
            roles: roles, desk: desk, limits: limits, world: world, log: log, board: ClientBoard())
    }

    /// Opens the socket and begins to serve. `process` is what a second daemon is told about this one.
    package func start(process: String) throws(SocketTrouble) {
        let socket = try ControlSocket(path, access: access, user: Accounts.effectiveUser, holder: process)
        let notices = Mailbox<Notice>()
        let outcome = Mailbox<Result<Bell, SystemError>>()
        let setting = setting
        let thread = Thread("control") {
            do throws(SystemError) {
                let loop = try ControlLoop(setting, socket: socket, notices: notices)
                outcome.send(.success(loop.bell))
                loop.run()
            } catch {
                outcome.send(.failure(error))
            }
        }
        switch outcome.receive()?.first {
        case .success(let bell):
            let slot = Slot(notices: notices, bell: bell)
            running.locked { $0 = Running(socket: socket, slot: slot, thread: thread) }
        case .failure(let error):
            thread.join()
            socket.remove()
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
        running.socket.remove()
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
