internal import Kit
internal import Shared

/// The hot side of counting. A fact is written with the commit of its message; what it is folded into (standings, days,
/// hours, each channel's last message) is kept here and written some twenty commits later, with a mark: facts above the mark
/// are on disk and not yet in those rows, and whoever opens the book folds them again.
final class ActivityBook: Hot {
    struct Person: Hashable {
        var guild: Int64
        var member: Int64
    }

    struct Fact {
        var message: Int64
        var guild: Int64
        var channel: Int64
        var author: Int64
        var kinds: Kinds
        var points: Int64
        var weights: Int64
        var answered: Int64
        var day: Day
    }

    /// A channel's last counted message.
    final class Room {
        let channel: Int64
        var last: Int64
        var isChanged = false

        init(_ channel: Int64, last: Int64) {
            self.channel = channel
            self.last = last
        }
    }

    /// Commits between two times that the folded rows are written. In a flood, one row waits until it stands for so many facts:
    /// among many members most rows of a few thousand facts stand for one or two.
    static let commitsBehind = 20
    static let flood = 100 * commitsBehind
    static let factsOfRow = 8
    /// What is folded again after a crash at the most: a part of a second's work.
    static let mostBehind = 60_000
    /// Members that are kept in memory; beyond, everything is written and forgotten.
    static let mostSeats = 50_000

    /// Counted, and to be written with this commit.
    var facts: [Fact] = []
    var weights: [Int64: Weights] = [:]
    var knownWeights: Set<Int64> = []
    var seats: [Person: Seat] = [:]
    var rooms: [Int64: Room] = [:]
    var hours: [Hour: LedgerReading.Sums] = [:]
    var changedSeats: [Seat] = []
    var changedRooms: [Room] = []
    /// All facts up to this message are in the rows, as of the last commit.
    var mark: Int64 = 0
    /// The newest fact that is folded here.
    var newest: Int64 = 0
    /// Who did something on a day before their last one, in this commit.
    var late: [Person: ActivityRules] = [:]
    /// Commits since the rows were last written, and the facts folded since.
    var commits = 0
    var unwritten = 0
    /// Something was folded that is no fact above the mark: the rows have to be written with this commit.
    var isOwed = false
    var isOpen = false

    init() {}

    // MARK: - Reading

    /// The last counted message of a channel, by id; 0 when nobody has spoken there.
    func room(_ channel: Int64, from store: any Connection) throws -> Room {
        if let known = rooms[channel] { return known }
        let last = try store.first("SELECT last FROM activity_channels WHERE channel = \(channel)") { $0.int(0) } ?? 0
        let room = Room(channel, last: last)
        rooms[channel] = room
        return room
    }

    /// Has this message been counted? A message newer than its channel's last one cannot have been.
    func isCounted(_ message: ID<Message>, in room: Room, from store: any Connection) throws -> Bool {
        if message.number > room.last { return false }
        if facts.contains(where: { $0.message == message.number }) { return true }
        return try store.first("SELECT 1 FROM activity_facts WHERE message = \(message)") { $0.int(0) } != nil
    }

    /// The seat of a member, whose day is this one or a later one.
    func seat(_ person: Person, on day: Day, from store: any Connection) throws -> Seat {
        if let seat = seats[person] {
            if day > seat.today.day {
                if seat.isChanged { try settle(to: store) }
                // The seat may have been taken for an older day only, so the ledger says what they have done on this one.
                seat.today = try DayRow.read(person, day, from: store)
            }
            return seat
        }
        let standing = try Standing.read(person, from: store)
        // Who has no standing has no days.
        let today = try standing.map { _ in try DayRow.read(person, day, from: store) } ?? DayRow(day)
        let seat = Seat(person, standing: standing ?? Standing(), today: today)
        seats[person] = seat
        return seat
    }

    // MARK: - Changing

    /// To be written with this commit, and never counted again.
    func note(_ fact: Fact, by used: Weights) {
        facts.append(fact)
        if !knownWeights.contains(fact.weights) { weights[fact.weights] = used }
    }

    func note(_ room: Room, last message: Int64) {
        if message > room.last { room.last = message }
        guard !room.isChanged else { return }
        room.isChanged = true
        changedRooms.append(room)
    }

    func change(_ seat: Seat, _ decay: Double, _ body: (inout Standing) -> Void) {
        body(&seat.standing)
        seat.decay = decay
        guard !seat.isChanged else { return }
        seat.isChanged = true
        changedSeats.append(seat)
    }

    /// Adds to a day of the ledger: the seat's own, or an earlier one, whose row is written at once.
    func add(_ tally: Tally, to seat: Seat, on day: Day, in channel: Int64, _ store: any Connection) throws {
        if day == seat.today.day { return seat.today.add(tally, in: channel) }
        var row = try DayRow.read(seat.person, day, from: store)
        row.add(tally, in: channel)
        try DayRow.write(1, to: store) { _ in (seat.person, row) }
        isOwed = true
    }

    /// What changes now is no message: no fact brings it back, so its rows go with this commit.
    func owe() { isOwed = true }

    /// The rows of a member were changed by somebody else.
    func forget(_ person: Person) { seats.removeValue(forKey: person)?.isChanged = false }
}
