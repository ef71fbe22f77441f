package import Shared

/// Who is not counted in a guild, and where nothing is: by their own wish or because staff say so. It is worked out once for
/// all messages until somebody wishes otherwise. Times belong to it, so that what is heard late counts as it would have then.
package final class Uncounted: Sendable {
    private let spans: [Int64: [Peace]]

    fileprivate init(_ turn: Turn) {
        spans = Dictionary(grouping: (try? turn.spans(of: .counting)) ?? [], by: \.target)
    }

    package func covers(_ member: ID<Member>, in channel: ID<Channel>, at: Instant) -> Bool {
        guard !spans.isEmpty else { return false }
        return covers(member.number, at) || covers(channel.number, at)
    }

    private func covers(_ target: Int64, _ at: Instant) -> Bool { spans[target]?.contains { $0.covers(at) } ?? false }
}

extension Turn {
    package var uncounted: Uncounted { house.compiled(Uncounted.self, guild: guild) { Uncounted(self) } }
}
