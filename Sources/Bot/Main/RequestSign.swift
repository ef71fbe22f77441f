internal import Discord
internal import Kit

/// How the requests to Discord fare, as a line of the overview.
enum RequestSign {
    static func draw(_ health: RequestHealth) -> Sign {
        let (words, state): (String, Sign.State) =
            if health.isHalted {
                ("Discord refuses the token: nothing goes out", .bad)
            } else if let trouble = health.trouble {
                switch trouble {
                case .walled: ("something in front of Discord turns this address away: all wait some minutes", .bad)
                case .braked:
                    ("too many were refused in ten minutes: all wait, so that Discord does not ban this address", .bad)
                }
            } else if let first = health.forbidden.first {
                ("\(health.forbidden.count) forbidden until rights change, such as \(first); see house outbox", .warn)
            } else {
                ("nothing is in their way", .ok)
            }
        return Sign("requests", "Requests", words, state)
    }
}
