import Screens
import Shared

/// A house as the console sees it from outside: answers by method, rows by topic.
struct FakeHouse {
    enum People { case usual, nobody, crowd, hostile, manyHostile }

    var people = People.usual
    var role = "admin"
    var isSilent = false
    var epoch = "e1"
    var zone = "Europe/Brussels"
    /// What happened while one was away.
    var away: JSON = ["quiet": true]
    /// Who is in the console, by the names they go by; ann is oneself.
    var present: [String] = []
    /// Instead of what would be answered.
    var refusals: [String: ControlError] = [:]

    static let names = [
        "ayla", "日本太郎", "mo", "Ann", "Grace 🌱", "Łukasz", "Zoë", "kim", "bürste", "Пётр", "noor", "théo", "ivy", "sam",
    ]

    static let hostile = [
        "\u{202E}evil", "esc\u{1B}[31mred", "👨‍👩‍👧‍👦 family", "👍🏽🇩🇪⚠\u{FE0F}", "Z\u{337}\u{321}\u{356}a\u{337}l", "ﷺ",
        String(repeating: "W", count: 90), "नमस्ते", "\u{1FAE8} new", "\u{200B}\u{200B}", "tab\tand\nline",
        "1\u{FE0F}\u{20E3} key",
    ]

    mutating func answer(_ request: ControlRequest, _ subscriptions: inout [String: String]) -> [ControlMessage] {
        if isSilent { return [] }
        if let refusal = refusals[request.method] { return [.failure(id: request.id, refusal)] }
        guard request.method == "sub.open" else {
            guard let result = result(of: request) else {
                return [
                    .failure(id: request.id, ControlError(name: "unknown_method", message: "There is no \(request.method)."))
                ]
            }
            return [.reply(id: request.id, result: result, card: request.card ? card(of: request) : nil)]
        }
        let topic = request.params["topic"]?.text ?? ""
        let subscription = String(request.id)
        subscriptions[subscription] = topic
        let opened = ControlMessage.reply(id: request.id, result: ["sub": .string(subscription)], card: nil)
        let isKnown = request.params["from"]?["epoch"]?.text == epoch
        if isKnown { return [opened] }
        let rows = rows(of: topic).enumerated().map { at, row in
            ControlMessage.event(subscription: subscription, .snapshot(key: row.key, at: at, row: row.row))
        }
        let gone: [ControlMessage] = request.params["from"] == nil ? [] : [.event(subscription: subscription, .gone)]
        return [opened] + gone + rows + [.event(subscription: subscription, .live(epoch: epoch, seq: 0))]
    }

    private func result(of request: ControlRequest) -> JSON? {
        switch request.method {
        case "hello":
            [
                "proto": 1, "version": "1.2.0", "boot_epoch": .string(epoch), "role": .string(role), "guilds": guilds,
                "account": "bots", "name": "ann",
            ]
        case "house.away": away
        case "meta.panels": ["rows": .array(FakeDescriptions.panels)]
        case "meta.methods": ["rows": .array(FakeDescriptions.methods.map(\.summary))]
        case "meta.describe": FakeDescriptions.methods.first { $0.name == request.params["method"]?.text }?.json
        case "meta.complete": ["choices": [["value": "1003", "label": "mo"], ["value": "1013", "label": "mona"]]]
        case "house.set" where request.params["dry_run"] == true:
            [
                "dry_run": true, "effects": [],
                "changes": [["table": "settings", "key": "activity.base", "before": "1", "after": "2"]],
            ]
        case "house.disconnect" where request.params["dry_run"] == true:
            ["dry_run": true, "changes": [], "effects": ["close client 7"], "confirm": "tok"]
        case "pings.add" where request.params["dry_run"] == true, "pings.edit" where request.params["dry_run"] == true:
            [
                "dry_run": true, "effects": [], "can_be_undone": true,
                "changes": [["table": "ping", "key": "4", "before": .null, "after": ["rhythm": "daily"]]],
                "reply": [
                    "zone": .string(zone),
                    "times_ms": .array((1...5).map { .int(Stage.noon.milliseconds + $0 * 86_400_000) }),
                ],
            ]
        case "pings.remove" where request.params["dry_run"] == true, "pings.pause" where request.params["dry_run"] == true,
            "audit.undo" where request.params["dry_run"] == true:
            [
                "dry_run": true, "effects": [], "can_be_undone": true,
                "changes": [["table": "ping", "key": request.params["id"] ?? .null, "before": "on", "after": "off"]],
            ]
        case "audit.list":
            [
                "rows": [
                    ["id": "31", "undo": true, "state": "ok"], ["id": "30", "undo": true, "state": "ok"],
                    ["id": "29", "undo": false, "state": "ok"],
                ]
            ]
        case "audit.show": ["asker": ["client": request.params["id"] == "30" ? "console" : "console-of-another"]]
        case "pings.add", "pings.edit", "pings.remove", "pings.pause", "pings.resume", "pings.show", "pings.test", "audit.undo",
            "sub.close", "house.set", "house.disconnect", "activity.profile", "activity.why", "activity.leaderboard",
            "house.status":
            [:]
        default: nil
        }
    }

    private var guilds: JSON {
        people == .nobody ? [] : [["id": "11", "name": "Tea House"], ["id": "12", "name": "Night Owls"]]
    }

    private func card(of request: ControlRequest) -> JSON {
        switch request.method {
        case "activity.profile":
            [
                "title": "Profile", "text": "Third of 412 members.",
                "fields": [["name": "Points", "value": "11 950"], ["name": "Streak", "value": "88 days"]], "lines": [],
            ]
        case "activity.why":
            [
                "title": "Why", "text": "", "fields": [],
                "lines": [
                    "13:58  +4.0  message in #tea: base 1 + conversation 3", "13:40  +1.5  reaction",
                    "× 0.98 for each day since",
                ],
            ]
        case "house.away": ["title": "While you were away", "text": "ayla (bots) set a price", "fields": [], "lines": []]
        default: ["title": "Done", "text": "It is so.", "fields": [], "lines": []]
        }
    }

    // MARK: - Rows

    func rows(of topic: String) -> [(key: String, row: JSON)] {
        switch topic {
        case "house.overview": FakeRows.overview
        case "house.guilds": people == .nobody ? [] : FakeRows.guilds
        case "house.faults": people == .nobody ? [] : FakeRows.faults
        case "activity.hours": FakeRows.hours(isEmpty: people == .nobody)
        case "house.clients": FakeRows.clients
        case "pings.list": people == .nobody ? [] : FakeRows.pings
        case "events.agenda": people == .nobody ? [] : FakeRows.events
        case "analytics.channels": FakeRows.channels
        case "analytics.funnel": FakeRows.funnel
        case "house.features": FakeRows.features
        case "house.people":
            present.sorted().map { name in
                (name, ["state": "ok", "person": .string(name + " (bots)"), "account": "bots", "name": .string(name)])
            }
        case "analytics.heatmap": FakeRows.week
        case "activity.leaderboard":
            switch people {
            case .nobody: []
            case .usual: FakeRows.board(Self.names)
            case .hostile: FakeRows.board(Self.hostile)
            case .manyHostile: FakeRows.board(HostileNames.all)
            case .crowd: FakeRows.board((1...120).map { "member number \($0)" })
            }
        default: []
        }
    }
}
