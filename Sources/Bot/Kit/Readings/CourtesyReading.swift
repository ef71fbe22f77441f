package import Shared

/// What members do not want from the bot, as whoever keeps their wishes knows, and how much they are written to. A house without
/// such books disturbs nobody's peace by asking: everything is wanted there.
package struct CourtesyReading: Reading {
    package let declines: @Sendable (Turn, ID<Member>, Wish) throws -> Bool
    /// All of the turn's guild who decline it.
    package let decliners: @Sendable (Turn, Wish) throws -> Set<Int64>
    /// Takes one of the member's private messages of the day; the reason why not, when there is none left or they decline them.
    package let mayWrite: @Sendable (Turn, ID<Member>) throws -> String?

    package init(
        declines: @escaping @Sendable (Turn, ID<Member>, Wish) throws -> Bool,
        decliners: @escaping @Sendable (Turn, Wish) throws -> Set<Int64>,
        mayWrite: @escaping @Sendable (Turn, ID<Member>) throws -> String?
    ) {
        self.declines = declines
        self.decliners = decliners
        self.mayWrite = mayWrite
    }
}

/// What a member may decline.
package enum Wish: String, CaseIterable, Sendable {
    /// Being mentioned by the bot of its own accord.
    case pings
    /// Private messages that they did not ask for.
    case messages
    /// Being counted.
    case counting
}

extension Turn {
    package func declines(_ member: ID<Member>, _ wish: Wish) throws -> Bool {
        try house.catalogue.reading(CourtesyReading.self)?.declines(self, member, wish) ?? false
    }

    package func decliners(of wish: Wish) throws -> Set<Int64> {
        try house.catalogue.reading(CourtesyReading.self)?.decliners(self, wish) ?? []
    }

    /// Writes to a member privately, where they want it and have not had enough today. Answers why it was not written.
    @discardableResult
    package func tell(_ member: ID<Member>, _ post: Post) throws -> String? {
        if let reason = try house.catalogue.reading(CourtesyReading.self)?.mayWrite(self, member) { return reason }
        emit(.privately(member: member, post))
        return nil
    }
}
