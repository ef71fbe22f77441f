/// Every key of the console, once. What works now is chosen from here by `Model.bindings`.
package enum KeyTable {
    static let help = [Binding(.character("?"), .function(1), hint: "help", .help)]

    static let filter = [
        Binding(.enter, hint: "keep filter", .accept), Binding(.escape, hint: "no filter", .back),
        Binding(.up, hint: "up", .move(-1)), Binding(.down, hint: "down", .move(1)),
    ]

    static let moving = [
        Binding(.down, .character("j"), hint: "down", .move(1), inBar: false),
        Binding(.up, .character("k"), hint: "up", .move(-1), inBar: false),
        Binding(.pageDown, .control("f"), hint: "a page down", .page(1), inBar: false),
        Binding(.pageUp, .control("b"), hint: "a page up", .page(-1), inBar: false),
        Binding(.home, hint: "first row", .top, inBar: false),
        Binding(.end, .character("G"), hint: "last row", .bottom, inBar: false),
    ]

    static let sideways = [
        Binding(.right, .character("l"), hint: "columns further right", .sideways(1), inBar: false),
        Binding(.left, .character("h"), hint: "columns further left", .sideways(-1), inBar: false),
    ]

    static let table = [
        Binding(.character("/"), hint: "filter", .filter),
        Binding(.character("s"), hint: "sort", .sort),
        Binding(.character("F"), hint: "freeze", .freeze),
        Binding(.character("r"), hint: "turn the order", .reverse, inBar: false),
        Binding(.character("y"), hint: "copy the id", .copy, inBar: false),
        Binding(.escape, hint: "no filter, no marks", .back, inBar: false),
    ]

    static let rows = [
        Binding(.character("x"), hint: "actions", .rowActions),
        Binding(.character(" "), hint: "mark", .mark, inBar: false),
    ]

    static let open = [Binding(.enter, hint: "open", .open)]
    static let guild = [Binding(.character("S"), hint: "server", .switchGuild, inBar: false)]
    static let why = [Binding(.character("w"), hint: "why", .why)]
    static let period = [Binding(.character("p"), hint: "period", .period)]

    static let steps = [
        Binding(.character("]"), hint: "more, or further back", .step(1), inBar: false),
        Binding(.character("["), hint: "less, or nearer", .step(-1), inBar: false),
    ]

    static let calendar = [
        Binding(.character("]"), hint: "later", .step(1)), Binding(.character("["), hint: "earlier", .step(-1), inBar: false),
        Binding(.character("T"), hint: "today", .today, inBar: false),
    ]

    static let numbers = [Binding(.character("t"), hint: "numbers", .numbers)]
    static let metric = [Binding(.character("m"), hint: "metric", .metric)]
    static let compare = [Binding(.character("c"), hint: "compare", .compare)]

    static let tabs = [
        Binding(.tab, hint: "next table", .tab(1), inBar: false),
        Binding(.backTab, hint: "table before", .tab(-1), inBar: false),
    ]

    /// On the overview, where nothing lies to the right.
    static let overview = [Binding(.character("l"), hint: "leaderboard", .go(.leaderboard))]

    static let verbs = RowVerb.all.map { Binding($0.key, hint: $0.hint, .verb($0.key), inBar: false) }

    static let everywhere = [
        Binding(.character(":"), hint: "commands", .palette),
        Binding(.character("g"), hint: "go to", .prefix),
        Binding(.character("u"), hint: "undo", .undo, inBar: false),
        Binding(.character("o"), hint: "overview", .go(.overview), inBar: false),
        Binding(.character("q"), hint: "quit", .quit),
        Binding(.character("b"), hint: "other chart signs", .ladder, inBar: false),
        Binding(.character("M"), hint: "leave the mouse to the terminal, or take it", .mouse, inBar: false),
        Binding(.character("!"), hint: "allow no changes, or allow them", .lock, inBar: false),
        Binding(.control("l"), hint: "draw afresh", .repaint, inBar: false),
        Binding(.control("z"), hint: "to the shell", .suspend, inBar: false),
    ]

    // MARK: - Over a screen

    static let helpBox = [
        Binding(.escape, .enter, hint: "close", .back), Binding(.up, hint: "up", .move(-1), inBar: false),
        Binding(.down, hint: "down", .move(1), inBar: false),
    ]

    static let palette = [
        Binding(.enter, hint: "go", .accept),
        Binding(.control("y"), hint: "copy the line", .copy),
        Binding(.up, .control("p"), hint: "up", .move(-1), inBar: false),
        Binding(.down, .control("n"), hint: "down", .move(1), inBar: false),
        Binding(.pageDown, hint: "further down", .move(10), inBar: false),
        Binding(.pageUp, hint: "further up", .move(-10), inBar: false),
        Binding(.escape, hint: "close", .back),
    ]

    static let list = [
        Binding(.enter, hint: "choose", .accept), Binding(.up, .character("k"), hint: "up", .move(-1), inBar: false),
        Binding(.down, .character("j"), hint: "down", .move(1), inBar: false),
        Binding(.escape, .character("q"), hint: "close", .back),
    ]

    static let card = [
        Binding(.escape, .enter, .character("q"), hint: "close", .back),
        Binding(.up, .character("k"), hint: "up", .move(-1), inBar: false),
        Binding(.down, .character("j"), hint: "down", .move(1), inBar: false),
        Binding(.pageDown, hint: "a page down", .move(10), inBar: false),
        Binding(.pageUp, hint: "a page up", .move(-10), inBar: false),
    ]

    static let field = [
        Binding(.enter, hint: "next", .accept), Binding(.tab, .down, hint: "next field", .nextField),
        Binding(.backTab, .up, hint: "field before", .previousField, inBar: false),
    ]

    static let button = [
        Binding(.enter, hint: "go on", .submit), Binding(.tab, .down, hint: "next field", .nextField),
        Binding(.backTab, .up, hint: "field before", .previousField, inBar: false),
    ]

    static let turning = [
        Binding(.right, hint: "turn", .cycle(1)), Binding(.left, hint: "turn back", .cycle(-1), inBar: false),
    ]

    static let offers = [
        Binding(.control("n"), hint: "offers", .nextCandidate(1)),
        Binding(.control("p"), hint: "offer before", .nextCandidate(-1), inBar: false),
    ]

    static let dryRun = [Binding(.control("r"), hint: "dry run", .preview)]

    static let form = [
        Binding(.control("y"), hint: "copy the line", .copy, inBar: false),
        Binding(.escape, hint: "leave, keep the draft", .back),
    ]

    static let question = [
        Binding(.character("y"), hint: "yes, do it", .answer(true)),
        Binding(.character("n"), .enter, .escape, hint: "no", .answer(false)),
    ]

    static let word = [Binding(.enter, hint: "do it", .answer(true)), Binding(.escape, hint: "no", .answer(false))]
    static let waiting = [Binding(.escape, hint: "leave", .back)]
    static let done = [Binding(.escape, .enter, .character("q"), hint: "close", .back)]

    /// For the documentation: where, and which keys there.
    static let sections: [(title: String, rows: [Binding])] = [
        ("Everywhere", help + everywhere), ("In a table", moving + sideways + table + rows + open + guild),
        ("On the overview", overview + numbers), ("On the leaderboard", period + why + compare),
        ("Where there are several tables, a chart or a stretch of time", tabs + period + steps + metric + compare + numbers),
        ("In a calendar; 1, 2 and 3 are month, week and agenda", calendar), ("What rows can do, where they can", verbs),
        ("While a filter is written", filter), ("In the help", helpBox),
        ("In the palette", palette), ("In a list", list), ("In a card", card),
        ("In a form", field + turning + offers + dryRun + form),
        ("On a form's button", button), ("Before something is done", question), ("Before something grave is done", word),
        ("While an answer is awaited", waiting), ("After it is done", done),
    ]
}
