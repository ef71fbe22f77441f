import Screens
import Shared
import Testing

/// What is done with rows: one, several, and taken back.
struct RowActionTests {
    private func pings(_ house: FakeHouse = FakeHouse(), size: Size = Size(80, 24)) -> Stage {
        var stage = Stage(house, size: size)
        stage.type("gp")
        return stage
    }

    @Test func `what a feature calls edit has the key e, and the form says what is so now`() {
        var stage = pings()
        stage.type("e")
        #expect(stage.screen.contains("pings edit"))
        #expect(stage.screen.contains("now points(30d) >= 500 and streak >= 5"))
    }

    @Test func `P offers what the row's state leaves open`() {
        var stage = pings()
        stage.type("P")
        #expect(stage.asked("meta.describe").last?.params["method"] == "pings.pause")
        stage.press(.escape, .down)
        stage.type("P")
        #expect(stage.asked("meta.describe").last?.params["method"] == "pings.resume")
    }

    @Test func `what takes something away is a capital, shows its difference at once and wants a typed word`() {
        var stage = pings()
        stage.type("D")
        #expect(stage.lastAsked?.params == ["id": 1, "guild": "11", "dry_run": true])
        #expect(stage.screen.contains("- on") && stage.screen.contains("Type \"remove\""))
        stage.type("y")
        stage.press(.enter)
        #expect(stage.lines.last?.contains("type the word first") == true)
        stage.press(.control("u"))
        stage.type("remove")
        stage.press(.enter)
        #expect(stage.lastAsked?.method == "pings.remove" && stage.lastAsked?.params == ["id": 1, "guild": "11"])
    }

    @Test func `marked rows are done together: a dry run of each, one typed word, then one after the other`() {
        var stage = pings()
        stage.type("  ")
        #expect(stage.lines[0].contains("2 marked") && stage.screen.contains("◆"))
        stage.type("D")
        #expect(
            stage.asked("pings.remove").map(\.params) == [
                ["id": 1, "guild": "11", "dry_run": true], ["id": 2, "guild": "11", "dry_run": true],
            ])
        #expect(stage.screen.contains("Remove, 2 rows") && stage.screen.contains("Type \"remove 2\""))
        stage.type("remove 1")
        stage.press(.enter)
        #expect(stage.asked("pings.remove").count == 2)
        stage.press(.backspace)
        stage.type("2")
        stage.press(.enter)
        #expect(stage.asked("pings.remove").suffix(2).map(\.params) == [["id": 1, "guild": "11"], ["id": 2, "guild": "11"]])
        #expect(stage.screen.contains("2 of 2 done."))
        stage.press(.escape)
        #expect(!stage.lines[0].contains("marked"))
    }

    @Test func `marked rows that are refused are left out, and nothing is done when the word is not typed`() {
        var house = FakeHouse()
        house.refusals["pings.remove"] = ControlError(name: "conflict", message: "It is being fired.")
        var stage = pings(house)
        stage.type("  D")
        #expect(stage.screen.contains("! It is being fired.") && stage.screen.contains("None of them can be done."))
        var other = pings()
        other.type("  D")
        other.press(.escape)
        #expect(other.asked("pings.remove").allSatisfy { $0.params["dry_run"] == true })
        #expect(other.lines[0].contains("2 marked"))
        other.press(.escape)
        #expect(!other.lines[0].contains("marked"))
    }

    @Test func `a daemon that goes away between marked rows is not asked again by itself`() {
        var stage = pings()
        stage.type("  D")
        stage.silence()
        stage.type("remove 2")
        stage.press(.enter)
        stage.tell(.lost("crash"))
        #expect(stage.screen.contains("The daemon went away after 0: look first which of them it did."))
        stage.tell(.connected)
        #expect(stage.asked("pings.remove").count == 3)
    }

    @Test func `u takes back the last change of this very console, with its difference first`() {
        var stage = pings()
        stage.type("u")
        #expect(stage.lines.last?.contains("nothing was changed from here yet") == true)
        stage.type("Dremove")
        stage.press(.enter, .escape)
        stage.type("u")
        #expect(stage.asked("audit.list").last?.params["command"] == "pings.remove")
        #expect(stage.asked("audit.show").map { $0.params["id"] } == ["31", "30"], "31 is another console's")
        #expect(stage.lastAsked?.params == ["id": 30, "guild": "11", "dry_run": true])
        #expect(stage.screen.contains("Do it? y/N"))
        stage.type("y")
        #expect(stage.lastAsked?.method == "audit.undo" && stage.lastAsked?.params["dry_run"] == nil)
    }

    @Test func `what only looks is asked at once: over the table, or beside it where there is room`() {
        var small = pings()
        small.press(.enter)
        #expect(small.lastAsked?.method == "pings.show" && small.screen.contains("It is so."))
        small.press(.escape)
        small.type("v")
        #expect(small.screen.contains("As members will see it") && small.screen.contains("▌ Done"))
        var wide = pings(size: Size(200, 60))
        #expect(wide.screen.contains("Enter asks for it."))
        wide.press(.enter)
        #expect(wide.screen.contains("It is so.") && wide.lines[0].hasPrefix(" Pings"))
        wide.press(.down)
        wide.pass(seconds: 1)
        #expect(!wide.screen.contains("It is so."), "another row's answer")
    }

    @Test func `y copies the id, and the line for a shell is copied with Ctrl-Y`() {
        var stage = pings()
        stage.press(.down)
        stage.type("y")
        #expect(stage.done.last == .copy("2"))
        stage.type("e")
        stage.press(.control("y"))
        #expect(stage.done.last == .copy("hearth pings edit --id 2 --guild 11"))
        stage.press(.escape)
        stage.type(":house disconnect")
        stage.press(.control("y"))
        #expect(stage.done.last == .copy("hearth house disconnect"))
    }

    @Test func `two marked members are compared`() {
        var stage = Stage()
        stage.type("lc")
        #expect(stage.lines.last?.contains("mark two members") == true)
        stage.type("  c")
        #expect(stage.screen.contains("Side by side") && stage.screen.contains("日本太郎"))
    }

    @Test func `columns without room are reached to the right, and the row is whole below the table`() {
        var stage = pings()
        #expect(stage.screen.contains("Rule points(30d) >= 500 and streak >= 5"))
        let head = stage.lines[2]
        stage.type("l")
        #expect(stage.lines[2] != head && stage.lines[2].contains("Channel"))
        stage.type("h")
        #expect(stage.lines[2] == head)
    }
}
