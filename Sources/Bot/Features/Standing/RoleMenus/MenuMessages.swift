internal import Kit
internal import Shared

/// Which messages are role menus: every reaction and every deletion asks, and hardly any is one.
final class MenuMessages: Hot {
    private var menus: [Int64: Int64] = [:]
    private var isOpen = false

    init() {}

    func open(_ turn: Turn) throws {
        guard !isOpen else { return }
        isOpen = true
        try turn.store.each("SELECT message, id FROM rolemenus_menus WHERE message IS NOT NULL AND state = 'on'") { row in
            menus[row.int(0)] = row.int(1)
        }
    }

    func write(to store: any Connection) {}

    func forget() {
        menus = [:]
        isOpen = false
    }

    subscript(message: ID<Message>) -> Int64? { menus[message.number] }

    /// The menu's message is this one, or none.
    func name(_ message: ID<Message>?, of menu: Int64) {
        menus = menus.filter { $0.value != menu }
        if let message { menus[message.number] = menu }
    }
}
