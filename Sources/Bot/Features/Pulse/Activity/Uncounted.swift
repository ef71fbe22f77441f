internal import Kit
internal import Shared

/// Who is not counted in a guild, and where nothing is: by their own wish or because staff say so. Times belong to it, so that
/// what is heard late counts as it would have then.
struct Uncounted: Sendable {
    private let spans: [Int64: [Peace]]

    init(_ turn: Turn) {
        spans = Dictionary(grouping: (try? turn.spans(of: .counting)) ?? [], by: \.target)
    }

    func covers(_ member: ID<Member>, in channel: ID<Channel>, at: Instant) -> Bool {
        guard !spans.isEmpty else { return false }
        return covers(member.number, at) || covers(channel.number, at)
    }

    private func covers(_ target: Int64, _ at: Instant) -> Bool { spans[target]?.contains { $0.covers(at) } ?? false }
}
