import Shared

/// What the fake house says of its commands and panels.
enum FakeDescriptions {
    struct Method {
        var name: String
        var about: String
        var scope: String
        var changes: Bool
        var parameters: JSON

        var summary: JSON {
            [
                "method": .string(name), "summary": .string(about), "access": "everyone", "changes": .bool(changes),
                "role": changes ? "admin" : "viewer",
            ]
        }

        var json: JSON {
            [
                "method": .string(name), "summary": .string(about), "access": "everyone", "scope": .string(scope),
                "changes": .bool(changes), "dry_run": .bool(changes),
                "also": name == "activity.leaderboard" ? ["leaderboard"] : [],
                "example": "", "parameters": parameters,
            ]
        }
    }

    static let period: JSON = [
        "name": "period", "summary": "Which stretch of time", "kind": "choice", "required": false, "default": "week",
        "choices": [
            ["value": "day", "label": "day"], ["value": "week", "label": "week"], ["value": "all", "label": "all time"],
        ],
    ]

    static let methods =
        [
            Method(
                name: "activity.leaderboard", about: "The most active members", scope: "guild", changes: false,
                parameters: [
                    period,
                    [
                        "name": "top", "summary": "How many", "kind": "whole", "required": false, "default": 10, "min": 1,
                        "max": 50,
                    ],
                ]),
            Method(
                name: "activity.profile", about: "Everything about one member", scope: "guild", changes: false,
                parameters: [["name": "member", "summary": "Whose", "kind": "member", "required": true, "completes": true]]),
            Method(name: "house.status", about: "How the house is", scope: "house", changes: false, parameters: []),
            Method(
                name: "house.set", about: "Change one setting", scope: "house", changes: true,
                parameters: [
                    ["name": "setting", "summary": "Which setting", "kind": "lookup", "required": true, "completes": true],
                    ["name": "value", "summary": "What it shall be", "kind": "text", "required": true],
                    ["name": "announce", "summary": "Tell the channel", "kind": "yes_no", "required": false, "default": false],
                ]),
            Method(
                name: "house.disconnect", about: "Send a client away", scope: "house", changes: true,
                parameters: [["name": "client", "summary": "Which one", "kind": "text", "required": true]]),
        ] + more

    private static let id: JSON = [
        "name": "id", "summary": "Its number", "kind": "whole", "required": true, "min": 1, "max": 99,
    ]

    private static let more = [
        Method(
            name: "pings.add", about: "Set up a ping", scope: "guild", changes: true,
            parameters: [
                ["name": "channel", "summary": "Where", "kind": "text", "required": true],
                ["name": "top", "summary": "How many", "kind": "whole", "required": false, "min": 1, "max": 25],
            ]),
        Method(name: "pings.show", about: "A ping", scope: "guild", changes: false, parameters: [id]),
        Method(name: "pings.test", about: "What a ping would say", scope: "guild", changes: false, parameters: [id]),
        Method(
            name: "pings.edit", about: "Change a ping", scope: "guild", changes: true,
            parameters: [id, ["name": "rule", "summary": "When it comes", "kind": "text", "required": false]]),
        Method(name: "pings.pause", about: "Let a ping rest", scope: "guild", changes: true, parameters: [id]),
        Method(name: "pings.resume", about: "Let a ping go on", scope: "guild", changes: true, parameters: [id]),
        Method(name: "pings.remove", about: "Remove a ping", scope: "guild", changes: true, parameters: [id]),
        Method(name: "audit.undo", about: "Take back a change", scope: "either", changes: true, parameters: [id]),
    ]

    private static func action(_ method: String, _ label: String) -> JSON {
        ["method": .string(method), "label": .string(label), "arguments": ["id": "id"]]
    }

