import Shared

/// The rows of the fake house: the same at every run.
enum FakeRows {
    static let overview: [(key: String, row: JSON)] = [
        ("gateway", "Gateway", "connected, 42 ms", "ok"), ("outbox", "Outbox", "3 waiting", "ok"),
        ("store", "Store", "fsync 0.3 ms", "ok"), ("clients", "Clients", "2", "ok"), ("faults", "Faults", "1 today", "warn"),
        ("memory", "Memory", "61 MB", "ok"), ("content", "Content", "intent missing", "bad"), ("voice", "Voice", "off", "off"),
    ].map { key, label, value, state in
        (key, ["key": .string(key), "label": .string(label), "value": .string(value), "state": .string(state)])
    }

    static let guilds: [(key: String, row: JSON)] = [
        (
            "11",
            [
                "guild": "11", "name": "Tea House", "members": 412, "messages_today": 380, "points_today": 911.5, "state": "ok",
            ]
        ),
        (
            "12",
            [
                "guild": "12", "name": "Night Owls", "members": 9120, "messages_today": 4, "points_today": 7, "state": "warn",
            ]
        ),
    ]

    static let faults: [(key: String, row: JSON)] = [
        ("f1", ["at_ms": .int(Stage.noon.milliseconds - 3_600_000), "reference": "K7Q2", "what": "the store was busy"])
    ]

    static let clients: [(key: String, row: JSON)] = [
        ("7", ["id": "7", "user": "ann", "role": "viewer", "age_ms": 93_000, "state": "ok"]),
        ("8", ["id": "8", "user": "root", "role": "owner", "age_ms": 90_000_000, "state": "ok"]),
    ]

    static let pings: [(key: String, row: JSON)] = [
        ("1", "#general", "every day at 18:00", "on"), ("2", "#tea", "every 6 h", "paused"), ("3", "#quiz", "every 12 h", "on"),
    ].map { id, place, rhythm, state in
        (
            id,
            [
                "id": .int(Int64(id) ?? 0), "where": .string(place), "rhythm": .string(rhythm),
                "rule": "points(30d) >= 500 and streak >= 5", "next_ms": .int(Stage.noon.milliseconds + 3_600_000),
                "hit_rate": 40, "zone": "Europe/Brussels", "quiet": "22:00-08:00", "mentioned": 12, "answered": 5,
                "state": .string(state), "trouble": state == "on" ? "" : "the channel is gone",
            ]
        )
    }

    /// Two at once on one evening, one that comes again, and one that is over.
    static let events: [(key: String, row: JSON)] = [
        ("1", "Quiz night", 25, 2, [25, 193]), ("2", "Film evening", 26, 2, [26]), ("3", "Market", 100, 1, [100]),
        ("4", "Breakfast", -30, 1, []),
    ].map { id, title, hours, length, times in
        func moment(_ hours: Int) -> JSON { .int(Stage.noon.milliseconds + Int64(hours) * 3_600_000) }
        let coming = times.map(moment)
        return (
            id,
            [
                "id": .int(Int64(id) ?? 0), "title": .string(title), "starts_ms": moment(hours),
                "ends_ms": moment(hours + length), "times_ms": .array(coming),
            ]
        )
    }

    static let channels: [(key: String, row: JSON)] = [("general", 412, 90.5), ("tea", 230, 310), ("quiz", 31, 4)].map {
        name, messages, points in
        (name, ["name": .string("#" + name), "messages": .int(Int64(messages)), "points": .double(points)])
    }

    static let funnel: [(key: String, row: JSON)] = [("joined", 80), ("spoke", 44), ("came back", 17)].map { step, members in
        (step, ["step": .string(step), "members": .int(Int64(members))])
    }

    static let features: [(key: String, row: JSON)] = [
        ("activity", "on", "on"), ("pings", "on", "off"), ("topics", "off", "off"),
    ].map {
        name, here, there in
        (
            name,
            [
                "feature": .string(name), "state": .string(here),
                "places": ["Tea House": .string(here), "Night Owls": .string(there)],
            ]
        )
    }

    static func hours(isEmpty: Bool) -> [(key: String, row: JSON)] {
        let first = Stage.noon.milliseconds / 3_600_000 * 3_600_000 - 23 * 3_600_000
        let wave: [Int64] = [3, 1, 0, 0, 2, 9, 24, 40, 52, 61, 58, 70, 88, 120, 96, 81, 77, 90, 104, 115, 99, 60, 31, 12]
        return wave.enumerated().map { index, count in
            let hour = first + Int64(index) * 3_600_000
            let messages: JSON = isEmpty ? 0 : index == 14 || index == 15 ? .null : .int(count)
            return (String(hour), ["hour_ms": .int(hour), "messages": messages])
        }
    }

    /// Quiet nights, lively evenings, and a Wednesday morning of which nothing is known.
    static let week: [(key: String, row: JSON)] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].enumerated().map {
        day, name in
        let hours = (0..<24).map { hour -> JSON in
            day == 2 && (6..<12).contains(hour) ? .null : .int(Int64(hour < 7 ? 0 : (hour - 6) * (day + 2) % 19))
        }
        return (name, ["weekday": .string(name), "hours": .array(hours), "busiest": "19:00"])
    }

    static func board(_ names: [String]) -> [(key: String, row: JSON)] {
        names.enumerated().map { index, name in
            let id = String(1001 + index)
            let week = (0..<7).map { JSON.int(Int64((index * 31 + $0 * 17) % 90)) }
            return (
                id,
                [
                    "rank": .int(Int64(index + 1)), "delta": .int(Int64(index % 4 - 1)),
                    "member": ["id": .string(id), "name": .string(name)], "points": .double(12_840.5 / Double(index + 1)),
                    "today": .int(Int64(310 / (index + 1))), "streak": .int(Int64(index * 7 % 50)), "spark": .array(week),
                    "messages": .int(Int64(1204 / (index + 1))),
                    "last_ms": .int(Stage.noon.milliseconds - Int64(index) * 9_000_000),
                ]
            )
        }
    }
}
