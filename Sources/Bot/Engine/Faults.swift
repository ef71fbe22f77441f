internal import Kit
internal import Shared

/// Something unexpected went wrong in a handler. Its reference is what the person sees, what the log says and what the list
/// of faults is keyed by: the same fault of the same handler is one line with a count, whatever numbers are in its words.
struct Fault: Error, Sendable {
    let handler: String
    let message: String
    let guild: ID<Guild>?

    init(_ handler: String, _ error: any Error, in guild: ID<Guild>?) {
        self.handler = handler
        self.guild = guild
        message = String(describing: error)
    }

    var reference: String {
        var dice = Dice(seed: handler + "\n" + shape)
        return String(String(dice.next(), radix: 36).prefix(6)).uppercased()
    }

    /// The words without what differs from time to time.
    private var shape: String {
        message.split(omittingEmptySubsequences: false, whereSeparator: \.isWholeNumber).filter { !$0.isEmpty }
            .joined(separator: "#")
    }

    /// Counts it, in its group and in its server. True when staff have not heard of that yet.
    func write(at now: Instant, to store: any Connection) throws -> Bool {
        try store.run(
            """
            INSERT INTO house_faults (reference, handler, message, guild, first, last, times)
            VALUES (\(reference), \(handler), \(String(message.prefix(500))), \(guild), \(now), \(now), 1)
            ON CONFLICT (reference) DO UPDATE SET last = excluded.last, times = house_faults.times + 1
            """)
        try store.run(
            """
            INSERT INTO house_fault_places (reference, guild, first, last, times)
            VALUES (\(reference), \(guild?.number ?? 0), \(now), \(now), 1)
            ON CONFLICT (reference, guild) DO UPDATE SET last = excluded.last, times = house_fault_places.times + 1
            """)
        return try store.first(
            """
            SELECT 1 FROM house_fault_places
            WHERE reference = \(reference) AND guild = \(guild?.number ?? 0) AND told IS NULL
            """
        ) { _ in true } ?? false
    }
}

extension Engine {
    /// Who tells staff of faults, where the house has somebody.
    private static let teller = "house.tell_faults"

    /// Writes down what went wrong, and has staff told of what is new. What goes wrong in telling is not told.
    func write(_ faults: [Fault]) throws {
        var isNew = false
        for fault in faults where try fault.write(at: clocks.wall(), to: store) {
            isNew = isNew || fault.handler != Self.teller
        }
        guard isNew, catalogue.job(Self.teller) != nil else { return }
        let soon = Appointment(
            job: Self.teller, key: "all", payload: try JobPayload.write(0), due: clocks.wall(), recurrence: nil)
        try Timers.write(soon, of: nil, to: store)
    }
}
