import Calls
import Discord
import Kit
import Shared
import Testing

/// The limits of what is pressed, chosen, filled in and called.
@Suite("Limits of components, forms and commands")
struct ShapeLimitTests {
    private static let now = Instant(seconds: 1_800_000_000)

    private static func long(_ count: Int) -> String { String(repeating: "é", count: count) }

    private static func complaint(_ route: Route, _ body: JSON) -> String? {
        BodyLimits.complaint(about: RESTRequest(route, body: body), at: now)
    }

    private static func answer(_ kind: Int64, _ data: JSON) -> String? {
        complaint(.callback(ID(firstAt: now), "token"), ["type": .int(kind), "data": data])
    }

    private static func option(_ change: (inout JSON.Object) -> Void = { _ in }) -> JSON {
        var option = JSON.Object([("label", "l"), ("value", "v")])
        change(&option)
        return .object(option)
    }

    private static func menu(_ changes: KeyValuePairs<String, JSON>) -> JSON {
        var menu = JSON.Object([("type", 3), ("custom_id", "m"), ("options", [option()])])
        for (key, value) in changes { menu[key] = value }
        return .object(menu)
    }

    @Test(
        "components beyond a limit are named by it",
        arguments: [
            (menu(["placeholder": .string(long(151))]), "placeholder: 151 characters, at most 150"),
            (menu(["min_values": 26]), "min_values: 26 is not between 0 and 25"),
            (menu(["max_values": 0]), "max_values: 0 is not between 1 and 25"),
            (menu(["max_values": 26]), "max_values: 26 is not between 1 and 25"),
            (menu(["max_values": 2]), "max_values: from 1 to 2 of 1 cannot be chosen"),
            (menu(["min_values": 2]), "max_values: from 2 to 1 of 1 cannot be chosen"),
            (
                menu(["options": .array((0..<26).map { number in option { $0["value"] = .string("\(number)") } })]),
                "options: 26 of them"
            ),
            (menu(["options": [option(), option()]]), "options: two have one value"),
            (menu(["options": [option { $0["label"] = .string(long(101)) }]]), "options.0.label: 101 characters, at most 100"),
            (menu(["options": [option { $0["value"] = .string(long(101)) }]]), "options.0.value: 101 characters, at most 100"),
            (menu(["options": [option { $0["description"] = .string(long(101)) }]]), "options.0.description: 101 characters"),
            (
                ["type": 2, "style": 5, "label": "l", "url": .string("https://" + long(505))],
                "url: 513 characters, at most 512"
            ),
            (["type": 2, "style": 7, "label": "l", "custom_id": "b"], "style: 7 is none of"),
            (["type": 2, "style": 1, "custom_id": "b"], "has neither words nor an emoji"),
            (["type": 2, "style": 1, "label": "l", "custom_id": ""], "custom_id: is empty"),
        ] as [(JSON, String)])
    func components(_ component: JSON, _ complaint: String) {
        let said = Self.answer(
            4,
            [
                "content": "x", "allowed_mentions": ["parse": []], "components": [["type": 1, "components": [component]]],
            ])
        #expect(said?.contains(complaint) == true, "\(said ?? "nothing")")
    }

    @Test(
        "a layout beyond a limit is named by it",
        arguments: [
            (["type": 10, "content": .string(long(4_001))], "content: 4001 characters, at most 4000"),
            (["type": 12, "items": .array((0..<11).map { _ in ["media": ["url": "https://a"]] })], "items: 11 of them"),
            (
                [
                    "type": 9, "accessory": ["type": 2, "style": 1, "label": "l", "custom_id": "b"],
                    "components": .array((0..<4).map { _ in ["type": 10, "content": "t"] }),
                ], "components: 4 of them, 1 to 3"
            ),
            (["type": 9, "components": [["type": 10, "content": "t"]]], "accessory: nothing has no place here"),
            (["type": 17, "components": [["type": 17, "components": []]]], "components.0.components.0: 17 has no place here"),
        ] as [(JSON, String)])
    func layouts(_ component: JSON, _ complaint: String) {
        let said = Self.answer(4, ["flags": 32_768, "allowed_mentions": ["parse": []], "components": [component]])
        #expect(said?.contains(complaint) == true, "\(said ?? "nothing")")
    }

