import FoundationEssentials
import Machine
import Screens
import Shared
import Testing

/// The screens as people see them, kept as text beside this file. Look at the difference; if it is meant, accept it with
/// `HEARTH_ACCEPT_GOLDENS=1 swift test --filter ConsoleTests`.
struct GoldenScreenTests {
    struct Scene: CustomTestStringConvertible, Sendable {
        var name: String
        var house = FakeHouse()
        var look = Glyphs(.braille, policy: .safe)
        var size = Size(80, 24)
        var play: @Sendable (inout Stage) -> Void = { _ in }
        var testDescription: String { name }

        func like(_ suffix: String, size: Size? = nil, look: Glyphs? = nil) -> Scene {
            var other = self
            other.name += suffix
            other.size = size ?? self.size
            other.look = look ?? self.look
            return other
        }
    }

    static let ascii = Glyphs(.ascii, policy: .ascii)
    static let scenes: [Scene] = {
        let board: @Sendable (inout Stage) -> Void = { $0.type("l") }
        let form: @Sendable (inout Stage) -> Void = { stage in
            stage.type(":house set")
            stage.press(.enter)
            stage.type("activity.base")
            stage.press(.tab)
        }
        let plain = [
            Scene(name: "overview"),
            Scene(name: "overview-empty", house: FakeHouse(people: .nobody)),
            Scene(name: "leaderboard", play: board),
            Scene(name: "leaderboard-empty", house: FakeHouse(people: .nobody), play: board),
            Scene(name: "leaderboard-crowd", house: FakeHouse(people: .crowd)) { stage in
                stage.type("lG")
                stage.press(.up)
                stage.pass(seconds: 0)
            },
            Scene(name: "leaderboard-hostile", house: FakeHouse(people: .hostile), play: board),
            Scene(name: "panel") { stage in
                stage.type(":clients")
                stage.press(.enter)
            },
            Scene(name: "panel-chart") { stage in
                stage.type(":watch activity.hours")
                stage.press(.enter)
            },
            Scene(name: "panel-heat") { stage in
                stage.type(":watch analytics.heatmap")
                stage.press(.enter)
            },
            Scene(name: "help") { $0.type("l?") },
            Scene(name: "palette") { $0.type(":") },
            Scene(name: "form", play: form),
        ]
        let moments = [
            Scene(name: "profile") { stage in
                stage.type("l")
                stage.press(.enter)
            },
            Scene(name: "disconnected") { stage in
                stage.silence()
                stage.tell(.lost("nobody listens"))
                stage.pass(seconds: 75)
            },
            Scene(name: "plan") { stage in
                form(&stage)
                stage.type("2")
                stage.press(.tab, .tab, .enter)
            },
            Scene(name: "typed-word") { stage in
                stage.type(":clients")
                stage.press(.enter, .enter, .enter, .enter, .enter)
            },
        ]
        let rooms = [
            ("pings", "gp"), ("events", "ge"), ("channels", "ga"), ("newcomers", "ga2"), ("features", "gf"), ("go", "g"),
        ]
        .flatMap { name, keys -> [Scene] in
            let scene = Scene(name: name) { $0.type(keys) }
            return [
                scene, scene.like("-200x60", size: Size(200, 60)), scene.like("-ascii", look: ascii),
                scene.like("-100x30", size: Size(100, 30)),
            ]
        }
        let acts = [
            Scene(name: "pings-empty", house: FakeHouse(people: .nobody)) { $0.type("gp") },
            Scene(name: "week") { $0.type("ge2") }, Scene(name: "agenda") { $0.type("ge3") },
            Scene(name: "marked") { $0.type("gp  D") }, Scene(name: "grave") { $0.type("gpD") },
            Scene(name: "edit") { $0.type("gpe") }, Scene(name: "preview") { $0.type("gpv") },
            Scene(name: "coming") { stage in
                stage.type("gpngeneral")
                stage.pass(seconds: 1)
            },
        ]
        let signs = [("halves", Ladder.halves), ("lines", .acs)].map { name, ladder in
            Scene(name: "overview-" + name, look: Glyphs(ladder, policy: ladder == .acs ? .ascii : .safe))
        }
        let names = [
            Scene(name: "names-hostile-200", house: FakeHouse(people: .manyHostile), size: Size(100, 212)) { $0.type("l") },
            Scene(name: "names-hostile-200-ascii", house: FakeHouse(people: .manyHostile), look: ascii, size: Size(100, 212)) {
                $0.type("l")
            },
        ]
        let wide = (plain + [moments[0]]).map { $0.like("-200x60", size: Size(200, 60)) }
        let simple = ["overview", "leaderboard", "leaderboard-hostile", "panel-chart", "panel-heat", "help", "palette", "form"]
        let old = plain.filter { simple.contains($0.name) }.map { $0.like("-ascii", look: ascii) }
        let blocks = plain.filter { $0.name == "overview" }
            .map { $0.like("-blocks", look: Glyphs(.blocks, policy: .safe)) }
        return plain + moments + wide + old + blocks + rooms + acts + signs + names
    }()

