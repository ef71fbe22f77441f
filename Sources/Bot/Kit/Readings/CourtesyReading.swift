package import Shared

/// Whom the bot leaves in peace, and where, as whoever keeps such books knows; several features may keep some. A house without
/// them disturbs nobody's peace by asking: everything is wanted there.
package struct CourtesyReading: Reading {
    /// What is left alone in this way in the turn's guild: all of it, or what concerns one member or channel.
    package let spans: @Sendable (Turn, Wish, _ only: Int64?) throws -> [Peace]
    /// Takes one of the private messages that a member gets in a day; the reason why not, when there is none left.
    package let mayWrite: @Sendable (Turn, ID<Member>) throws -> String?

    /// Hears of every decision, so that it can be explained.
    package let noted: @Sendable (Turn, ID<Member>, Notice) throws -> Void

    package init(
        spans: @escaping @Sendable (Turn, Wish, _ only: Int64?) throws -> [Peace],
        mayWrite: @escaping @Sendable (Turn, ID<Member>) throws -> String? = { _, _ in nil },
        noted: @escaping @Sendable (Turn, ID<Member>, Notice) throws -> Void = { _, _, _ in }
    ) {
        self.spans = spans
        self.mayWrite = mayWrite
        self.noted = noted
    }
}

/// In which way somebody is left in peace.
package enum Wish: String, CaseIterable, Sendable {
    /// Not mentioned by the bot of its own accord.
    case pings
    /// Not written to privately without having asked for it.
    case messages
    /// Not counted.
    case counting
    /// Their figures are not shown to other members.
    case showing
}

/// A member or a channel that is left alone, and from when until when.
package struct Peace: Hashable, Sendable {
    package var target: Int64
    package var from: Instant
    package var until: Instant?

    package init(target: Int64, from: Instant, until: Instant?) {
        self.target = target
        self.from = from
        self.until = until
    }

    package func covers(_ at: Instant) -> Bool { at >= from && until.map { at < $0 } ?? true }
}

extension Turn {
    package func declines(_ member: ID<Member>, _ wish: Wish) throws -> Bool {
        try spans(of: wish, only: member.number).contains { $0.covers(now + late) }
    }

    /// Pings into this channel, or what is said in it, is to be left alone.
    package func declines(_ channel: ID<Channel>, _ wish: Wish) throws -> Bool {
        try spans(of: wish, only: channel.number).contains { $0.covers(now + late) }
    }

    /// All members (and channels) who are left in peace now.
    package func decliners(of wish: Wish) throws -> Set<Int64> {
        Set(try spans(of: wish).filter { $0.covers(now + late) }.map(\.target))
    }

    /// Whether the asker may see a member's figures: their own, and those of whoever does not mind; staff see all.
    package func requireSight(of member: ID<Member>) throws {
        if asker.member == member || asker.may(.moderate) { return }
        guard try declines(member, .showing) else { return }
        throw Refusal.forbidden("These figures are for that member and for staff.", hint: "Ask them, or a moderator.")
    }

    /// Those of a list who are not to be named in it. Who asks sees themself; staff see all on the socket, but not in a channel, where
    /// others read what they have asked for.
    package func unnamed(among members: [ID<Member>]) throws -> Set<ID<Member>> {
        if door == .socket, asker.may(.moderate) { return [] }
        return Set(try members.filter { try asker.member != $0 && declines($0, .showing) })
    }

    package func spans(of wish: Wish, only: Int64? = nil) throws -> [Peace] {
        try house.catalogue.readings(CourtesyReading.self).flatMap { try $0.spans(self, wish, only) }
    }
}
