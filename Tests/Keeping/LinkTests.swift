import Keeping
import Kit
import Shared
import Testing

struct LinkTests {
    private static let mo = Asker.Operator(user: 1000, name: "bots", alias: "mo", role: .moderator, client: "console")
    private static let ayla = Asker.Operator(user: 1000, name: "bots", alias: "ayla", role: .admin, client: "console")

    private func code(_ house: Household, for person: Asker.Operator = mo) throws -> String {
        try #require(try house.data("house.link", in: nil, as: person)["code"]?.text)
    }

    /// What Ann, who owns the tea house, is answered in Discord.
    private func annSays(_ line: String, _ house: Household) throws -> Card {
        house.say(line)
        guard case .post(_, let post)? = house.courier.carried.last?.effect else {
            Issue.record("no answer to \(line)")
            return Card()
        }
        return post.card
    }

    private func link(_ house: Household) throws -> ID<Member>? {
        try house.store.first("SELECT member FROM house_links WHERE account = 1000 AND alias = 'mo'") { $0.id(0) } ?? nil
    }

    @Test func `LEAD-30: a code from the console, confirmed in Discord, names both in the audit`() throws {
        let house = try Household()
        let code = try code(house)
        #expect(code.count == 9 && code.utf8.allSatisfy { $0 < 128 })
        #expect(try annSays("E!house confirm \(code.lowercased())", house).tone == .good)
        #expect(try link(house) == Household.ann)
        try house.data("house.set", ["name": "toy.reply", "value": 4], as: Self.mo.raised)
        let rows = try house.data("audit.list")["rows"]?.array ?? []
        #expect(rows.first?["who"] == "mo (bots), Ann in Discord" && rows.first?["member"]?["id"] == .id(Household.ann))
        #expect(
            try house.data("audit.list", ["person": "mo"])["rows"]?.array?.contains { $0["command"] == "house.set" } == true)
        let detail = try house.store.all("SELECT detail FROM house_audit_details") { $0.text(0) }
        #expect(!detail.joined().contains(code.prefix(4) + code.suffix(4)))
        #expect(try house.data("audit.verify")["ok"] == true)
    }

    @Test func `a code counts once, for ten minutes, and a new one takes its place`() throws {
        let house = try Household()
        let first = try code(house)
        let second = try code(house)
        #expect(try annSays("E!house confirm \(first)", house).tone == .refused)
        house.pass(11.minutes)
        #expect(try annSays("E!house confirm \(second)", house).tone == .refused)
        let third = try code(house)
        #expect(try annSays("E!house confirm \(third)", house).tone == .good)
        house.pass(1.minutes)
        #expect(try annSays("E!house confirm \(third)", house).tone == .refused)
        #expect(try link(house) == Household.ann)
    }

    @Test func `guessing ends after five wrong codes in an hour, even with the right one`() throws {
        let house = try Household()
        let code = try code(house)
        for guess in ["AAAA-AAAA", "BBBBBBBB", "x", "%", "' OR 1=1"] {
            house.pass(15.seconds)
            #expect(try annSays("E!house confirm \(guess)", house).tone == .refused)
        }
        house.pass(15.seconds)
        let answer = try annSays("E!house confirm \(code)", house)
        #expect(
            answer.tone == .refused && answer.text.pieces.contains(.quoted("There were too many wrong codes in the last hour."))
        )
        #expect(try link(house) == nil)
        house.pass(61.minutes)
        let later = try self.code(house)
        #expect(try annSays("E!house confirm \(later)", house).tone == .good)
    }

    @Test func `nobody confirms from the console, not even on somebody's behalf, and nobody links from Discord`() throws {
        let house = try Household()
        let code = try code(house)
        var owner = Household.owner
        owner.member = Household.ann
        let refusal = try house.refusal("house.confirm", ["code": .string(code)], as: owner)
        #expect(refusal.kind == .forbidden)
        #expect(try link(house) == nil)
        #expect(try annSays("E!house link", house).tone == .refused)
        #expect(try house.refusal("house.link", in: nil, as: Household.viewer).kind == .forbidden)
        #expect(try house.refusal("house.confirm", ["code": .string(code)]).kind == .invalid)
    }

    @Test func `a link is ended by either side or by an admin, and by nobody else`() throws {
        let house = try Household()
        func linked() throws {
            #expect(try annSays("E!house confirm \(try code(house))", house).tone == .good)
            house.pass(1.minutes)
        }
        try linked()
        var other = Self.ayla
        other.role = .moderator
        #expect(try house.refusal("house.unlink", ["person": "mo"], in: nil, as: other).kind == .forbidden)
        #expect(try house.refusal("house.unlink", in: nil, as: other).kind == .notFound)
        let unknown = try house.refusal("house.unlink", ["person": "moo (bots)"], in: nil, as: Self.ayla)
        #expect(unknown.kind == .notFound && unknown.hint == "Did you mean \"mo (bots)\"?")
        #expect(try house.data("house.unlink", ["person": "mo"], in: nil, as: Self.ayla)["ended"] == ["mo (bots)"])
        try linked()
        #expect(try house.data("house.unlink", in: nil, as: Self.mo)["ended"] == ["mo (bots)"])
        try linked()
        #expect(try annSays("E!house unlink", house).tone == .good)
        #expect(try link(house) == nil)
    }

    @Test func `a dry run makes no code that counts`() throws {
        let house = try Household()
        _ = try house.ask("house.link", in: nil, as: Self.mo, isDryRun: true)
        #expect(try house.count("SELECT COUNT(*) FROM house_link_codes") == 0)
    }
}

extension Asker.Operator {
    fileprivate var raised: Asker.Operator {
        var person = self
        person.role = .admin
        return person
    }
}
