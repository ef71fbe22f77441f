import Screens
import Shared

/// Chance with a seed.
struct Chance: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Somebody who knows nothing of the console and does everything to it.
struct Monkey {
    private(set) var stage: Stage
    private var dice: Chance
    private var size = Size(80, 24)
    private var seen = 0
    /// The last change whose plan was asked for.
    private var planned: JSON?
    private(set) var fault: String?

    private static let plain: [Key] = [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown,
        .control("p"), .control("n"), .control("f"), .control("b"), .control("l"), .control("u"), .control("w"),
        .function(1), .function(12),
    ]
    private static let letters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 :/?!.,-_'\"\\%@#[](){}<>|~é日🌱")
    /// What a monkey would hardly ever type letter by letter.
    private static let lines = [
        ":house set", ":house disconnect", "yes", "do it", "tok", "activity.base", "/mo", "gl", "go", "7",
    ]

    init(seed: UInt64) {
        dice = Chance(seed: seed)
        var house = FakeHouse()
        house.people = [.usual, .crowd, .hostile, .nobody].randomElement(using: &dice) ?? .usual
        house.role = ["viewer", "moderator", "admin", "owner"].randomElement(using: &dice) ?? "owner"
        stage = Stage(house)
    }

    mutating func act() {
        switch Int.random(in: 0..<100, using: &dice) {
        case 0..<45: stage.press(.character(Self.letters.randomElement(using: &dice) ?? "x"))
        case 45..<75: stage.press(Self.plain.randomElement(using: &dice) ?? .enter)
        case 75..<80: stage.type(Self.lines.randomElement(using: &dice) ?? "")
        case 80..<86: click()
        case 86..<89: resize()
        case 89..<93: stage.pass(seconds: Int64.random(in: 0...90, using: &dice))
        case 93..<95: stage.tell(.lost("a monkey pulled the plug"))
        case 95..<98: stage.tell(.connected)
        default:
            stage.hear(["activity.leaderboard", "house.guilds", "house.clients"].randomElement(using: &dice) ?? "", news())
        }
        look()
    }

    private mutating func click() {
        let move = [MouseMove.press, .wheelUp, .wheelDown].randomElement(using: &dice) ?? .press
        stage.tell(.mouse(move, x: Int.random(in: -1...310, using: &dice), y: Int.random(in: -1...110, using: &dice)))
    }

    private mutating func resize() {
        let isTiny = Int.random(in: 0..<4, using: &dice) == 0
        size =
            isTiny
            ? Size(Int.random(in: 1...90, using: &dice), Int.random(in: 1...30, using: &dice))
            : Size(Int.random(in: 80...300, using: &dice), Int.random(in: 24...100, using: &dice))
        stage.tell(.resized(size))
    }

    /// Changes that may fit what was told before, or not at all.
    private mutating func news() -> ControlEvent {
        let key = String(Int.random(in: 0...20, using: &dice))
        let at = Int.random(in: -3...500, using: &dice)
        let seq = Int64.random(in: 0...30, using: &dice)
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: return .upsert(epoch: "e1", seq: seq, key: key, at: at, row: ["member": ["id": "1", "name": "\u{202E}x"]])
        case 1: return .delete(epoch: "e1", seq: seq, key: key)
        case 2: return .move(epoch: "e1", seq: seq, key: key, at: at)
        case 3: return .snapshot(key: key, at: at, row: ["rank": "not a number"])
        case 4: return .live(epoch: "e2", seq: seq)
        default: return .gone
        }
    }

    /// What must hold whatever was done.
    private mutating func look() {
        let canvas = stage.model.drawn()
        if canvas.size != size { fault = "the canvas is \(canvas.size), the window \(size)" }
        if canvas.lines.contains(where: { $0.unicodeScalars.contains { $0.value < 32 || (0x202A...0x202E).contains($0.value) } }
        ) {
            fault = "a control character is on the screen"
        }
        for request in stage.asked.dropFirst(seen) where ["house.set", "house.disconnect"].contains(request.method) {
            judge(request)
        }
        seen = stage.asked.count
    }

    /// What cannot be taken back is done only as its plan was shown, by the token of that plan.
    private mutating func judge(_ request: ControlRequest) {
        if request.params["dry_run"] == true {
            planned = request.params
        } else if request.method == "house.disconnect",
            request.params["confirm"] == nil || planned?["client"] != request.params["client"]
        {
            fault = "\(request.method) was sent without its plan: \(request.params.line)"
        }
    }
}
