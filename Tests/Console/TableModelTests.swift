import Screens
import Shared
import Testing

/// A live table under a viewer's hands.
struct TableModelTests {
    private func row(_ name: String, rank: Int64 = 1) -> JSON {
        ["rank": .int(rank), "member": ["id": "1003", "name": .string(name)], "points": 99_999]
    }

    private func board() -> Stage {
        var stage = Stage()
        stage.type("l")
        return stage
    }

    @Test func `the selection stays on its row when the row moves`() {
        var stage = board()
        stage.press(.down, .down)
        #expect(stage.line(with: "▸")?.contains("mo ") == true)
        stage.hear("activity.leaderboard", .upsert(epoch: "e1", seq: 1, key: "1003", at: 0, row: row("mo")))
        #expect(stage.line(with: "▸")?.contains("mo ") == true)
        #expect(stage.lines[2].contains("mo "))
        stage.hear("activity.leaderboard", .move(epoch: "e1", seq: 2, key: "1003", at: 5))
        #expect(stage.lines[7].contains("▸") && stage.lines[7].contains("mo "))
    }

    @Test func `when the selected row goes its neighbour is selected`() {
        var stage = board()
        stage.press(.down)
        stage.hear("activity.leaderboard", .delete(epoch: "e1", seq: 1, key: "1002"))
        #expect(stage.line(with: "▸")?.contains("mo ") == true)
    }

    @Test func `a changed row is marked for two seconds`() {
        var stage = board()
        #expect(!stage.screen.contains("•"))
        stage.hear("activity.leaderboard", .upsert(epoch: "e1", seq: 1, key: "1003", at: 2, row: row("mo")))
        #expect(stage.line(with: "mo ")?.contains("•") == true)
        stage.pass(seconds: 2)
        #expect(stage.line(with: "mo ")?.contains("•") == true)
        stage.pass(seconds: 1)
        #expect(!stage.screen.contains("•"))
    }

    @Test func `a frozen table stands still until it is let go`() {
        var stage = board()
        stage.type("F")
        stage.hear("activity.leaderboard", .upsert(epoch: "e1", seq: 1, key: "1003", at: 0, row: row("newname")))
        #expect(!stage.screen.contains("newname") && stage.screen.contains("FROZEN"))
        stage.type("F")
        #expect(stage.lines[2].contains("newname") && !stage.screen.contains("FROZEN"))
    }

    @Test func `a filter leaves what contains it, whatever the column`() {
        var stage = board()
        stage.type("/AN")
        #expect(stage.lines.last?.contains("/AN") == true)
        #expect(stage.screen.contains("Ann ") && !stage.screen.contains("kim "))
        stage.press(.enter)
        #expect(stage.lines[0].contains("filter: AN"))
        stage.press(.escape)
        #expect(stage.screen.contains("kim "))
    }

    @Test func `a filter that fits nothing says so`() {
        var stage = board()
        stage.type("/qqq")
        #expect(stage.screen.contains("Nothing matches 'qqq'"))
    }

    @Test func `s sorts by column after column, r turns the order, and after the last it is the daemon's again`() {
        var stage = board()
        stage.type("sssr")
        let heading = stage.lines[1]
        #expect(heading.contains("Member▼"))
        #expect(stage.lines[2].contains("日本太郎"))
        stage.type("sssssss")
        #expect(stage.lines[2].contains("ayla") && !stage.lines[1].contains("▼"))
    }

    @Test func `a click selects the row under it and the wheel moves on`() {
        var stage = board()
        stage.tell(.mouse(.press, x: 10, y: 4))
        #expect(stage.line(with: "▸")?.contains("mo ") == true)
        stage.tell(.mouse(.wheelDown, x: 10, y: 4))
        #expect(stage.line(with: "▸")?.contains("Ann ") == true)
        stage.tell(.mouse(.press, x: 10, y: 23))
        #expect(stage.line(with: "▸")?.contains("Ann ") == true)
    }

    @Test func `a long table scrolls no further than it must`() {
        var house = FakeHouse()
        house.people = .crowd
        var stage = Stage(house)
        stage.type("l")
        #expect(stage.lines[0].contains("1-21 of 120"))
        for _ in 0..<21 { stage.press(.down) }
        #expect(stage.lines[0].contains("2-22 of 120") && stage.lines[22].contains("▸"))
        stage.type("G")
        #expect(stage.lines[0].contains("100-120 of 120"))
        stage.press(.pageUp)
        #expect(stage.lines[2].contains("▸"))
        stage.type("gg")
        #expect(stage.lines[2].contains("▸   1"))
    }

    @Test func `p asks for the next period and lets the last one go`() {
        var stage = board()
        stage.type("p")
        #expect(stage.lines[0].contains("month"))
        #expect(stage.asked("sub.open").last?.params["params"]?["period"] == "month")
        let opened = stage.asked("sub.open").first { $0.params["params"]?["period"] == "week" }
        #expect(stage.asked("sub.close").contains { $0.params["sub"] == opened.map { .string(String($0.id)) } })
    }

    @Test func `S changes the server`() {
        var stage = board()
        stage.type("S")
        stage.press(.down, .enter)
        #expect(stage.lines[0].contains("Night Owls"))
        #expect(stage.asked("sub.open").last?.params["params"]?["guild"] == "12")
    }

    @Test func `Enter on a server of the overview shows its leaderboard`() {
        var stage = Stage()
        stage.press(.down, .enter)
        #expect(stage.lines[0].contains("Leaderboard  Night Owls"))
    }

    @Test func `profile and why are asked with a card and shown`() {
        var stage = board()
        stage.press(.enter)
        #expect(stage.lastAsked?.method == "activity.profile" && stage.lastAsked?.card == true)
        #expect(stage.lastAsked?.params == ["guild": "11", "member": "1001"])
        #expect(stage.screen.contains("Third of 412"))
        stage.press(.escape)
        stage.type("w")
        #expect(stage.screen.contains("base 1 + conversation 3"))
    }
}

extension TableModelTests {
    @Test func `on a wide screen the pane never shows one member's profile for another`() {
        var stage = Stage(size: Size(200, 60))
        stage.type("l")
        stage.press(.enter)
        #expect(stage.screen.contains("Third of 412"))
        stage.press(.down)
        #expect(stage.screen.contains("╭─ ayla"), "what stands beside the table waits until the cursor rests")
        stage.pass(seconds: 1)
        #expect(!stage.screen.contains("Third of 412") && stage.screen.contains("╭─ 日本太郎"))
        stage.silence()
        stage.type("w")
        #expect(!stage.screen.contains("Third of 412"))
        stage.press(.up)
        #expect(!stage.screen.contains("Third of 412"))
    }
}
