package import Shared

/// What was done in a server by hour, day and channel, as whoever counts it knows. All of it is of the turn's guild.
package struct LedgerReading: Reading {
    /// Points in thousandths, voice in milliseconds.
    package struct Sums: Hashable, Sendable {
        package var messages: Int64 = 0
        package var points: Int64 = 0
        /// How many different members did something.
        package var members: Int64 = 0
        package var reactions: Int64 = 0
        package var voice: Int64 = 0
        package init() {}

        /// In the order above, from a first column on.
        package init(_ row: any Row, from first: Int) {
            messages = row.int(first)
            points = row.int(first + 1)
            members = row.int(first + 2)
            reactions = row.int(first + 3)
            voice = row.int(first + 4)
        }

        package mutating func add(_ other: Sums) {
            messages += other.messages
            points += other.points
            members += other.members
            reactions += other.reactions
            voice += other.voice
        }
    }

    package struct Ranked: Hashable, Sendable {
        package var member: ID<Member>
        package var points: Int64
        package var messages: Int64
        package init(member: ID<Member>, points: Int64, messages: Int64) {
            self.member = member
            self.points = points
            self.messages = messages
        }
    }

    /// By hour since 1970; those in which nothing was done are left out.
    package let hours: @Sendable (Turn, Range<Int64>) throws -> [Int64: Sums]
    /// A day as a whole, and by channel.
    package let day: @Sendable (Turn, Day) throws -> (whole: Sums, channels: [Int64: Sums])
    /// How many different members did something in these days.
    package let active: @Sendable (Turn, ClosedRange<Day>) throws -> Int
    /// On which of these days a member wrote something.
    package let spoke: @Sendable (Turn, ID<Member>, ClosedRange<Day>) throws -> [Day]
    /// The first day that something is known of.
    package let firstDay: @Sendable (Turn) throws -> Day?
    /// The best of these days, as the board showed them on the last one.
    package let board: @Sendable (Turn, ClosedRange<Day>, _ count: Int) throws -> [Ranked]
    /// All points that somebody, or everybody, ever had, in thousandths.
    package let points: @Sendable (Turn, _ only: ID<Member>?) throws -> Column

    package init(
        hours: @escaping @Sendable (Turn, Range<Int64>) throws -> [Int64: Sums],
        day: @escaping @Sendable (Turn, Day) throws -> (whole: Sums, channels: [Int64: Sums]),
        active: @escaping @Sendable (Turn, ClosedRange<Day>) throws -> Int,
        spoke: @escaping @Sendable (Turn, ID<Member>, ClosedRange<Day>) throws -> [Day],
        firstDay: @escaping @Sendable (Turn) throws -> Day?,
        board: @escaping @Sendable (Turn, ClosedRange<Day>, Int) throws -> [Ranked],
        points: @escaping @Sendable (Turn, ID<Member>?) throws -> Column
    ) {
        self.hours = hours
        self.day = day
        self.active = active
        self.spoke = spoke
        self.firstDay = firstDay
        self.board = board
        self.points = points
    }
}

extension Turn {
    /// The books of activity; a house without them says so.
    package func ledger() throws(Refusal) -> LedgerReading {
        guard let ledger = house.catalogue.reading(LedgerReading.self) else {
            throw .unavailable("Nobody counts activity in this house.", hint: "The feature activity does.")
        }
        return ledger
    }
}
