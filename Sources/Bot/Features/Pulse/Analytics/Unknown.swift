internal import Kit
internal import Shared

/// Times of which not all is known, because no session stood and what was said was not, or not all, fetched back.
struct Unknown {
    enum Knowledge: String {
        case full
        /// Something of it was missed.
        case partial
        /// Nothing is known: a gap, not a nought.
        case none
    }

    private let times: [Range<Instant>]

    init(since: Instant, _ turn: Turn) throws {
        times = try turn.gaps(since: since).filter { $0.state != .filled || $0.channelsUnread > 0 }
            .map { $0.began..<max($0.began, $0.ended ?? turn.now) }
    }

    init(_ times: [Range<Instant>]) { self.times = times }

    /// Of a time that nothing was counted in, and that lies in gaps whole, nothing is known.
    func knowledge(of time: Range<Instant>, counted: Int64) -> Knowledge {
        guard !time.isEmpty else { return .full }
        let missed = times.filter { $0.overlaps(time) }
        guard !missed.isEmpty else { return .full }
        var reached = time.lowerBound
        for gap in missed.sorted(by: { $0.lowerBound < $1.lowerBound }) where gap.lowerBound <= reached {
            reached = max(reached, gap.upperBound)
        }
        return counted == 0 && reached >= time.upperBound ? .none : .partial
    }
}
