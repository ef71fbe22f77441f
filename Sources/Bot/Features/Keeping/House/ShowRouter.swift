internal import Kit
internal import Shared

extension HouseFeature {
    static let router = Command(
        "house.router", "How often each handler ran, how long it took and how often it failed", access: .moderate,
        scope: .house, changes: false,
        returns: .record([
            "rows": .list(
                .record(["handler": .text, "calls": .whole, "handled": .whole, "faults": .whole, "mean_us": .whole]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = turn.house.vitals.routes()
        return .done(HouseText.routes(rows), data: ["rows": .array(rows)])
    }

    static let routerPanel = Panel(
        "house.router", "Router", "What each handler does", access: .moderate, scope: .house, tables: [],
        columns: [
            .init("handler", "Handler", .text), .init("calls", "Calls", .number), .init("handled", "Handled", .number),
            .init("faults", "Faults", .number), .init("mean_us", "Mean µs", .number),
        ], refresh: 2.seconds
    ) { turn in lines(turn.house.vitals.routes(), by: "handler") }
}