    static let panels: [JSON] = [
        [
            "topic": "pings.list", "title": "Pings", "summary": "What mentions whom, and when", "group": "pings",
            "scope": "guild", "empty": "No pings yet. pings add sets one up.", "parameters": [],
            "columns": columns([
                ("id", "#", "number"), ("where", "Channel", "text"), ("rhythm", "Comes", "text"), ("rule", "Rule", "text"),
                ("next_ms", "Next", "time"), ("hit_rate", "Answer", "percent"), ("state", "State", "state"),
                ("zone", "Zone", "text"), ("quiet", "Quiet", "text"), ("trouble", "Trouble", "text"),
                ("mentioned", "Mentioned", "number"), ("answered", "Answered", "number"),
            ]),
            "actions": [
                action("pings.show", "Show"), action("pings.test", "Test to me"), action("pings.edit", "Edit"),
                action("pings.pause", "Pause"), action("pings.resume", "Resume"), action("pings.remove", "Remove"),
            ],
        ],
        [
            "topic": "pings.history", "title": "Past pings", "summary": "What came of each", "group": "pings",
            "scope": "guild", "parameters": [],
            "columns": columns([("ping", "Ping", "number"), ("outcome", "Outcome", "text")]),
            "actions": [],
        ],
        [
            "topic": "events.agenda", "title": "Events", "summary": "What is coming", "group": "events", "scope": "guild",
            "parameters": [],
            "columns": columns([("id", "#", "number"), ("title", "Event", "text"), ("starts_ms", "Starts", "time")]),
            "chart": ["kind": "calendar", "x": "starts_ms", "y": "title"], "actions": [],
        ],
        [
            "topic": "analytics.channels", "title": "Channels", "summary": "Where most is said", "group": "analytics",
            "scope": "guild",
            "parameters": [
                period,
                [
                    "name": "weeks", "summary": "How far back", "kind": "whole", "required": false, "default": 4, "min": 1,
                    "max": 52,
                ],
            ],
            "columns": columns([
                ("name", "Channel", "text"), ("messages", "Messages", "number"), ("points", "Points", "points"),
            ]),
            "chart": ["kind": "bars", "x": "name", "y": "messages"], "actions": [],
        ],
        [
            "topic": "analytics.funnel", "title": "Newcomers", "summary": "Who came back", "group": "analytics",
            "scope": "guild", "parameters": [],
            "columns": columns([("step", "Step", "text"), ("members", "Members", "number")]),
            "chart": ["kind": "funnel", "x": "step", "y": "members"], "actions": [],
        ],
        [
            "topic": "house.features", "title": "Features", "summary": "What is on where", "group": "house", "scope": "guild",
            "parameters": [], "columns": columns([("feature", "Feature", "text"), ("state", "Here", "state")]),
            "chart": ["kind": "grid", "x": "feature", "y": "places"], "actions": [],
        ],
        panel(
            "house.overview", "Overview", "How the house is", "house", [("label", "What", "text"), ("state", "State", "state")]),
        [
            "topic": "house.clients", "title": "Clients", "summary": "Who is on the socket", "group": "house", "scope": "house",
            "parameters": [],
            "columns": columns([
                ("user", "User", "text"), ("role", "Role", "text"), ("age_ms", "Age", "duration"), ("state", "State", "state"),
            ]),
            "actions": [["method": "house.disconnect", "label": "Send away", "arguments": ["client": "id"]]],
        ],
        [
            "topic": "activity.hours", "title": "Activity", "summary": "Messages of each hour", "group": "activity",
            "scope": "house",
            "parameters": [], "columns": columns([("hour_ms", "Hour", "time"), ("messages", "Messages", "number")]),
            "chart": ["kind": "line", "x": "hour_ms", "y": "messages"], "actions": [],
        ],
        [
            "topic": "analytics.heatmap", "title": "Usual week", "summary": "Messages of a usual hour, by weekday",
            "group": "analytics", "scope": "guild", "parameters": [],
            "columns": columns([("weekday", "Day", "text"), ("hours", "0 to 24 h", "spark"), ("busiest", "Busiest", "text")]),
            "chart": ["kind": "heatmap", "x": "weekday", "y": "hours"], "actions": [],
        ],
        [
            "topic": "activity.leaderboard", "title": "Leaderboard", "summary": "The most active members", "group": "activity",
            "scope": "guild", "parameters": [period],
            "columns": columns([("rank", "#", "number"), ("member", "Member", "member")]),
            "actions": [],
        ],
    ]

    private static func panel(
        _ topic: String, _ title: String, _ summary: String, _ scope: String, _ all: [(String, String, String)]
    ) -> JSON {
        [
            "topic": .string(topic), "title": .string(title), "summary": .string(summary), "group": "house",
            "scope": .string(scope), "parameters": [], "columns": columns(all), "actions": [],
        ]
    }

    private static func columns(_ all: [(String, String, String)]) -> JSON {
        .array(all.map { ["key": .string($0.0), "title": .string($0.1), "kind": .string($0.2)] })
    }
}
