import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("The socket") struct Socket {
        @Test("SOC-01: a line in, a line out; what is no request is refused and the next one is answered")
        func lines() throws {
            try Story.told { story in
                let program = try story.program()
                for line in ["{", "[]", "{\"id\":1}", "{\"id\":2,\"method\":7}", "\"hello\""] {
                    try program.say(line)
                    #expect(try program.hear()["error"]?["name"]?.text?.hasPrefix("invalid") == true, "\(line)")
                }
                try program.say(#"{"id":"a","method":"meta.info"}"# + "\n" + #"{"id":"b","method":"meta.info","params":{}}"#)
                #expect(try Set([program.hear()["id"]?.text, program.hear()["id"]?.text]) == ["a", "b"])
                #expect(try program.ask("meta.info")["version"] == "story")
            }
        }

        @Test("SOC-02: every command is listed, described with its parameters, and known by its other names")
        func introspection() throws {
            try Story.told { story in
                let rows = try story.asksAnywhere("meta.methods")["rows"]?.array ?? []
                let listed = Set(rows.compactMap { $0["method"]?.text })
                for command in story.setting.features.flatMap(\.commands) {
                    #expect(listed.contains(command.name))
                    let description = try story.asksAnywhere("meta.describe", ["method": .string(command.name)])
                    let told = (description["parameters"]?.array ?? []).compactMap { $0["name"]?.text }
                    #expect(told == command.parameters.map(\.name), "\(command.name)")
                    #expect(description["summary"]?.text == command.summary)
                    #expect(description["schema"]?["type"] == "object")
                }
                let panels = Set((try story.asksAnywhere("meta.panels")["rows"]?.array ?? []).compactMap { $0["topic"]?.text })
                #expect(panels.isSuperset(of: story.setting.features.flatMap(\.panels).map(\.topic)))
                #expect(try story.asks("leaderboard") == story.asks("activity.leaderboard"))
            }
        }

        @Test(
            "SOC-03, CON-02: a watched leaderboard begins whole, goes on without a gap, and always says what a look would say")
        func watching() throws {
            try Story.told { story in
                let people = (1...4).map { story.member("person-\($0)") }
                for person in people { try story.says(person, "hello") }
                try story.quiet()
                let program = try story.program()
                let params: JSON = ["guild": .id(story.guild), "period": "day"]
                let opened = try program.ask(
                    "sub.open", ["topic": "activity.leaderboard", "params": params, "rate_hz": 10])
                #expect(opened["columns"]?.array?.isEmpty == false)
                var board = Watched()
                for line in try program.hear(until: { $0["op"] == "live" }) { try board.take(line) }
                #expect(board.order.count == 4)
                for (number, person) in people.enumerated() {
                    for word in 0...number { try story.says(person, "word \(word)") }
                }
                try story.quiet()
                let truth = story.discord.oracle().board(of: story.guild)
                while board.points != truth.map(\.points) || board.order != truth.map({ "\($0.member)" }) {
                    try board.take(try program.hear())
                }
                #expect(board.lastSequence > 0)
            }
        }

        @Test("SOC-04: every change is in the audit with who made it, through whichever door, and the chain holds")
        func audit() throws {
            try Story.told { story in
                let owner = story.member("owner")
                try story.asks("house.set", ["name": "activity.reply", "value": 3])
                #expect(try !story.writes(owner, "E!house set activity.reply 4").isEmpty)
                _ = try story.uses(owner, "house set", ["name": "activity.reply", "value": "5"])
                story.scoring.reply = 5000
                let rows = try story.asks("audit.list", ["command": "house.set"])["rows"]?.array ?? []
                #expect(rows.compactMap { $0["door"]?.text } == ["slash", "prefix", "socket"])
                #expect(rows.allSatisfy { $0["changes"] == 1 })
                #expect(try story.asks("audit.verify")["ok"] == true)
            }
        }

        @Test("SOC-04: an account without a role is turned away, and a viewer looks but changes nothing")
        func roles() throws {
            var setting = Story.Setting(account: 54_321)
            setting.configure = { configuration, _ in configuration.control.roles.viewer.users = [.number(54_321)] }
            let story = try Story(setting)
            #expect(try story.asksAnywhere("hello", ["proto": [1], "client": "story"])["role"] == "viewer")
            #expect(try story.asks("activity.leaderboard")["rows"] == [])
            for (method, params): (String, JSON) in [
                ("house.set", ["name": "activity.reply", "value": 9]), ("activity.totals", [:]), ("audit.list", [:]),
            ] {
                let refusal = #expect(throws: ControlError.self) { try story.asks(method, params) }
                #expect(refusal?.name == "not_permitted", "\(method)")
            }
            try story.quiet()
            // A question is answered after everything before it is on disk, the refusals too.
            try story.asks("activity.leaderboard")
            #expect(try story.number("SELECT COUNT(*) FROM house_settings") == 0)
            try story.waits("the refusals to be written down") {
                try story.number("SELECT COUNT(*) FROM house_audit WHERE outcome LIKE 'refused%'") == 3
            }

            let stranger = try Story(Story.Setting(account: 54_321))
            #expect(throws: (any Error).self) { try stranger.asks("activity.leaderboard") }
        }

        @Test("SOC-04: a dry run shows the change and makes none; the same key changes once")
        func dryRun() throws {
            try Story.told { story in
                let change: JSON = ["name": "activity.reply", "value": 3]
                let plan = try story.asks("house.set", ["name": "activity.reply", "value": 3, "dry_run": true])
                #expect(plan["dry_run"] == true)
                #expect(plan["changes"]?.array?.count == 1)
                #expect(try story.number("SELECT COUNT(*) FROM house_settings") == 0)
                let keyed = JSON.object(JSON.Object((change.object?.members ?? []) + [("idem", "key-1")]))
                let first = try story.asks("house.set", keyed)
                #expect(try story.asks("house.set", keyed) == first)
                #expect(
                    try story.number("SELECT COUNT(*) FROM house_audit WHERE command = 'house.set' AND outcome = 'done'") == 1)
                story.scoring.reply = 3000
            }
        }

        @Test("CON-01: the overview says how the gateway, the outbox and the store are")
        func overview() throws {
            try Story.told { story in
                let program = try story.program()
                _ = try program.ask("sub.open", ["topic": "house.overview"])
                let rows = try program.hear { $0["op"] == "live" }.filter { $0["op"] == "snapshot" }
                let states = Dictionary(
                    rows.compactMap { row in row["key"]?.text.map { ($0, row["row"]?["state"]?.text ?? "") } },
                    uniquingKeysWith: { $1 })
                for sign in ["gateway", "outbox", "store"] { #expect(states[sign] == "ok", "\(sign)") }
            }
        }
    }
}

/// A table as a program on the socket keeps it.
private struct Watched {
    var order: [String] = []
    var rows: [String: JSON] = [:]
    var lastSequence: Int64 = -1

    struct Gap: Error {}

    var points: [Int] { order.map { Int(((rows[$0]?["points"]?.double ?? 0) * 1000).rounded()) } }

    mutating func take(_ line: JSON) throws {
        let key = line["key"]?.text ?? ""
        if let sequence = line["seq"]?.int {
            guard lastSequence < 0 || sequence == lastSequence + 1 else { throw Gap() }
            lastSequence = sequence
        }
        switch line["op"]?.text {
        case "snapshot", "upsert", "move":
            order.removeAll { $0 == key }
            let place = line["at"]?.int ?? Int64(order.count)
            order.insert(key, at: min(Int(place), order.count))
            if let row = line["row"] { rows[key] = row }
        case "delete": order.removeAll { $0 == key }
        default: break
        }
    }
}
