import Screens
import Shared
import Simulator
import Testing

/// The console driven by named keys against the real daemon and the simulated Discord.
@Suite(.serialized) struct RobotFlowTests {
    /// One evening of an admin, in which every key of the key table is pressed where it means something.
    @Test func `CON-01 to CON-08: every key that help lists is pressed and does what it says`() throws {
        let robot = try Robot()
        try robot.comesHome()
        try robot.looksAround()
        try robot.keepsPings()
        try robot.keepsRewards()
        try robot.keepsEvents()
        try robot.readsCharts()
        try robot.looksAfterMembers()
        try robot.looksIntoTheHouse()
        try robot.leaves()
        let never = KeyPage.rows.filter { !robot.pressed.contains($0.key.name + " " + $0.meaning) }
        #expect(never.isEmpty, "\(never.map { "\($0.section): \($0.key.name) \($0.meaning)" }.joined(separator: "\n"))")
    }

    @Test func `kill -9 in the middle of an edit keeps what was written, and the daemon that comes back takes it`() throws {
        let robot = try Robot()
        try robot.comesHome()
        try robot.addsPing("6h")
        robot.type("gp")
        try robot.type("e", see: "pings edit")
        robot.press(.tab, .tab)
        robot.type("3h")
        robot.kill()
        try robot.sees("NO DAEMON")
        #expect(robot.line(with: "every")?.contains("3h") == true)
        robot.press(.escape)
        #expect(robot.screen.contains("#general") && robot.screen.contains("All this is"))
        robot.type("e")
        #expect(robot.lines.last?.contains("there is no daemon to ask") == true)
        robot.start()
        try robot.sees("LIVE")
        try robot.type("e", see: "pings edit")
        #expect(robot.line(with: "every")?.contains("3h") == true, "the draft")
        robot.submits()
        try robot.sees("Do it? y/N")
        robot.type("y")
        robot.press(.escape)
        try robot.until("the new rhythm") { $0.line(with: "#general")?.contains("every 3 h") == true }
    }
}

extension Robot {
    func line(with text: String) -> String? { lines.first { $0.contains(text) } }

    /// From the fields to the button, and on.
    func submits() {
        for _ in 0..<20 where !(model.meaning(of: .enter) ?? "").contains("submit") { press(.backTab) }
        press(.enter)
    }

    func puts(cursorOn words: String) throws {
        for _ in 0..<40 where !hasCursor(on: words) { press(.down) }
        try until("the cursor on \(words)") { $0.hasCursor(on: words) }
    }

    private func hasCursor(on words: String) -> Bool { lines.contains { $0.contains("▸") && $0.contains(words) } }

    /// Presses a key until the words are there.
    func seeks(_ words: String, by key: Key) throws {
        for _ in 0..<40 where !screen.contains(words) { press(key) }
        try sees(words)
    }

    /// A form's field by its name.
    func writes(_ text: String, in field: String) {
        for _ in 0..<20 {
            if line(with: "▸ " + field) != nil { break }
            press(.tab)
        }
        type(text)
    }

    func agrees() throws {
        try sees("Do it? y/N")
        type("y")
        try until("the answer") { $0.model.keysNow.contains { $0.hint == "close" } }
        press(.escape)
    }

    func addsPing(_ rhythm: String) throws {
        if !lines[0].hasPrefix(" Pings") { type("gp") }
        if model.isReadOnly { type("!") }
        try type("n", see: "In a shell: hearth pings add")
        writes("general", in: "channel")
        writes(rhythm, in: "every")
        submits()
        try agrees()
        try sees("#general")
    }

    /// Both servers are known, and the one with people in it is chosen.
    func comesHome() throws {
        try sees("Night Owls")
        try sees("Tea House")
        try puts(cursorOn: "Tea House")
        press(.enter)
        type("o")
    }

    func looksAround() throws {
        for number in 1...30 {
            _ = try? discord.says(discord.member("guest \(number)", in: guild), in: general, "hello \(number)")
        }
        press(.down, .up, .character("j"), .character("k"), .pageDown, .pageUp, .control("f"), .control("b"), .home, .end)
        type("Gggtt")
        press(.function(1), .down, .up, .enter)
        try type("?", see: "Keys that work here")
        press(.escape)
        try type("g", see: "Go to")
        type("o")
        press(.down, .enter)
        type("bbbbbMM!!")
        press(.control("l"), .control("z"))
        try type(":", see: "Go to, or do")
        press(.down, .up, .control("n"), .control("p"), .pageDown, .pageUp, .control("y"), .escape)
        try type("S", see: "Which server?")
        press(.down, .up, .character("j"), .character("k"), .escape)
        type("S")
        press(.character("q"))
        try type("S", see: "Which server?")
        try puts(cursorOn: "Tea House")
        press(.enter)
        type("go")
        try puts(cursorOn: "Tea House")
        type("l")
        try until("thirty members") { $0.screen.contains("of 30") }
        try board()
    }

