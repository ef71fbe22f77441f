package import Shared

/// An effect on its way: a row of the outbox. The nonce is frozen with it, so that sending again is sending once.
package struct Parcel: Hashable, Sendable {
    package var id: Int64
    /// Parcels of one lane are carried out one after the other.
    package var lane: Int64
    package var effect: Effect
    package var nonce: String
    package var created: Instant
    package var tries: Int
    /// When it was first handed to Discord, if ever: then nobody knows whether it arrived until we look.
    package var firstTried: Instant?
    /// Which effect of its turn it is: what `Place.new` counts.
    package var step: Int
    /// What effects before it have made, where they were settled before this parcel was handed over.
    package var made: [Int: Int64]
    /// Whose rights it needs, where it belongs to a guild.
    package var guild: ID<Guild>?
    /// What other parcels have made since: who looks for this one's must not take it for theirs.
    package var others: Set<Int64>

    package init(
        id: Int64, lane: Int64, effect: Effect, nonce: String, created: Instant, tries: Int, firstTried: Instant?,
        step: Int = 0, made: [Int: Int64] = [:], guild: ID<Guild>? = nil, others: Set<Int64> = []
    ) {
        self.id = id
        self.lane = lane
        self.effect = effect
        self.nonce = nonce
        self.created = created
        self.tries = tries
        self.firstTried = firstTried
        self.step = step
        self.made = made
        self.guild = guild
        self.others = others
    }
}

/// What became of a parcel.
package struct Receipt: Hashable, Sendable {
    package enum Outcome: Hashable, Sendable {
        /// Done; the id of the message, channel, thread or event that it made, if any.
        case done(made: Int64?)
        /// Discord says no and would say it again: its code, its words, and what an admin can do.
        case refused(code: Int, message: String)
        /// It may or may not have arrived, and looking did not tell.
        case uncertain(String)
        /// Too late to be of use, such as an interaction whose token has died.
        case expired(String)
    }

    package var parcel: Int64
    package var outcome: Outcome
    package var tries: Int
    /// What Discord said, for who asked: a fetched page, an invitation's code.
    package var answer: JSON?

    package init(parcel: Int64, outcome: Outcome, tries: Int, answer: JSON? = nil) {
        self.parcel = parcel
        self.outcome = outcome
        self.tries = tries
        self.answer = answer
    }
}