    private static func form(
        _ changes: KeyValuePairs<String, JSON> = [:], field: KeyValuePairs<String, JSON> = [:],
        input: KeyValuePairs<String, JSON> = [:]
    ) -> JSON {
        var inner = JSON.Object([("type", 4), ("custom_id", "f"), ("style", 1)])
        for (key, value) in input { inner[key] = value }
        var label = JSON.Object([("type", 18), ("label", "l"), ("component", .object(inner))])
        for (key, value) in field { label[key] = value }
        var form = JSON.Object([("title", "t"), ("custom_id", "1"), ("components", [.object(label)])])
        for (key, value) in changes { form[key] = value }
        return .object(form)
    }

    @Test(
        "a form beyond a limit is named by it",
        arguments: [
            (form(["title": .string(long(46))]), "data.title: 46 characters, at most 45"),
            (form(["title": ""]), "data.title: is empty"),
            (form(["custom_id": .string(long(101))]), "data.custom_id: 101 characters, at most 100"),
            (form(["components": []]), "data.components: 0 of them, 1 to 5"),
            (
                form(["components": .array((0..<6).map { _ in ["type": 10, "content": "t"] })]),
                "data.components: 6 of them, 1 to 5"
            ),
            (form(["components": [["type": 1, "components": []]]]), "data.components.0.type: 1 is none of"),
            (form(field: ["label": .string(long(46))]), "label: 46 characters, at most 45"),
            (form(field: ["description": .string(long(101))]), "description: 101 characters, at most 100"),
            (form(input: ["custom_id": .string(long(101))]), "custom_id: 101 characters, at most 100"),
            (form(input: ["style": 3]), "style: 3 is none of"),
            (form(input: ["value": .string(long(4_001))]), "value: 4001 characters, at most 4000"),
            (form(input: ["placeholder": .string(long(101))]), "placeholder: 101 characters, at most 100"),
            (form(input: ["max_length": 4_001]), "max_length: 4001 is not between 1 and 4000"),
        ] as [(JSON, String)])
    func forms(_ form: JSON, _ complaint: String) {
        let said = Self.answer(9, form)
        #expect(said?.contains(complaint) == true, "\(said ?? "nothing")")
    }

    @Test(
        "completions beyond a limit are named by it",
        arguments: [
            (["choices": .array((0..<26).map { ["name": "n", "value": .string("\($0)")] })], "data.choices: 26 of them"),
            (["choices": [["name": .string(long(101)), "value": "v"]]], "data.choices.name: 101 characters, at most 100"),
            (["choices": [["name": "n", "value": .string(long(101))]]], "data.choices.value: 101 characters, at most 100"),
        ] as [(JSON, String)])
    func completions(_ data: JSON, _ complaint: String) {
        #expect(Self.answer(8, data)?.contains(complaint) == true)
    }

