internal import Kit
internal import Shared

extension HouseFeature {
    /// One's own link anybody may end, from either side; those of others are for whoever may manage.
    static let unlink = Command(
        "house.unlink", "Ends the link between somebody in the console and a member of Discord", access: .moderate,
        scope: .either, isPrivate: true, changes: true, returns: .record(["ended": .list(.text)]), example: "",
        .optional(.lookup("person", "Who, as house people shows them; you when left out", linkedPeople))
    ) { turn, wanted in
        let mine = try ownLinks(turn)
        var ending = mine
        if let wanted {
            let all = try allLinks(turn.store)
            ending = all.filter { $0.spelled == wanted || $0.alias == wanted || $0.alias.isEmpty && $0.name == wanted }
            guard !ending.isEmpty else {
                let near = nearest(to: wanted, among: all.map(\.spelled)).map { "Did you mean \"\($0)\"?" }
                throw Refusal(
                    .notFound, "Nobody in the console called \"\(wanted)\" is linked.",
                    hint: near ?? "See them with house people.", field: "person")
            }
            if !Set(ending).isSubset(of: mine) { try requireSteward(turn) }
        }
        guard !ending.isEmpty else {
            throw Refusal.notFound("You are linked with nobody.", hint: "house link in the console begins a link.")
        }
        for person in ending {
            let member = try person.member(turn.store)
            try turn.store.run("DELETE FROM house_links WHERE account = \(person.account) AND alias = \(person.alias)")
            turn.change("link of \(person.spelled)", from: member.map { .id($0) } ?? .null, to: .null)
        }
        return .done(PeopleText.unlinked(ending), data: .fields(["ended": .array(ending.map { .string($0.spelled) })]))
    }

    private static func requireSteward(_ turn: Turn) throws(Refusal) {
        let may =
            switch turn.asker {
            case .unix: turn.asker.may(.manageGuild)
            case .member: turn.asker.may(.houseOwner)
            case .job: false
            }
        if !may { throw .forbidden("That link is somebody else's to end.", hint: "An admin in the console may, too.") }
    }

    private static func ownLinks(_ turn: Turn) throws -> [LinkedPerson] {
        switch turn.asker {
        case .unix(let person):
            let own = LinkedPerson(person)
            return try own.member(turn.store) == nil ? [] : [own]
        case .member(let member): return try allLinks(turn.store, "WHERE member = \(member.id)")
        case .job: return []
        }
    }

    private static func allLinks(_ store: any Connection, _ which: SQL = "") throws -> [LinkedPerson] {
        try store.all("SELECT account, alias, name FROM house_links \(which) ORDER BY name, alias") {
            LinkedPerson(account: $0.int(0), alias: $0.text(1), name: $0.text(2))
        }
    }

    private static let linkedPeople = Lookup("people") { turn, text in
        guard case .unix = turn.asker else { return [] }
        return try allLinks(turn.store).map(\.spelled).filter { $0.lowercased().hasPrefix(text.lowercased()) }
            .map { Choice($0, $0) }
    }
}
