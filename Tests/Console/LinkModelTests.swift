import Screens
import Shared
import Testing

/// The console while its daemon comes and goes.
struct LinkModelTests {
    @Test func `what was shown stays, with its age, while there is no daemon`() {
        var stage = Stage()
        stage.tell(.lost("nobody listens"))
        stage.pass(seconds: 130)
        #expect(stage.screen.contains("Tea House") && stage.screen.contains("fsync 0.3 ms"))
        #expect(stage.screen.contains("No daemon: nobody listens. All this is 2m old."))
        #expect(stage.lines.last?.contains("NO DAEMON") == true)
    }

    @Test func `before the first answer it says that it connects`() {
        let stage = Stage(connected: false)
        #expect(stage.lines.last?.contains("connecting") == true)
        #expect(stage.asked.isEmpty)
    }

    @Test func `a daemon that refuses us is not taken for a live one, and its reason stays`() {
        var house = FakeHouse()
        house.refusals["hello"] = ControlError(name: "not_permitted", message: "You have no role here")
        var stage = Stage(house)
        #expect(stage.lines.last?.contains("NO DAEMON") == true)
        stage.tell(.lost("it hung up"))
        stage.pass(seconds: 60)
        #expect(stage.screen.contains("No daemon: You have no role here."))
        #expect(stage.asked("sub.open").isEmpty)
    }

    @Test func `a line without an id says why it hangs up`() {
        var stage = Stage()
        stage.tell(.said(.failure(id: nil, ControlError(name: "busy", message: "Too many clients"))))
        stage.tell(.lost("it hung up"))
        #expect(stage.screen.contains("No daemon: Too many clients."))
    }

    @Test func `tables go on where they stopped`() {
        var stage = Stage()
        stage.hear(
            "house.guilds", .upsert(epoch: "e1", seq: 1, key: "12", at: 0, row: ["name": "Owls", "guild": "12"]))
        stage.tell(.lost("restart"))
        stage.tell(.connected)
        let opened = stage.asked("sub.open").last { $0.params["topic"] == "house.guilds" }
        #expect(opened?.params["from"] == ["epoch": "e1", "seq": 1])
        #expect(stage.screen.contains("Owls") && stage.lines.last?.contains("LIVE") == true)
    }

    @Test func `a daemon with another epoch gives everything afresh`() {
        var stage = Stage()
        stage.hear("house.guilds", .delete(epoch: "e1", seq: 1, key: "11"))
        #expect(!stage.screen.contains("Tea House"))
        stage.tell(.lost("restart"))
        stage.change { $0.epoch = "e2" }
        stage.tell(.connected)
        #expect(stage.screen.contains("Tea House"))
    }

    @Test func `a missing event is noticed and the table is asked for again from the start`() {
        var stage = Stage()
        let before = stage.asked("sub.open").count
        stage.hear("house.guilds", .upsert(epoch: "e1", seq: 3, key: "12", at: 0, row: ["name": "Owls"]))
        let again = stage.asked("sub.open")
        #expect(again.count == before + 1)
        #expect(again.last?.params["topic"] == "house.guilds" && again.last?.params["from"] == nil)
        #expect(stage.screen.contains("Night Owls"))
    }

    @Test func `after a resync the old rows are shown until the new ones are all there`() {
        var stage = Stage()
        stage.hear("house.guilds", .resync(reason: "slow", dropped: 9))
        stage.hear("house.guilds", .snapshot(key: "13", at: 0, row: ["name": "Makers"]))
        #expect(stage.screen.contains("Tea House") && !stage.screen.contains("Makers"))
        stage.hear("house.guilds", .live(epoch: "e1", seq: 40))
        #expect(!stage.screen.contains("Tea House") && stage.screen.contains("Makers"))
    }

    @Test func `a tick may name the last number or take its own`() {
        var stage = Stage()
        let before = stage.asked("sub.open").count
        stage.hear("house.guilds", .tick(epoch: "e1", seq: 0))
        stage.hear("house.guilds", .tick(epoch: "e1", seq: 1))
        #expect(stage.asked("sub.open").count == before)
    }

    @Test func `a table that is refused says why in its place`() {
        var house = FakeHouse()
        house.refusals["sub.open"] = ControlError(name: "not_permitted", message: "Viewers may not see this.")
        var stage = Stage(house)
        stage.type("l")
        #expect(stage.screen.contains("Viewers may not see this."))
        let asked = stage.asked.count
        stage.pass(seconds: 1)
        #expect(stage.asked.count == asked, "it keeps asking what was refused")
    }

    @Test func `a small window says what it needs and everything is kept`() {
        var stage = Stage()
        stage.type("l/mo")
        stage.tell(.resized(Size(61, 18)))
        #expect(stage.screen.contains("needs 80x24, and has 61x18"))
        stage.type("xx")
        stage.tell(.resized(Size(80, 24)))
        #expect(stage.lines.last?.contains("/mo ") == true)
        for size in [Size(1, 1), Size(0, 0), Size(300, 100), Size(80, 24)] {
            stage.tell(.resized(size))
            #expect(stage.model.drawn().size == size)
        }
    }

    @Test func `q quits, Ctrl-Z goes to the shell, Ctrl-L draws afresh, M leaves the mouse`() {
        var stage = Stage()
        stage.press(.character("q"), .control("z"), .control("l"), .character("M"), .control("c"))
        #expect(stage.done == [.quit, .suspend, .repaint, .catchMouse(false), .quit])
    }
}

extension LinkModelTests {
    @Test func `a server that the bot comes to later is there without a new greeting`() {
        var house = FakeHouse()
        house.people = .nobody
        var stage = Stage(house)
        stage.type("l")
        #expect(stage.lines[0].contains("no server"))
        stage.hear("house.guilds", .upsert(epoch: "e1", seq: 1, key: "11", at: 0, row: ["guild": "11", "name": "Tea House"]))
        #expect(stage.lines[0].contains("Tea House"))
        #expect(stage.asked("sub.open").last?.params["topic"] == "activity.leaderboard")
    }
}
