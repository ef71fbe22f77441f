internal import Kit
internal import Shared

/// One time that an event comes, of which something is known: it is announced, was held, is moved or left out.
struct Occurrence: Equatable {
    enum State: String {
        /// Nothing is announced yet; it is a row because it is moved.
        case planned
        case open
        case running
        case over
        case skipped
        case cancelled
    }

    var meeting: Int64
    var guild: ID<Guild>
    /// When its rule says that it comes: its name for good, also when it is moved.
    var at: Instant
    var starts: Instant
    var ends: Instant
    var state: State
    var channel: ID<Channel>
    var message: ID<Message>?
    var space: ID<Channel>?
    var spaceKind: SpaceKind?
    var native: ID<ScheduledEvent>?
    /// Discord itself lets its scheduled event come again.
    var nativeRepeats = false
    /// It was asked for, and Discord has not answered yet: nothing is asked for twice.
    var isListing = false
    var isOpening = false
    /// The message says less than is known, and is going to be drawn again.
    var isStale = false

    var isLive: Bool { state == .open || state == .running }
    /// It does not come any more.
    var isSpent: Bool { state == .skipped || state == .over }
    var key: Key { Key(meeting: meeting, at: at) }

    struct Key: Hashable, Codable, Sendable {
        var meeting: Int64
        var at: Instant
    }
}

/// Where people talk about one occurrence.
enum SpaceKind: String, CaseIterable, Sendable { case none, thread, channel }

/// Who may read and write there.
enum SpaceAccess: String, CaseIterable, Sendable { case open, readers, staff }
