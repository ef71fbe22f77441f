import Kit
import Machine
import Shared
import Store
import Testing

struct SweepTests {
    @Test func `what has served its time goes, and the newest ids stay`() throws {
        let house = try Household()
        let now = house.time.locked { $0 }
        try house.store.begin()
        for (id, state, age) in [(1, "done", 2.days), (2, "refused", 2.days), (3, "refused", 31.days), (4, "done", 40.days)] {
            try house.store.run(
                """
                INSERT INTO house_outbox (id, lane, cause, step, effect, nonce, caused, created, state, tries, settled)
                VALUES (\(id), 1, \("t\(id)"), 0, '', 'n', \(now - age), \(now - age), \(state), 1, \(now - age))
                """)
        }
        for (id, age) in [(1, 91.days), (2, 89.days), (3, 100.days)] {
            try house.store.run(
                "INSERT INTO house_buttons (id, command, arguments, created) VALUES (\(id), 'toy.shout', '{}', \(now - age))")
        }
        for (cause, age) in [("old", 25.hours), ("new", 23.hours)] {
            try house.store.run(
                "INSERT INTO house_uses (cause, member, command, at) VALUES (\(cause), 1, 'toy.shout', \(now - age))")
            try house.store.run(
                "INSERT INTO house_replies (person, idem, digest, reply, at) VALUES (1, \(cause), '', '{}', \(now - age))")
        }
        try house.store.commit()
        house.pass(1.hours)

        #expect(try house.store.all("SELECT id FROM house_outbox ORDER BY id") { $0.int(0) } == [2, 4])
        #expect(try house.store.all("SELECT id FROM house_buttons ORDER BY id") { $0.int(0) } == [2, 3])
        #expect(try house.store.all("SELECT cause FROM house_uses") { $0.text(0) } == ["new"])
        #expect(try house.store.all("SELECT idem FROM house_replies") { $0.text(0) } == ["new"])
    }
}
