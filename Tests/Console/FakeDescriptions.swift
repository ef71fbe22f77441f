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

    static let methods = [
        Method(
            name: "activity.leaderboard", about: "The most active members", scope: "guild", changes: false,
            parameters: [
                period,
                ["name": "top", "summary": "How many", "kind": "whole", "required": false, "default": 10, "min": 1, "max": 50],
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
    ]

    static let panels: [JSON] = [
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
