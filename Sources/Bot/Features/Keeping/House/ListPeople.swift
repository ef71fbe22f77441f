internal import Kit
internal import Shared

extension HouseFeature {
    /// LEAD-29, LEAD-30: who works in the console, who of them is there now, and who they are in Discord.
    static let people = Command(
        "house.people", "Who works in the console, who of them is there now, and who they are in Discord", access: .moderate,
        scope: .house, isPrivate: true, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "person": .text, "account": .text, "name": .text, "state": .text, "role": .text, "member": .named,
                    "since_ms": .instant, "left_ms": .instant,
                ]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try peopleRows(turn)
        return .done(PeopleText.people(rows), data: ["rows": .array(rows)])
    }

    /// It has no figure that moves by itself, so a quiet console stays quiet.
    static let peoplePanel = Panel(
        "house.people", "People", "Who works in the console, and who they are in Discord", access: .moderate, scope: .house,
        tables: ["house_links", "house_visits"],
        columns: [
            .init("state", "", .state), .init("person", "Who", .text), .init("role", "Role", .text),
            .init("member", "In Discord", .member), .init("since_ms", "Here since", .time), .init("left_ms", "Left", .time),
        ],
        actions: [.init("house.unlink", "Unlink", ["person": "person"])], refresh: 2.seconds,
        empty: "Nobody has been in the console yet."
    ) { turn in try peopleRows(turn).map { Panel.Line($0["key"]?.text ?? "", $0) } }

    private struct Acquaintance {
        var person: LinkedPerson
        var role: String?
        var link: (member: ID<Member>, guild: ID<Guild>?)?
        var since: Int64?
        var left: Int64?
    }

    private static func peopleRows(_ turn: Turn) throws -> [JSON] {
        var known: [String: Acquaintance] = [:]
        func note(_ person: LinkedPerson, _ change: (inout Acquaintance) -> Void) {
            change(&known["\(person.account)/\(person.alias)", default: Acquaintance(person: person)])
        }
        let visits = try turn.store.all("SELECT account, alias, name, departed FROM house_visits") {
            (LinkedPerson(account: $0.int(0), alias: $0.text(1), name: $0.text(2)), left: $0.int(3))
        }
        for (person, left) in visits { note(person) { $0.left = left } }
        let links = try turn.store.all("SELECT account, alias, name, member, guild FROM house_links") {
            (
                LinkedPerson(account: $0.int(0), alias: $0.text(1), name: $0.text(2)), member: $0.id(3, Member.self),
                guild: $0.id(4, Guild.self)
            )
        }
        for (person, member, guild) in links { note(person) { $0.link = member.map { ($0, guild) } } }
        for client in turn.house.vitals.clients() where client["client"]?.text?.hasPrefix("console") == true {
            let person = LinkedPerson(
                account: client["user"]?.int ?? 0, alias: client["alias"]?.text ?? "", name: client["name"]?.text ?? "")
            note(person) { one in
                one.role = client["role"]?.text
                one.since = min(one.since ?? .max, client["since_ms"]?.int ?? .max)
            }
        }
        return known.sorted { ($0.value.since == nil ? 1 : 0, $0.key) < ($1.value.since == nil ? 1 : 0, $1.key) }
            .map { row(of: $0.value, key: $0.key, turn) }
    }

    private static func row(of one: Acquaintance, key: String, _ turn: Turn) -> JSON {
        .fields([
            "key": .string(key), "person": .string(one.person.spelled), "account": .string(one.person.name),
            "name": .string(one.person.alias), "state": one.since == nil ? "off" : "ok", "role": one.role.map(JSON.string),
            "member": one.link.map { link in
                .fields([
                    "id": .id(link.member),
                    "name": .string(
                        turn.house.directory.name(of: link.member, in: link.guild) ?? link.member.description),
                ])
            },
            "since_ms": one.since.map(JSON.int), "left_ms": one.since == nil ? one.left.map(JSON.int) : nil,
        ])
    }
}
