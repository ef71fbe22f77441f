package import Shared

/// A season is over, and its board stands as it stood.
package struct SeasonClosed: News {
    package var guild: ID<Guild>
    package var name: String
    /// The best first.
    package var board: [ID<Member>]

    package init(guild: ID<Guild>, name: String, board: [ID<Member>]) {
        self.guild = guild
        self.name = name
        self.board = board
    }
}
