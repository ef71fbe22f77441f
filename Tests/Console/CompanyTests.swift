import Screens
import Shared
import Testing

/// Who one is in the console, who else is there, and what one may do.
struct CompanyTests {
    @Test func `CON-01: a viewer sees a command, why it is not for them, and no form`() {
        var house = FakeHouse()
        house.role = "viewer"
        var stage = Stage(house)
        stage.press(.character(":"))
        stage.type("house set")
        stage.press(.enter)
        #expect(stage.line(with: "takes the role admin, and yours is viewer") != nil)
        #expect(stage.asked("meta.describe").isEmpty)
        stage.change { $0.role = "admin" }
        stage.tell(.lost("gone"))
        stage.tell(.connected)
        stage.press(.enter)
        #expect(stage.asked("meta.describe").count == 1)
    }

    @Test func `LEAD-29: what happened while one was away is shown once, when one comes`() {
        var house = FakeHouse()
        house.away = ["quiet": false]
        var stage = Stage(house)
        #expect(stage.line(with: "While you were away") != nil && stage.line(with: "ayla (bots) set a price") != nil)
        stage.press(.escape)
        stage.tell(.lost("gone"))
        stage.tell(.connected)
        #expect(stage.line(with: "While you were away") == nil && stage.asked("house.away").count == 1)
        stage.change { $0.away = ["quiet": true] }
        #expect(Stage(FakeHouse()).line(with: "While you were away") == nil)
    }

    @Test func `LEAD-29: the others who are here stand in the first line, oneself does not`() {
        var house = FakeHouse()
        house.present = ["ann", "mo", "ayla", "kim", "zoë"]
        let stage = Stage(house)
        #expect(stage.lines[0].contains("with ayla, kim, mo and 1 more"))
        #expect(!Stage(FakeHouse()).lines[0].contains("with "))
    }

    @Test func `LEAD-30: the console says who one is, and works under the role that was asked for`() {
        var model = Model(
            size: Size(80, 24), glyphs: Glyphs(.ascii, policy: .ascii), clock: Clock(now: Stage.noon, offset: .zero),
            identity: ControlIdentity(name: "mo", role: "viewer"))
        let said = model.update(.connected).compactMap { request in
            if case .send(let request) = request, request.method == "hello" { request.params } else { nil }
        }
        #expect(said == [["proto": [1], "client": "console", "name": "mo", "role": "viewer"]])
    }
}
