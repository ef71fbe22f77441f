internal import Kit
internal import Shared

/// What the engine remembers of fetching back, between two looks at the rows.
struct Backfill {
    /// Channels that are read at a time; the courier has others to serve.
    static let most = 4

    /// Guilds whose channels are to be listed when Discord shows them; nil when the rows have to be asked.
    var awaited: Set<Int64>?
    /// Whether a look at the rows may find something to do.
    var hasRows = false
    private(set) var flying: Set<ID<Channel>> = []
    /// Channels of which a message could not be written down: their page has to be read again.
    private var spoiled: Set<ID<Channel>> = []

    mutating func forget() {
        awaited = nil
        hasRows = true
    }

    mutating func fly(_ channel: ID<Channel>) -> Bool {
        flying.count < Self.most && flying.insert(channel).inserted
    }

    mutating func spoil(_ channel: ID<Channel>) { spoiled.insert(channel) }
    func isSpoiled(_ channel: ID<Channel>) -> Bool { spoiled.contains(channel) }

    mutating func landed(_ channel: ID<Channel>) {
        flying.remove(channel)
        spoiled.remove(channel)
        hasRows = true
    }
}

extension MissedPage {
    /// What is known of a page once its messages have been heard.
    enum End: Sendable {
        case read(newest: ID<Message>?, count: Int)
        case refused(String)
    }
}

extension FetchedPage {
    /// The messages one by one, then the page's end: only with it the place in the channel moves on.
    var tasks: [Task] {
        switch outcome {
        case .refused(let reason): [.turned(page, .refused(reason))]
        case .messages(let messages):
            messages.filter { one in page.before.map { one.id < $0 } ?? true }.map {
                Task.missed($0, isPast: page.before != nil)
            }
                + [.turned(page, .read(newest: messages.last?.id, count: messages.count))]
        }
    }
}
