package import Shared

/// Everything the console knows and shows. It changes in `update` alone and is drawn by `draw(into:)`.
package struct Model: Sendable {
    var size: Size
    var glyphs: Glyphs
    var clock: Clock
    var link = LinkState.connecting
    var hello: Hello?
    var panels: [ControlPanel] = []
    var methods: [MethodSummary] = []

    var place = Place.overview
    var guild: String?
    var period = "week"
    var tables: [Place: TableState] = [:]
    var board = Board()
    /// What was last asked about a row of a table, shown beside it where there is room.
    var look: Look?
    /// How the viewer turned a table's parameters, by its topic.
    var choices: [String: [String: JSON]] = [:]
    var metric: [String: String] = [:]
    var lastTabs: [Character: String] = [:]
    var overlays: [Overlay] = []
    /// What was written in forms that were left, by the command and what it was about.
    var drafts: [Draft: [String: String]] = [:]
    var zones: [String: Zone] = [:]
    /// The commands that changed something from here, the last one last.
    var changesDone: [String] = []
    /// Entries of the audit that were taken back from here.
    var undone: Set<String> = []
    var notice: Notice?
    /// When the last tick was.
    package var now: Instant { clock.now }
    /// While the cursor runs through a table, what stands beside it waits until it rests.
    package internal(set) var isMoving = false
    var rested: String?
    var awaitsPlace = false
    var showsNumbers = false
    var compares = false
    var calendarSpan = MonthChart.Span.month
    /// So many months or weeks away from the row under the cursor.
    var calendarShift = 0
    var catchesMouse = true
    /// Nothing may be changed from here until the viewer says so.
    var isLocked = false

    /// What the daemon said before it hung up.
    var farewell: String?
    var feeds: [FeedKey: Feed] = [:]
    var pending: [Int64: Purpose] = [:]
    var lastID: Int64 = 0
    var outgoing: [Request] = []

    /// Who sits here, as they say.
    let identity: ControlIdentity
    /// How the daemon knows this console among all others: its own changes are found by it.
    let program: String

    package init(
        size: Size, glyphs: Glyphs, clock: Clock, identity: ControlIdentity = ControlIdentity(), program: String = "console"
    ) {
        self.identity = identity
        self.size = size
        self.glyphs = glyphs
        self.clock = clock
        self.program = program
    }

    struct Look: Hashable, Sendable {
        var place: Place
        var key: String
        var card: CardText?
    }

    struct Draft: Hashable, Sendable {
        var method: String
        var arguments: [String: String]
    }

    struct Notice: Hashable, Sendable {
        var text: String
        var ink: Ink
        var until: Instant
    }

    var format: CellFormat { CellFormat(glyphs: glyphs, clock: clock) }
    var isLive: Bool { link == .live }
    var isWide: Bool { size.holds(.wide) }
    var fits: Bool { size.holds(.smallest) }
    package var policy: WidthPolicy { glyphs.policy }

    var table: TableState {
        get { tables[place] ?? TableState() }
        set { tables[place] = newValue }
    }

    var home: Hello.Home? { hello?.guilds.first { $0.id == guild } }

    mutating func say(_ text: String, _ ink: Ink = .plain) {
        notice = Notice(text: text, ink: ink, until: clock.now + .seconds(6))
    }
}

/// Why something was asked, so that its answer finds its place.
enum Purpose: Hashable, Sendable {
    case hello, panels, methods, away
    case open(FeedKey)
    case closed
    case profile(String), why(String)
    /// A method's description, for its form, with what is known already.
    case form(Wish)
    case candidates(field: Int, text: String)
    case dryRun(thenConfirm: Bool), submit
    /// A dry run while somebody writes, of the form as it was then.
    case check(revision: Int)
    /// Something to be looked at, and the row that it is about.
    case look(Model.Look, preview: Bool)
    case bulk(Int, isDry: Bool)
    /// The audit's last entries of a command, then one of them after the other until one is our own.
    case changes, change(id: String, others: [String])
}
