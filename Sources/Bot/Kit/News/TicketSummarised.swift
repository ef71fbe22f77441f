package import Shared

/// A ticket is closed and was summed up: what was asked, and what it came to. It names nobody, but is made of what somebody
/// wrote, so whoever keeps it forgets it with them.
package struct TicketSummarised: News {
    package var guild: ID<Guild>
    package var ticket: Int64
    package var number: Int64
    /// Whose words it is made of; nobody's any more when they had themselves forgotten.
    package var member: ID<Member>?
    package var question: String
    package var summary: String

    package init(
        guild: ID<Guild>, ticket: Int64, number: Int64, member: ID<Member>?, question: String, summary: String
    ) {
        self.guild = guild
        self.ticket = ticket
        self.number = number
        self.member = member
        self.question = question
        self.summary = summary
    }
}
