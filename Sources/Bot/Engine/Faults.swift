internal import Kit
internal import Shared

/// Something unexpected went wrong in a handler. Its reference is what the person sees, what the log says and what the list
/// of faults is keyed by; the same fault of the same handler is one line with a count.
struct Fault: Error, Sendable {
    let handler: String
    let message: String

    init(_ handler: String, _ error: any Error) {
        self.handler = handler
        message = String(describing: error)
    }

    var reference: String {
        var dice = Dice(seed: handler + "\n" + message)
        return String(String(dice.next(), radix: 36).prefix(6)).uppercased()
    }

    func write(guild: ID<Guild>?, at now: Instant, to store: any Connection) throws {
        try store.run(
            """
            INSERT INTO house_faults (reference, handler, message, guild, first, last, times)
            VALUES (\(reference), \(handler), \(String(message.prefix(500))), \(guild), \(now), \(now), 1)
            ON CONFLICT (reference) DO UPDATE SET last = excluded.last, times = house_faults.times + 1
            """)
    }
}
