import Screens
import Shared
import Testing

/// Charts as their descriptions ask for them.
struct ChartTests {
    private func stage(_ way: String, size: Size = Size(80, 24), look: Glyphs = Glyphs(.braille, policy: .safe)) -> Stage {
        var stage = Stage(size: size, glyphs: look)
        stage.type(way)
        return stage
    }

    @Test func `a calendar shows the month, what comes again in it, and what clashes`() {
        let stage = stage("ge")
        #expect(stage.screen.contains("Nov 2026") && stage.screen.contains("▸21"))
        #expect(stage.line(with: "22 ")?.contains("!") == true, "two at the same time on Sunday")
        #expect(stage.line(with: "23 ")?.contains("29 Quiz") == true, "a week later again")
    }

    @Test func `month, week and agenda are 1, 2 and 3, and the brackets turn them`() {
        var stage = stage("ge")
        stage.type("]")
        #expect(stage.screen.contains("Dec 2026"))
        stage.type("[[")
        #expect(stage.screen.contains("Oct 2026"))
        stage.type("T2")
        #expect(stage.screen.contains("Sun 22") || stage.screen.contains("Thu 26"))
        stage.type("3")
        #expect(stage.line(with: "Film evening")?.contains("! ") == true)
        stage.press(.end)
        #expect(stage.screen.contains("Breakfast"))
    }

    @Test func `bars follow the metric and the cursor`() {
        var stage = stage("ga")
        while !stage.lines[0].hasPrefix(" Channels") { stage.press(.tab) }
        #expect(stage.line(with: "#general")?.contains("412") == true)
        stage.type("m")
        #expect(stage.line(with: "#tea")?.contains("310") == true && stage.screen.contains("Points"))
    }

    @Test func `a table's parameters are turned by p and by the brackets, and the header says how`() {
        var stage = stage("ga")
        while !stage.lines[0].hasPrefix(" Channels") { stage.press(.tab) }
        stage.type("p")
        #expect(stage.asked("sub.open").last?.params["params"]?["period"] == "all")
        #expect(stage.lines[0].contains("period all"))
        stage.type("]]")
        #expect(stage.asked("sub.open").last?.params["params"]?["weeks"] == 8)
        stage.type("[[[[[[")
        #expect(stage.asked("sub.open").last?.params["params"]?["weeks"] == 1, "never less than there is")
    }

    @Test func `a funnel has each step's share of the first`() {
        var stage = stage("ga")
        while !stage.lines[0].hasPrefix(" Newcomers") { stage.press(.tab) }
        #expect(stage.line(with: "spoke")?.contains("55%") == true)
        #expect(stage.lines.contains { $0.contains("came back") && $0.contains("21%") }, "\(stage.screen)")
    }

    @Test func `a grid says what is on where`() {
        let stage = stage("gf")
        #expect(stage.screen.contains("Tea House") && stage.screen.contains("Night Owls"))
        #expect(stage.line(with: "pings")?.contains("● on") == true && stage.line(with: "pings")?.contains("○ off") == true)
    }

    @Test("Every ladder draws the same hours, and its own signs only", arguments: Ladder.allCases)
    func ladder(_ ladder: Ladder) {
        let stage = stage("", look: Glyphs(ladder, policy: ladder == .acs ? .ascii : .safe))
        let chart = stage.lines[8..<14].joined()
        let signs: Set<Character> =
            switch ladder {
            case .braille: Set((0x2801...0x28FF).compactMap { Unicode.Scalar($0).map(Character.init) })
            case .blocks: Set("▁▂▃▄▅▆▇█")
            case .halves: Set("▄█")
            case .acs: Set("⎽⎼⎻⎺▒")
            case .ascii: Set(".:-=+*#@")
            }
        #expect(chart.contains { signs.contains($0) })
        #expect(chart.contains(ladder == .acs ? "?" : "╌"), "the hours that are not known")
    }

    @Test func `b goes through the ladders and says which`() {
        var stage = Stage()
        for word in ["eighth blocks", "half blocks", "line signs", "ASCII", "braille"] {
            stage.type("b")
            #expect(stage.lines.last?.contains(word) == true)
        }
    }
}
