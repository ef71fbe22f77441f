internal import Kit
internal import Shared

extension Doctor {
    static let check = Command(
        "doctor.check", "What does not work in this server or in the whole house, with what mends it", access: .manageGuild,
        scope: .either, isPrivate: true, changes: false, returns: .record(["rows": .list(findingShape)])
    ) { turn in
        let found = try turn.guild == nil ? wholeHouse(turn) : here(turn)
        let rows = found.map { $0.json(turn) }
        return .done(DoctorText.findings(found, turn), data: ["rows": .array(rows)])
    }

    static let panel = Panel(
        "doctor.findings", "Doctor", "What does not work, and what mends it", access: .manageGuild, scope: .either,
        tables: ["house_roles", "house_channels", "house_rosters", "house_settings", "doctor_findings"],
        columns: [
            .init("state", "", .state), .init("what", "What", .text), .init("fix", "What mends it", .text),
            .init("server", "Server", .text),
        ], refresh: 60.seconds,
        empty: "Nothing stands in anybody's way."
    ) { turn in
        try (turn.guild == nil ? wholeHouse(turn) : here(turn)).map { Panel.Line($0.line, $0.json(turn)) }
    }

    static let findingShape = Shape.record([
        "key": .text, "state": .text, "what": .text, "fix": .text, "run": .text, "server": .text, "guild": .id,
    ])

    /// A finding and the server that it belongs to; none for what concerns the house.
    struct Found {
        var finding: Symptom
        var guild: ID<Guild>?

        var line: String { (guild?.description ?? "house") + " " + finding.key }

        func json(_ turn: Turn) -> JSON {
            .fields([
                "key": .string(finding.key), "state": .string(finding.state.rawValue), "what": .string(finding.what),
                "fix": .string(finding.fix), "run": finding.run.map { .string($0.line) },
                "server": guild.flatMap { turn.house.directory.guild($0)?.name }.map { .string($0) },
                "guild": guild.map { .id($0) },
            ])
        }
    }

    /// Of the features that are on in the turn's guild, the worst first.
    static func here(_ turn: Turn) throws -> [Found] {
        let guild = try turn.requireGuild()
        let features = turn.house.catalogue.features.filter { turn.house.isOn($0, guild) }
        let readings = features.flatMap(\.readings).compactMap { $0 as? CheckupReading }
        return sorted(try readings.flatMap { try $0.findings(turn) }.map { Found(finding: $0, guild: guild) })
    }

    static func wholeHouse(_ turn: Turn) throws -> [Found] {
        let own = turn.house.vitals.signs(at: turn.now).filter { $0.state == .warn || $0.state == .bad }.map { sign in
            Found(
                finding: Symptom(
                    "house.\(sign.key)", sign.state, "\(sign.label): \(sign.value)", fix: DoctorText.fix(sign.key)),
                guild: nil)
        }
        let servers = try turn.house.directory.guilds().flatMap { try here(turn.inside($0.id)) }
        return sorted(own + servers)
    }

    private static func sorted(_ found: [Found]) -> [Found] {
        found.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    }
}

extension Doctor.Found {
    fileprivate var rank: Int { finding.state == .bad ? 0 : 1 }
}
