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
    var overlays: [Overlay] = []
    var notice: Notice?
    /// When the last tick was.
    package var now: Instant { clock.now }
    var awaitsPlace = false
    var showsNumbers = false
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

    package init(size: Size, glyphs: Glyphs, clock: Clock, identity: ControlIdentity = ControlIdentity()) {
        self.identity = identity
        self.size = size
        self.glyphs = glyphs
        self.clock = clock
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
    /// A method's description, for its form; with arguments that are known already.
    case form([String: String])
    case candidates(field: Int, text: String)
    case dryRun(thenConfirm: Bool), submit
}