    @Test("what is within the limits passes, and what is no answer does not")
    func answers() {
        #expect(Self.answer(9, Self.form()) == nil)
        #expect(
            Self.answer(
                4,
                [
                    "content": "x", "allowed_mentions": ["parse": []],
                    "components": [["type": 1, "components": [Self.menu([:])]]],
                ]) == nil)
        #expect(Self.answer(5, ["flags": 64]) == nil && Self.answer(6, .null) == nil)
        #expect(Self.answer(10, .null) == "type: 10 is no answer")
    }

    // MARK: - Commands

    private static func command(_ changes: KeyValuePairs<String, JSON> = [:], options: [JSON] = []) -> JSON {
        var command = JSON.Object([("name", "tea"), ("description", "d"), ("options", .array(options))])
        for (key, value) in changes { command[key] = value }
        return .object(command)
    }

    private static func asks(_ name: String, _ changes: KeyValuePairs<String, JSON> = [:]) -> JSON {
        var option = JSON.Object([("type", 3), ("name", .string(name)), ("description", "d")])
        for (key, value) in changes { option[key] = value }
        return .object(option)
    }

    private static func choices(_ count: Int, name: String = "n", value: (Int) -> String = { "\($0)" }) -> JSON {
        .array((0..<count).map { ["name": .string(name), "value": .string(value($0))] })
    }

    private static let deep = asks("b", ["type": 2, "options": [asks("c", ["type": 1])]])

    @Test(
        "slash commands beyond a limit are named by it",
        arguments: [
            ([command(["name": "Tea"])], "\"Tea\" is no name for a command"),
            ([command(["name": "tea time"])], "\"tea time\" is no name for a command"),
            ([command(["name": .string(long(33))])], "name: 33 characters, at most 32"),
            ([command(["description": ""])], "tea.description: is empty"),
            ([command(["description": .string(long(101))])], "tea.description: 101"),
            ([command(["type": 2, "name": .string(long(33))])], "33 characters, at most 32"),
            ([command(options: [asks("a"), asks("b", ["required": true])])], "what is required comes first"),
            ([command(options: [asks("a"), asks("a")])], "tea.options: two have one name"),
            ([command(options: (0..<26).map { asks("o\($0)") })], "tea.options: 26 of them"),
            ([command(options: [asks("a", ["choices": choices(26)])])], "tea a.choices: 26 of them"),
            ([command(options: [asks("a", ["choices": choices(1, name: long(101))])])], "choices.name: 101 characters"),
            ([command(options: [asks("a", ["choices": choices(1) { _ in long(101) }])])], "choices.value: 101 characters"),
            ([command(options: [asks("a", ["choices": choices(1), "autocomplete": true])])], "given or completed, not both"),
            ([command(options: [asks("a", ["min_length": 6_001])])], "min_length: 6001 is not between 0 and 6000"),
            ([command(options: [asks("a", ["max_length": 0])])], "max_length: 0 is not between 1 and 6000"),
            ([command(options: [asks("a", ["type": 1]), asks("b")])], "sub-commands have no place here"),
            ([command(options: [asks("a", ["type": 2, "options": [deep]])])], "sub-commands have no place here"),
            (
                [command(options: [asks("a", ["type": 1, "options": [asks("b", ["type": 1])]])])],
                "sub-commands have no place here"
            ),
            ([command(), command()], "commands: two have one name"),
            ((0..<101).map { command(["name": .string("c\($0)")]) }, "commands: 101 of them, 0 to 100"),
            ((0..<16).map { ["type": 2, "name": .string("C \($0)")] }, "commands: 16 of them, 0 to 15"),
            ((0..<16).map { ["type": 3, "name": .string("C \($0)")] }, "commands: 16 of them, 0 to 15"),
            (
                [command(options: (0..<2).map { asks("o\($0)", ["choices": choices(25, name: long(80)) { _ in long(100) }]) })],
                "characters in all, at most 8000"
            ),
        ] as [([JSON], String)])
    func commands(_ commands: [JSON], _ complaint: String) {
        let said = Self.complaint(.commands(.put, ID(firstAt: Self.now), guild: nil), .array(commands))
        #expect(said?.contains(complaint) == true, "\(said ?? "nothing")")
    }

    @Test("a command with groups of sub-commands, and one for each kind of menu, pass")
    func sound() {
        let commands: [JSON] = [
            Self.command(options: [Self.deep, Self.asks("d", ["type": 1, "options": [Self.asks("e")]])]),
            ["type": 2, "name": "Show Profile"], ["type": 3, "name": "Show Profile"],
        ]
        #expect(Self.complaint(.commands(.put, ID(firstAt: Self.now), guild: nil), .array(commands)) == nil)
    }
}