    @Test("The screen looks as it did", arguments: scenes)
    func golden(_ scene: Scene) throws {
        var stage = Stage(scene.house, size: scene.size, glyphs: scene.look)
        scene.play(&stage)
        let canvas = stage.model.drawn()
        #expect(canvas.lines.allSatisfy { $0.width(.raw) == scene.size.width }, "a row is not as wide as the screen")
        if scene.look.ladder == .ascii, scene.look.policy == .ascii {
            #expect(canvas.lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7F } })
        }
        try Golden(named: scene.name).compare(with: Golden.text(of: canvas))
    }
}

/// One screen as a file: its rows, then what its ink means, a letter a cell.
struct Golden {
    private let path: String

    init(named name: String, beside file: String = #filePath) {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        path = folder + "/Goldens/" + name + ".txt"
    }

    static func text(of canvas: Canvas) -> String {
        let inks = (0..<canvas.size.height).map { y in
            var row = (0..<canvas.size.width).map { letter(canvas[$0, y].style) }
            while row.last == " " { row.removeLast() }
            return String(row)
        }
        let rows = canvas.lines.map { line in line + "|" }
        return (rows + ["ink:"] + inks).joined(separator: "\n") + "\n"
    }

    private static func letter(_ style: Style) -> Character {
        let letter: Character =
            switch style.ink {
            case .plain: style.bold ? "B" : " "
            case .title: "t"
            case .accent: "a"
            case .good: "g"
            case .warn: "w"
            case .bad: "x"
            case .quiet: "q"
            case .chart: "c"
            case .fresh: "f"
            case .stale: "s"
            case .selected: "#"
            case .bar: "r"
            case .key: "k"
            }
        return style.underlined ? "_" : letter
    }

    func compare(with text: String) throws {
        let known = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        guard known != text else { return }
        if Environment.read()["HEARTH_ACCEPT_GOLDENS"] != nil {
            try Data(text.utf8).write(to: URL(filePath: path))
            return
        }
        guard let known else {
            Issue.record("There is no golden \(path) yet. If this is right, accept it:\n\(text)")
            return
        }
        Issue.record("The screen has changed (\(path)):\n\(Self.difference(known, text))")
    }

    private static func difference(_ old: String, _ new: String) -> String {
        let old = old.split(separator: "\n", omittingEmptySubsequences: false)
        let new = new.split(separator: "\n", omittingEmptySubsequences: false)
        return (0..<max(old.count, new.count)).flatMap { index -> [String] in
            let was = index < old.count ? old[index] : "(nothing)"
            let now = index < new.count ? new[index] : "(nothing)"
            return was == now ? [] : ["\(index + 1) - \(was)", "\(index + 1) + \(now)"]
        }.joined(separator: "\n")
    }
}

extension GoldenScreenTests {
    @Test func `there are two hundred hostile names, and none of them moves what stands behind it`() {
        #expect(HostileNames.all.count >= 200)
        var stage = Stage(FakeHouse(people: .manyHostile), size: Size(120, 240))
        stage.type("l")
        let canvas = stage.model.drawn()
        let head = canvas.lines[1]
        let column = head.distance(from: head.startIndex, to: head.firstRange(of: "Streak")?.lowerBound ?? head.startIndex)
        for y in 2..<2 + min(200, HostileNames.all.count) {
            let scalars = (0..<120).map { canvas[$0, y].text.unicodeScalars }.joined()
            #expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
            #expect(!scalars.contains { (0x202A...0x202E).contains($0.value) || (0x2066...0x2069).contains($0.value) })
            #expect(
                (column..<column + 6).contains { canvas[$0, y].text.contains("d") || canvas[$0, y].text == "·" }, "row \(y)")
        }
    }
}
