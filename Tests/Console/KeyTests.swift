import FoundationEssentials
import Machine
import Screens
import Shared
import Testing

/// The one table of keys, and that bar, help, documentation and dispatch agree.
struct KeyTests {
    @Test func `the page of keys is what the key table says`() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let path = Environment.read()["HEARTH_KEYS_PAGE"] ?? root + "/docs/keys.md"
        let known = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        guard known != KeyPage.text else { return }
        if Environment.read()["HEARTH_ACCEPT_GOLDENS"] != nil {
            return try Data(KeyPage.text.utf8).write(to: URL(filePath: path))
        }
        Issue.record("\(path) is not what the key table says; write it with HEARTH_ACCEPT_GOLDENS=1.")
    }

    @Test("No key means two things at once", arguments: ["", "l", "gp", "ge", "ga", "gf", "gh", ":", "gpe", "gpD", "gp?"])
    func distinct(_ way: String) {
        var stage = Stage()
        stage.type(way)
        let all = stage.model.keysNow.flatMap(\.keys)
        #expect(Set(all).count == all.count, "\(all.map(\.name))")
        #expect(!all.isEmpty)
    }

    @Test func `the last line has no more than six keys, and help is the first of them`() {
        for way in ["", "l", "gp", "ge", "ga"] {
            var stage = Stage()
            stage.type(way)
            #expect(stage.lines.last?.hasPrefix(" ? help") == true)
            #expect(stage.model.keysInBar.count <= 6)
        }
    }

    @Test func `every letter leads somewhere, and the menu shows where`() {
        var stage = Stage()
        stage.type("g")
        #expect(stage.screen.contains("p Pings") && stage.screen.contains("e Events") && stage.screen.contains("f Features"))
        stage.type("p")
        #expect(stage.lines[0].hasPrefix(" Pings"))
        stage.type("g€")
        #expect(stage.lines.last?.contains("No screen is behind g €.") == true)
        stage.type("lgo")
        #expect(stage.lines[0].hasPrefix(" Hearth"))
    }

    @Test func `tables under one letter are reached by Tab and by number, and the last one seen is there again`() {
        var stage = Stage()
        stage.type("gp")
        stage.press(.tab)
        #expect(stage.lines[0].hasPrefix(" Past pings"))
        stage.press(.backTab)
        stage.type("2")
        #expect(stage.lines[0].hasPrefix(" Past pings"))
        stage.type("gogp")
        #expect(stage.lines[0].hasPrefix(" Past pings"))
    }

    @Test func `a viewer reads why an action is off, and it is not in the bar`() {
        var house = FakeHouse()
        house.role = "viewer"
        var stage = Stage(house)
        stage.type("gpe")
        #expect(stage.lines.last?.contains("takes the role admin, and yours is viewer") == true)
        #expect(stage.asked("meta.describe").isEmpty)
        stage.tell(.key(.function(9)))
        #expect(stage.lines.last?.contains("edit") == false)
    }
}
