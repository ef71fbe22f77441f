import Shared

/// One way in which the world can misbehave.
package enum Fault: String, Sendable, Hashable, CaseIterable {
    case limitedUser = "429-user"
    case limitedShared = "429-shared"
    case limitedGlobal = "429-global"
    case walled = "429-wall"
    case errorBefore = "500-before"
    case badGatewayBefore = "502-before"
    case unavailableBefore = "503-before"
    case errorAfter = "500-after"
    case badGatewayAfter = "502-after"
    case unavailableAfter = "503-after"
    case hangBefore = "hang-before"
    case hangAfter = "hang-after"
    case resetBefore = "reset-before"
    case resetAfter = "reset-after"
    case cutAfter = "cut-after"
    case garbledAfter = "garbled-after"
    case reconnect = "op7"
    case invalidResumable = "op9-true"
    case invalidFinal = "op9-false"
    case dropReplay = "drop-replay"
    case halfOpen = "half-open"
    case breakSocket = "break-socket"
    case duplicate = "duplicate"
    case delay = "delay"
    case withholdHello = "withhold-hello"
    case oddity = "oddity"
    case refuseResumeTrue = "refuse-resume-true"
    case refuseResume = "refuse-resume"
    case cutFrame = "cut-frame"
    case badOpcode = "bad-opcode"
    case oversized = "oversized-frame"
    case garbage = "garbage"
    case fragments = "fragments"
    case trickle = "trickle"

    static let forRequests: [Fault] = [
        .limitedUser, .limitedShared, .limitedGlobal, .walled, .errorBefore, .badGatewayBefore, .unavailableBefore, .errorAfter,
        .badGatewayAfter, .unavailableAfter, .hangBefore, .hangAfter, .resetBefore, .resetAfter, .cutAfter, .garbledAfter,
    ]
    static let forSockets: [Fault] = [.reconnect, .invalidResumable, .invalidFinal, .halfOpen, .breakSocket]
    /// What becomes of a frame on its way; the last two are allowed and only unkind.
    static let forFrames: [Fault] = [.cutFrame, .badOpcode, .oversized, .garbage, .fragments, .trickle]
}

/// Which faults are asked for, and how often each was injected.
package struct FaultBook: Sendable {
    /// A share of the occasions, a number of them that come first, and which requests are meant.
    package struct Order: Sendable {
        package var fault: Fault
        package var chance: Double
        package var left: Int?
        /// "POST /channels/{channel_id}/messages", or nil for every route.
        package var route: String?
    }

    package private(set) var orders: [Order] = []
    package private(set) var injected: [Fault: Int] = [:]

    /// Injects the fault on the next so many occasions.
    package mutating func next(_ fault: Fault, times: Int = 1, on route: String? = nil) {
        orders.append(Order(fault: fault, chance: 1, left: times, route: route))
    }

    /// Injects the fault on a share of the occasions, at most so many times.
    package mutating func often(_ fault: Fault, chance: Double, atMost: Int? = nil, on route: String? = nil) {
        orders.append(Order(fault: fault, chance: chance, left: atMost, route: route))
    }

    package mutating func stop() { orders = [] }

    /// What was asked for and never happened: a run with any of these has proved nothing.
    package var neverInjected: [Fault] {
        Set(orders.map(\.fault)).filter { injected[$0, default: 0] == 0 }.sorted { $0.rawValue < $1.rawValue }
    }

    mutating func takes(_ fault: Fault, _ dice: inout Dice, route: String? = nil) -> Bool {
        for index in orders.indices where orders[index].fault == fault && orders[index].left != 0 {
            let order = orders[index]
            guard order.route == nil || order.route == route, dice.chance(order.chance) else { continue }
            orders[index].left = order.left.map { $0 - 1 }
            injected[fault, default: 0] += 1
            return true
        }
        return false
    }

    mutating func forRequest(_ route: String, _ dice: inout Dice) -> Fault? {
        if orders.isEmpty { return nil }
        return Fault.forRequests.first { takes($0, &dice, route: route) }
    }

    mutating func forFrame(_ dice: inout Dice) -> Fault? {
        if orders.isEmpty { return nil }
        return Fault.forFrames.first { takes($0, &dice) }
    }

    mutating func delay(_ dice: inout Dice) -> Duration? {
        takes(.delay, &dice) ? .milliseconds(50 + dice.below(1500)) : nil
    }

    /// Nil lets the resume be; true and false are the word of op 9.
    mutating func refusesResume(_ dice: inout Dice) -> Bool? {
        if takes(.refuseResumeTrue, &dice) { return true }
        return takes(.refuseResume, &dice) ? false : nil
    }
}

extension World {
    /// Misbehaves on the gateway as asked; called for every occasion (a dispatched event of a live session).
    mutating func misbehave() {
        if faults.orders.isEmpty { return }
        for fault in Fault.forSockets where faults.takes(fault, &dice) {
            switch fault {
            case .reconnect: askToReconnect()
            case .invalidResumable: invalidateSessions(resumable: true)
            case .invalidFinal: invalidateSessions(resumable: false)
            case .halfOpen: goSilent()
            default: breakSockets()
            }
        }
    }
}
