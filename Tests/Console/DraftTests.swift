import Screens
import Shared
import Testing

/// Forms while they are written.
struct DraftTests {
    private func adding(_ house: FakeHouse = FakeHouse()) -> Stage {
        var stage = Stage(house)
        stage.type("gpn")
        return stage
    }

    @Test func `a form that was left is there again as it was written, until it is done`() {
        var stage = adding()
        stage.type("general")
        stage.press(.escape)
        #expect(!stage.screen.contains("pings add"))
        stage.type("n")
        #expect(stage.screen.contains("general"))
        stage.press(.tab, .tab, .tab, .enter)
        stage.type("y")
        stage.press(.escape)
        stage.type("n")
        #expect(stage.line(with: "channel")?.contains("general") == false)
    }

    @Test func `a number out of its bounds is told as it is typed`() {
        var stage = adding()
        stage.type("general")
        stage.press(.tab)
        stage.type("26")
        #expect(stage.screen.contains("! It is at most 25."))
        stage.press(.backspace)
        #expect(!stage.screen.contains("It is at most"))
        stage.type("x")
        #expect(stage.screen.contains("! This is a whole number."))
    }

    @Test func `while somebody writes the daemon is asked quietly, once a second, and says when it would come`() {
        var stage = adding()
        stage.type("gen")
        #expect(stage.asked("pings.add").isEmpty)
        stage.pass(seconds: 1)
        #expect(stage.asked("pings.add").map(\.params) == [["channel": "gen", "guild": "11", "dry_run": true]])
        #expect(stage.done.last == .findZone("Europe/Brussels"))
        #expect(stage.screen.contains("It would come:") && stage.screen.contains("Sun Nov 22 14:02"))
        stage.pass(seconds: 5)
        #expect(stage.asked("pings.add").count == 1, "nothing new was written")
    }

    @Test func `times are told on the server's clocks too where those are others`() throws {
        var stage = adding()
        stage.type("gen")
        stage.pass(seconds: 1)
        stage.tell(.foundZone(try Zone(named: "Asia/Tokyo")))
        #expect(stage.screen.contains("It would come:"), "not the zone that was meant")
        var other = FakeHouse()
        other.zone = "Asia/Tokyo"
        var far = adding(other)
        far.type("gen")
        far.pass(seconds: 1)
        far.tell(.foundZone(try Zone(named: "Asia/Tokyo")))
        #expect(far.screen.contains("on your clock and in Asia/Tokyo") && far.screen.contains("there Sun Nov 22 22:02"))
    }

    @Test func `a rule's caret stands under the place that is wrong`() {
        var house = FakeHouse()
        house.refusals["pings.edit"] = ControlError(
            name: "invalid_value", message: "There is no measure 'pionts'.",
            hint: "pionts(30d) >= 5\n^^^^^^\nDid you mean points?",
            data: ["field": "rule"])
        var stage = Stage(house)
        stage.type("gpe")
        stage.press(.tab)
        stage.type("pionts(30d) >= 5")
        stage.pass(seconds: 1)
        let at = stage.lines.firstIndex { $0.contains("pionts(30d) >= 5") && !$0.contains("rule") } ?? 0
        let carets = stage.lines[at + 1]
        let column = stage.lines[at].distance(of: "pionts")
        #expect(column != nil && carets.distance(of: "^^^^^^") == column)
        #expect(stage.screen.contains("Did you mean points?"))
    }
}

extension String {
    /// How many characters stand before the text.
    fileprivate func distance(of text: String) -> Int? {
        firstRange(of: text).map { distance(from: startIndex, to: $0.lowerBound) }
    }
}
