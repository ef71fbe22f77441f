import Kit
import Shared
import Store
import Testing

struct AuditTests {
    private func filled() throws -> Household {
        let house = try Household()
        try house.data("house.set", ["name": "toy.reply", "value": 3])
        try house.data("house.set", ["name": "toy.reply", "value": 4], as: Household.admin)
        _ = try house.refusal("house.set", ["name": "toy.reply", "value": 5], as: Household.viewer)
        try house.data("house.disable", ["feature": "toy"], in: Household.kitchen)
        return house
    }

    @Test func `every change is listed with who made it, and pages follow each other`() throws {
        let house = try filled()
        let first = try house.ask("audit.list", ["limit": 2], in: nil)
        guard case .reply(let data, let next?, _, _) = first else { return #expect(Bool(false), "\(first)") }
        #expect(data["rows"]?.array?.map { $0["id"] } == ["4", "3"])
        let rest = try house.data("audit.list", ["limit": 2, "cursor": .string(next)], in: nil)
        #expect(rest["rows"]?.array?.map { $0["who"] } == ["ada", "root"])
        #expect(try house.data("audit.list")["rows"]?.array?.count == 3)
    }

    @Test func `it is searched by command, person and time`() throws {
        let house = try filled()
        func ids(_ params: JSON) throws -> [String] {
            try house.data("audit.list", params, in: nil)["rows"]?.array?.compactMap { $0["id"]?.text } ?? []
        }
        #expect(try ids(["command": "house disable"]) == ["4"])
        #expect(try ids(["person": "ada"]) == ["2"])
        #expect(try ids(["since": "2030-01-01"]) == [])
        #expect(try ids(["since": "2020-01-01", "command": "house.set"]) == ["3", "2", "1"])
    }

    @Test func `an entry shows what was asked, what it changed and how to undo it`() throws {
        let house = try filled()
        let page = try house.data("audit.show", ["id": "2"])
        #expect(page["params"]?["value"] == 4)
        #expect(page["changes"]?[0]?["before"]?.double == 3)
        #expect(page["changes"]?[0]?["after"]?.double == 4)
        #expect(page["undo"]?["command"] == "house.set")
        #expect(try house.refusal("audit.show", ["id": "2"], in: Household.kitchen).kind == .notFound)
        #expect(try house.lines(of: "house.audit").map(\.key) == ["4", "3", "2", "1"])
    }

    @Test func `LEAD-06 an entry is taken back, what took it back as well, and nothing twice`() throws {
        let house = try filled()
        guard case .planned(let plan, _, _) = try house.ask("audit.undo", ["id": "2"], isDryRun: true) else {
            Issue.record("no plan")
            return
        }
        #expect(plan.changes.map(\.after.double) == [3] && plan.canBeUndone)
        #expect(try house.reply() == 4)
        #expect(try house.data("audit.undo", ["id": "2"])["rows"]?[0]?["by"] == "house.set")
        #expect(try house.reply() == 3)
        #expect(try house.refusal("audit.undo", ["id": "2"]).sentence.hasPrefix("Entry 2 was taken back at"))
        let own = try house.data("audit.list", ["command": "audit.undo"])["rows"]?[1]?["id"] ?? .null
        try house.data("audit.undo", ["id": own])
        #expect(try house.reply() == 4)
    }

    @Test func `LEAD-06 several are taken back together, the newest first, or none`() throws {
        let house = try filled()
        #expect(try house.refusal("audit.undo", ["id": "1 2 3"]).sentence.hasPrefix("Entry 3 changed nothing"))
        let done = try house.data("audit.undo", ["id": "1, 2"])["rows"]?.array?.map { $0["id"] }
        #expect(done == ["2", "1"])
        #expect(try house.data("house.settings", ["name": "toy.reply"])["rows"]?[0]?["origin"] != "guild")
    }

    @Test func `LEAD-06 what cannot be taken back says so, and so does who may not`() throws {
        let house = try filled()
        try house.data("house.clear_faults", in: nil)
        #expect(
            try house.refusal("audit.undo", ["id": "5"], in: nil).sentence
                == "Entry 5, house.clear_faults, cannot be taken back.")
        #expect(try house.refusal("audit.undo", ["id": "99"]).kind == .notFound)
        #expect(try house.refusal("audit.undo", ["id": "one"]).field == "id")
        #expect(try house.refusal("audit.undo", ["id": "2"], in: Household.kitchen).kind == .notFound)
        #expect(try house.refusal("audit.undo", ["id": "2"], as: Household.viewer).kind == .forbidden)
    }

    @Test(arguments: [
        ("UPDATE house_audit SET outcome = 'done' WHERE id = 3", "3", "the entry was altered"),
        ("UPDATE house_audit_details SET asker = '{}' WHERE id = 2", "2", "its detail was altered"),
        ("DELETE FROM house_audit WHERE id = 2", "3", "an entry is missing before it"),
        ("UPDATE house_audit SET guild = NULL WHERE id = 1", "1", "the entry was altered"),
    ])
    func `a row that somebody tampered with is found`(change: String, broken: String, reason: String) throws {
        let house = try filled()
        #expect(try house.data("audit.verify")["ok"] == true)
        try house.store.begin()
        try house.store.run(SQL(stringLiteral: change))
        try house.store.commit()
        let finding = try house.data("audit.verify")
        #expect(finding["ok"] == false)
        #expect(finding["broken"]?.text == broken)
        #expect(finding["reason"]?.text == reason)
    }

    @Test func `erasing a person takes the detail and leaves the chain whole`() throws {
        let house = try filled()
        var ada = Household.admin
        ada.member = Household.ann
        try house.data("house.set", ["name": "toy.reply", "value": 6], as: ada)
        try house.data("toy.forget", ["member": .id(Household.ann)])
        #expect(try house.count("SELECT COUNT(*) FROM house_audit_details WHERE member = \(Household.ann)") == 0)
        let finding = try house.data("audit.verify")
        #expect(finding["ok"] == true)
        #expect(finding["entries"] == 6)
        #expect(finding["erased"] == 1)
        #expect(try house.data("audit.show", ["id": "5"])["erased"] == true)
    }
}
