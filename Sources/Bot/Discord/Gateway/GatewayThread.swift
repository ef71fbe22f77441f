import Kit
import Machine
import Shared

/// The thread that reads and beats. Everybody else leaves a word in its box and rings.
final class GatewayThread: Sendable {
    struct Parts: Sendable {
        var configuration: LinkConfiguration
        var clock: LinkClock
        var inbox: any Inbox
        var ledger: any IdentifyLedger
        var log: LinkLog
        var wish: @Sendable (GatewayWish) -> Void
    }

    private struct Box: Sendable {
        var commands: [GatewayCommand] = []
        var committed: [Int: Int64] = [:]
        var bell: Bell?
    }

    private let parts: Parts
    private let box = Lock(Box())
    private let thread = Lock<Thread?>(nil)

    init(_ parts: Parts) { self.parts = parts }

    func start() {
        let started = Thread("hearth-net") { [self] in run() }
        thread.locked { $0 = started }
    }

    /// Waits for the thread's end, after it was asked to stop.
    func join() {
        let running = thread.locked { $0 }
        running?.join()
    }

    func post(_ command: GatewayCommand) {
        let bell = box.locked { box in
            box.commands.append(command)
            return box.bell
        }
        bell?.ring()
    }

    /// Returns when all that is due by now is done and all that has come in is read.
    func finishDue() {
        guard box.locked({ $0.bell }) != nil else { return }
        let done = Mailbox<Void>()
        post(.tell(done))
        _ = done.receive(within: 1_000)
    }

    /// Only the next heartbeat wants to know, so nobody is woken.
    func committed(shard: Int, sequence: Int64) { box.locked { $0.committed[shard] = sequence } }

    private func run() {
        do throws(SystemError) {
            let poller = try Poller()
            let bell = poller.bell
            box.locked { $0.bell = bell }
            let loop = GatewayLoop(parts, poller: poller) { [self] in post($0) }
            while !loop.isDone {
                let (commands, committed) = box.locked { box in
                    defer { (box.commands, box.committed) = ([], [:]) }
                    return (box.commands, box.committed)
                }
                loop.turn(commands, committed: committed)
            }
            box.locked { $0.bell = nil }
        } catch {
            parts.log(.error, "the gateway's thread cannot start: \(error)")
            parts.inbox.note(LinkState(shard: 0, phase: .stopped, trouble: "The gateway's thread cannot start: \(error)"))
        }
    }
}
