internal import Kit
internal import Shared

/// Which channels are tickets. Each message of a server asks; nearly all find nothing here.
final class TicketPlaces: Hot {
    private var places: [Int64: Int64] = [:]
    private var isOpen = false

    init() {}

    func open(_ turn: Turn) throws {
        guard !isOpen else { return }
        isOpen = true
        try turn.store.each("SELECT channel, id FROM tickets_tickets WHERE channel IS NOT NULL") { row in
            places[row.int(0)] = row.int(1)
        }
    }

    func write(to store: any Connection) {}

    func forget() {
        places = [:]
        isOpen = false
    }

    func add(_ channel: ID<Channel>, _ ticket: Int64) { places[channel.number] = ticket }
    func remove(_ channel: ID<Channel>) { places[channel.number] = nil }
    func ticket(in channel: ID<Channel>) -> Int64? { places[channel.number] }
}
