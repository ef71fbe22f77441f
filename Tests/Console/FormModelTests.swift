import Screens
import Shared
import Testing

/// A command's form, from the palette to the answer.
struct FormModelTests {
    private func setting(_ house: FakeHouse = FakeHouse()) -> Stage {
        var stage = Stage(house)
        stage.type(":house set")
        stage.press(.enter)
        return stage
    }

    private func filled(_ house: FakeHouse = FakeHouse()) -> Stage {
        var stage = setting(house)
        stage.type("activity.base")
        stage.press(.tab)
        stage.type("2")
        stage.press(.tab, .tab)
        return stage
    }

    @Test func `the palette finds screens and commands and shows the line for a shell`() {
        var stage = Stage()
        stage.type(":disc")
        #expect(stage.screen.contains("house disconnect") && stage.screen.contains("In a shell: hearth house disconnect"))
        stage.press(.escape)
        stage.type(":clients")
        stage.press(.enter)
        #expect(stage.lines[0].contains("Clients") && stage.screen.contains("ann"))
    }

    @Test func `what is called so comes before what only speaks of it`() {
        var stage = Stage()
        stage.type(":activity")
        stage.press(.enter)
        #expect(stage.lines[0].hasPrefix(" Activity"))
    }

    @Test func `a form has a field for each parameter and says which is wrong`() {
        var stage = setting()
        #expect(stage.screen.contains("setting") && stage.screen.contains("announce"))
        stage.press(.backTab, .enter)
        #expect(stage.screen.contains("! This is needed."))
        #expect(stage.asked("house.set").isEmpty)
    }

    @Test func `what may stand in a field is asked for as it is written, and taken with Enter`() {
        var stage = setting()
        stage.type("m")
        #expect(stage.asked("meta.complete").last?.params == ["method": "house.set", "parameter": "setting", "text": "m"])
        #expect(stage.screen.contains("mona  1013"))
        stage.press(.control("n"), .control("n"), .enter)
        #expect(stage.line(with: "In a shell")?.contains("--setting 1013") == true)
    }

    @Test func `a change is shown as a difference, then asked for, then done`() {
        var stage = filled()
        stage.press(.enter)
        #expect(stage.lastAsked?.params["dry_run"] == true)
        #expect(stage.screen.contains("- 1") && stage.screen.contains("+ 2") && stage.screen.contains("Do it? y/N"))
        stage.type("y")
        #expect(stage.lastAsked?.params == ["setting": "activity.base", "value": "2", "announce": false])
        #expect(stage.screen.contains("It is so."))
    }

    @Test(arguments: [Key.character("n"), .enter, .escape])
    func `anything but y leaves everything as it was`(_ key: Key) {
        var stage = filled()
        stage.press(.enter, key)
        #expect(stage.asked("house.set").allSatisfy { $0.params["dry_run"] == true })
        #expect(stage.screen.contains("activity.base"), "the form is kept")
    }

    @Test func `what cannot be taken back wants the typed word and sends the plan's token`() {
        var stage = Stage()
        stage.type(":clients")
        stage.press(.enter, .enter, .enter)
        stage.press(.tab, .enter)
        #expect(stage.screen.contains("Type \"disconnect\""))
        stage.type("y")
        stage.press(.enter)
        stage.type("disconnec")
        stage.press(.enter)
        #expect(stage.asked("house.disconnect").count == 1, "only the dry run")
        stage.press(.control("u"))
        stage.type("disconnect")
        stage.press(.enter)
        #expect(stage.lastAsked?.params == ["client": "7", "confirm": "tok"])
    }

    @Test func `a refusal stands at the field that is to blame`() {
        var house = FakeHouse()
        house.refusals["house.set"] = ControlError(
            name: "invalid_value", message: "'2' is no colour.", hint: "Write #ff8800.", data: ["field": "value"])
        var stage = filled(house)
        stage.press(.enter)
        let at = stage.lines.firstIndex { $0.contains("! '2' is no colour. Write #ff8800.") } ?? 0
        #expect(stage.lines[max(0, at - 1)].contains("▸ value"))
    }

    @Test func `a draft outlives the daemon`() {
        var stage = filled()
        stage.tell(.lost("restart"))
        #expect(stage.screen.contains("activity.base"))
        stage.press(.enter)
        #expect(stage.lines.last?.contains("there is no daemon to ask") == true)
        stage.tell(.connected)
        stage.press(.enter)
        #expect(stage.screen.contains("Do it? y/N"))
    }

    @Test func `a daemon that goes away while it works leaves the question open and says so`() {
        var stage = filled()
        stage.press(.enter)
        stage.silence()
        stage.type("y")
        stage.tell(.lost("crash"))
        #expect(stage.screen.contains("look first whether it was done"))
    }

    @Test func `an owner starts locked and cannot change anything until unlocked`() {
        var house = FakeHouse()
        house.role = "owner"
        var stage = filled(house)
        stage.press(.enter)
        #expect(stage.lines.last?.contains("locked") == true && stage.asked("house.set").isEmpty)
        stage.press(.escape)
        stage.type("!:house set")
        stage.press(.enter)
        stage.type("a")
        stage.press(.tab)
        stage.type("2")
        stage.press(.tab, .tab, .enter)
        #expect(stage.screen.contains("Do it? y/N"))
    }

    @Test func `a command that changes nothing runs at once, and a guild is a field of its own`() {
        var stage = Stage()
        stage.type(":activity leaderboard")
        stage.press(.enter, .right, .tab, .tab, .tab, .enter)
        let asked = stage.asked("activity.leaderboard").last
        #expect(asked?.params == ["period": "all", "top": 10, "guild": "11"] && asked?.card == true)
        #expect(stage.screen.contains("It is so."))
    }

    @Test func `help lists the keys that work now and finds them`() {
        var stage = Stage()
        stage.type("l?")
        #expect(stage.screen.contains("period") && !stage.screen.contains("turn the order"))
        stage.type("free")
        #expect(stage.screen.contains("freeze") && !stage.screen.contains("period"))
        stage.press(.escape)
        stage.type("r")
        #expect(stage.lines.last?.contains("nothing is sorted: s sorts") == true)
    }

    @Test func `twenty thousand random keys change nothing while the console is locked`() {
        var dice = Dice(state: 7)
        var house = FakeHouse()
        house.role = "owner"
        house.people = .hostile
        var stage = Stage(house)
        let keys: [Key] = [
            .enter, .escape, .tab, .backTab, .backspace, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end,
            .control("n"), .control("p"), .control("r"), .control("u"), .control("l"), .delete, .function(1),
        ]
        let letters = Array("lopwS/sFrxt:?gGbyn jkhousedicn7")
        for step in 0..<20_000 {
            let roll = Int(dice.roll() % 100)
            if roll < 55 {
                stage.tell(.key(keys[Int(dice.roll() % UInt64(keys.count))]))
            } else {
                stage.tell(.key(.character(letters[Int(dice.roll() % UInt64(letters.count))])))
            }
            if step % 50 == 0 {
                let size = Size(Int(dice.roll() % 120), Int(dice.roll() % 50))
                stage.tell(.resized(roll < 50 ? size : Size(80, 24)))
                #expect(stage.model.drawn().size == (roll < 50 ? size : Size(80, 24)))
            }
        }
        let changing = stage.asked.filter { ["house.set", "house.disconnect"].contains($0.method) }
        #expect(changing.allSatisfy { $0.params["dry_run"] == true })
    }

    /// A seeded source of chance (xorshift).
    private struct Dice {
        var state: UInt64
        mutating func roll() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state >> 11
        }
    }
}
