internal import Shared

extension Model {
    /// The key table of what has the focus: the topmost overlay, else the screen and what works everywhere.
    var bindings: [Binding] {
        if let overlay = overlays.last { return overlay.bindings(self) }
        if table.filtering { return Self.filterKeys }
        return [Self.help] + placeKeys + Self.movingKeys + everywhereKeys
    }

    private static let filterKeys = [
        Binding(.enter, hint: "keep filter", .accept), Binding(.escape, hint: "no filter", .back),
        Binding(.up, hint: "up", .move(-1)), Binding(.down, hint: "down", .move(1)),
    ]

    private static let help = Binding(.character("?"), .function(1), hint: "help", .help)

    private static let movingKeys = [
        Binding(.down, .character("j"), hint: "down", .move(1), inBar: false),
        Binding(.up, .character("k"), hint: "up", .move(-1), inBar: false),
        Binding(.pageDown, .control("f"), hint: "a page down", .page(1), inBar: false),
        Binding(.pageUp, .control("b"), hint: "a page up", .page(-1), inBar: false),
        Binding(.home, hint: "first row", .top, inBar: false),
        Binding(.end, .character("G"), hint: "last row", .bottom, inBar: false),
    ]

    private var placeKeys: [Binding] {
        let nothing = selectedRow == nil ? "there is no row to act on" : nil
        switch place {
        case .overview:
            return [
                Binding(.enter, hint: "leaderboard", .open, off: nothing),
                Binding(.character("t"), hint: "numbers", .numbers),
            ]
        case .leaderboard:
            return [
                Binding(.enter, hint: "profile", .open, off: nothing ?? asleep),
                Binding(.character("p"), hint: "period", .period),
                Binding(.character("w"), hint: "why", .why, off: nothing ?? asleep),
                Binding(.character("S"), hint: "server", .switchGuild, off: otherGuilds),
            ] + tableKeys
        case .panel(let topic):
            let panel = panels.first { $0.topic == topic }
            let noActions = panel?.actions.isEmpty == false ? nil : "rows of this table have no actions"
            var keys = [
                Binding(.enter, .character("x"), hint: "actions", .rowActions, off: noActions ?? nothing ?? asleep)
            ]
            if panel?.chart != nil { keys.append(Binding(.character("t"), hint: "numbers", .numbers)) }
            if panel?.scope == .guild {
                keys.append(Binding(.character("S"), hint: "server", .switchGuild, off: otherGuilds))
            }
            return keys + tableKeys
        }
    }

    private var tableKeys: [Binding] {
        [
            Binding(.character("/"), hint: "filter", .filter),
            Binding(.character("s"), hint: "sort", .sort),
            Binding(.character("F"), hint: table.frozen == nil ? "freeze" : "go on", .freeze),
            Binding(
                .character("r"), hint: "turn the order", .reverse, off: table.sort == nil ? "nothing is sorted: s sorts" : nil,
                inBar: false),
            Binding(.escape, hint: "no filter", .back, off: table.filter.isEmpty ? "there is no filter" : nil, inBar: false),
        ]
    }

    private var everywhereKeys: [Binding] {
        [
            Binding(.character(":"), hint: "commands", .palette),
            Binding(.character("o"), hint: "overview", .go(.overview), inBar: place != .overview),
            Binding(.character("l"), hint: "leaderboard", .go(.leaderboard), inBar: place != .leaderboard),
            Binding(.character("q"), hint: "quit", .quit),
            Binding(.character("g"), hint: "then o, l or g: go there", .prefix, inBar: false),
            Binding(.character("b"), hint: "other chart signs", .ladder, inBar: false),
            Binding(
                .character("M"), hint: catchesMouse ? "leave the mouse to the terminal" : "use the mouse", .mouse, inBar: false),
            Binding(.character("!"), hint: isLocked ? "allow changes" : "allow no changes", .lock, inBar: false),
            Binding(.control("l"), hint: "draw afresh", .repaint, inBar: false),
            Binding(.control("z"), hint: "to the shell", .suspend, inBar: false),
        ]
    }

    /// Why nothing can be asked now.
    var asleep: String? { isLive ? nil : "there is no daemon to ask" }

    private var otherGuilds: String? { (hello?.guilds.count ?? 0) > 1 ? nil : "the bot is in one guild only" }

    var selectedRow: Feed.Row? {
        guard let shown = shownTable else { return nil }
        let rows = table.visible(feed(of: place), shown.columns, format)
        return table.index(in: rows).map { rows[$0] }
    }
}