    private func board() throws {
        type("/guest 1")
        press(.up, .down, .enter)
        press(.escape)
        type("/zzz")
        press(.escape)
        type("srFFy")
        try press(.enter, see: "close")
        press(.down, .up, .pageDown, .pageUp, .character("j"), .character("k"), .enter)
        try type("w", see: "close")
        press(.escape)
        try type("w", see: "close")
        type("q")
        type("  ")
        try type("c", see: "Side by side")
        press(.escape, .escape)
        for _ in 0..<5 { type("p") }
        try type("x", see: "What shall be done?")
        press(.escape)
        type("o")
    }

    func keepsPings() throws {
        if model.isReadOnly { type("!") }
        type("gp")
        for rhythm in ["6h", "12h", "24h"] { try addsPing(rhythm) }
        press(.tab, .backTab)
        try type("e", see: "pings edit")
        writes("gen", in: "channel")
        try until("offers") { $0.model.meaning(of: .control("n")) != nil }
        press(.control("n"), .control("p"), .control("n"), .enter, .enter)
        writes("", in: "period")
        press(.right, .left, .down, .up)
        writes("2", in: "top")
        press(.control("y"), .control("r"))
        try sees("Dry run: this would happen")
        submits()
        try sees("Do it? y/N")
        press(.enter)
        submits()
        try sees("Do it? y/N")
        press(.escape)
        submits()
        try sees("Do it? y/N")
        type("n")
        submits()
        try agrees()
        try type("P", see: "Do it? y/N", after: { $0.submits() })
        try agrees()
        try type("v", see: "As members will see it")
        press(.escape)
        try type("f", see: "pings fire")
        press(.escape)
        try type("D", see: "Type \"remove\"")
        press(.escape, .escape)
        type("  ")
        try type("D", see: "Type \"remove 2\"")
        type("remove 2")
        press(.enter)
        try sees("2 of 2 done.")
        press(.enter)
        try until("one ping") {
            $0.lines.count { $0.contains("every") && $0.contains("week") && !$0.contains("Comes every") } == 1
        }
        try type("u", see: "audit undo")
        try agrees()
    }

    private func type(_ text: String, see words: String, after step: (Robot) -> Void) throws {
        try type(text, see: "Show what would happen")
        step(self)
        try sees(words)
    }

    func keepsRewards() throws {
        type("gr")
        try type("n", see: "In a shell: hearth rewards add")
        writes("Regular", in: "role")
        writes("1", in: "tier")
        writes("points(30d) >= 0", in: "criteria")
        submits()
        try agrees()
        try sees("Regular")
        try type("d", see: "close")
        press(.enter)
        try type("e", see: "rewards edit")
        writes("pionts > 5", in: "criteria")
        tick()
        try sees("^^^^^^")
        press(.escape)
        try type("A", see: "Type \"apply\"")
        type("apply")
        press(.enter)
        try until("the answer") { $0.model.keysNow.contains { $0.hint == "close" } }
        type("q")
        type("3")
        try until("a run") { $0.model.meaning(of: .character("H")) != nil }
        try type("H", see: "close")
        press(.escape)
    }

    func keepsEvents() throws {
        type("ge")
        try type("n", see: "In a shell: hearth events create")
        writes("Quiz night", in: "title")
        writes("tomorrow 19:00", in: "start")
        writes("general", in: "channel")
        submits()
        try agrees()
        try sees("Quiz night")
        type("][T231")
        press(.right, .character("l"), .left, .character("h"))
        try type("m", see: "events remind")
        press(.escape)
        try type("z", see: "events skip")
        press(.escape)
        try type("C", see: "events clone")
        press(.escape)
    }

    func readsCharts() throws {
        type("ga")
        try seeks(" Day by day  Tea House", by: .tab)
        type("mc][tt")
        try seeks(" Channels  Tea House", by: .tab)
        type("p")
    }

    func looksAfterMembers() throws {
        type("gu")
        try until("members") { $0.model.meaning(of: .character("w")) != nil }
        try type("w", see: "close")
        press(.escape)
        try type("X", see: "close")
        press(.escape)
        try type("E", see: "Type \"erase\"")
        press(.escape, .escape)
    }

    func looksIntoTheHouse() throws {
        type("gA")
        try until("the audit") { $0.model.meaning(of: .character("V")) != nil && $0.screen.contains("pings.add") }
        try type("V", see: "Run")
        submits()
        try sees("entries are as they were written")
        press(.enter)
        type("gf")
        try sees("● on")
        type("gL")
        try sees("When")
        type("gh")
    }

    func leaves() throws {
        try type(":", see: "Go to, or do")
        type("house status")
        press(.enter)
        type("gp")
        press(.control("c"))
        type("q")
        #expect(done.isSuperset(of: ["quit", "suspend", "repaint", "mouse"]))
    }
}
