internal import Kit
internal import Shared

extension Activity {
    /// The board, as other features may read it.
    static let ranking = RankingReading { turn, period, offset, limit in
        try turn.hot(ActivityBook.self).settle(to: turn.store)
        return try Board.read(period, from: Cursor(offset: offset), limit: limit, turn).lines.map {
            .init(rank: $0.rank, member: $0.member, points: $0.points)
        }
    }
}
