package import Shared

/// What became of something that the bot wanted to tell a member without having been asked.
package enum Notice: Hashable, Sendable {
    case privately
    /// Where they are mentioned instead, and why not privately; nil where nobody meant to.
    case mentioned(ID<Channel>, because: String?)
    case unsaid(because: String)
}

/// What became of a notice to several members.
package struct Reach: Sendable {
    /// To whom it is on its way privately.
    package var told: [ID<Member>] = []
    /// Whom the caller mentions in the channel, so that one message does for many.
    package var mentioned: [ID<Member>] = []
    package var missed: [(member: ID<Member>, reason: String)] = []
    /// All who hear of it, in one way or the other.
    package var reached: Int { told.count + mentioned.count }
}

/// DEP-11: the one place that decides whether a member is told something privately, in a channel, or not at all.
extension Turn {
    /// Writes to a member privately, where they want it and have not had enough today. Answers why it was not written.
    @discardableResult
    package func tell(_ member: ID<Member>, _ post: Post) throws -> String? {
        let reason = try decide(on: member)
        if reason == nil { emit(.privately(member: member, post)) }
        return reason
    }

    /// As `tell`; the job hears whether it arrived, for what has to be said in some way.
    package func tell<Payload>(_ member: ID<Member>, _ post: Post, receiptTo job: Job<Payload>, _ payload: Payload) throws
        -> String?
    {
        let reason = try decide(on: member)
        if reason == nil { try emit(.privately(member: member, post), receiptTo: job, payload) }
        return reason
    }

    /// Tells members something: privately where there is a `post` for that and they want it, else by a mention in the channel
    /// where there is one and they want that, else not at all.
    package func reach(_ members: [ID<Member>], privately post: Post?, orIn channel: ID<Channel>?) throws -> Reach {
        var reach = Reach()
        let decliners = channel == nil ? [] : try decliners(of: .pings)
        for member in members {
            let whyNot = try post == nil ? nil : mayNotTell(member)
            if let post, whyNot == nil {
                emit(.privately(member: member, post))
                reach.told.append(member)
                try note(.privately, member)
            } else if let channel, !decliners.contains(member.number), !decliners.contains(channel.number) {
                reach.mentioned.append(member)
                try note(.mentioned(channel, because: whyNot), member)
            } else {
                let reason = whyNot ?? "wants no pings"
                reach.missed.append((member, reason))
                try note(.unsaid(because: reason), member)
            }
        }
        return reach
    }

    private func decide(on member: ID<Member>) throws -> String? {
        let reason = try mayNotTell(member)
        try note(reason.map(Notice.unsaid(because:)) ?? .privately, member)
        return reason
    }

    private func mayNotTell(_ member: ID<Member>) throws -> String? {
        if try declines(member, .messages) { return "wants no private messages" }
        for reading in house.catalogue.readings(CourtesyReading.self) {
            if let reason = try reading.mayWrite(self, member) { return reason }
        }
        return nil
    }

    private func note(_ notice: Notice, _ member: ID<Member>) throws {
        for reading in house.catalogue.readings(CourtesyReading.self) { try reading.noted(self, member, notice) }
    }
}
