import Kit
import Machine
import Pulse
import Shared
import Testing
import Workbench

@Suite("Measures")
struct MeasureTests {
    @Test func `each measure says of each member what their profile says`() throws {
        let bench = try Bench.measured()
        bench.live()
        for member in Int64(1)...4 {
            let profile = try bench.run("activity.profile", ["member": .id(Town.member(member))])
            for (measure, figure) in [
                ("score", "score"), ("points", "points"), ("momentum", "momentum"), ("streak", "streak"),
                ("best_streak", "best_streak"), ("messages", "messages"), ("replies", "replies"), ("influence", "influence"),
            ] {
                let told = try bench.measured(measure)[member] ?? 0
                let shown = profile[figure]?.double ?? .nan
                #expect(abs(told - shown) < 0.0011, "\(measure) of \(member): \(told), \(shown)")
                #expect(try bench.measured(measure, only: member)[member] ?? 0 == told, "\(measure) of \(member) alone")
            }
        }
    }

    @Test func `the last days are counted with today among them, and no others`() throws {
        let bench = try Bench.measured()
        bench.live()
        #expect(try bench.measured("messages", days: 1) == [1: 1, 2: 1])
        #expect(try bench.measured("messages", days: 2) == [1: 3, 2: 1])
        #expect(try bench.measured("messages", days: 4) == [1: 6, 2: 1, 3: 1])
        #expect(try bench.measured("active_days", days: 30)[1] == 4)
        #expect(try bench.measured("channels", days: 30) == [1: 3, 2: 1, 3: 1])
        #expect(try bench.measured("channels", days: 1) == [1: 1, 2: 1])
        #expect(try bench.measured("idle")[3] == 3)
    }

    @Test func `whoever was only given points was never active, which is not away since 1970`() throws {
        let bench = try Bench.measured()
        bench.live()
        try bench.run("activity.override", ["member": .id(Town.member(4)), "value": 5, "reason": "welcome"])
        #expect(try bench.measured("score")[4] == 5)
        #expect(try bench.measured("idle")[4] == nil)
        #expect(try bench.measured("idle") == [3: 3])
    }

    @Test("what-if by the weights that count is what was counted, and other weights give what they would have given")
    func whatIf() throws {
        let bench = try Bench.measured()
        bench.live()
        for (name, days) in [("points", nil), ("points", 2), ("score", nil)] as [(String, Int?)] {
            let (was, would) = (try bench.measured(name, days: days), try bench.measured("if_" + name, days: days))
            for (member, figure) in was { #expect(abs(figure - (would[member] ?? 0)) < 0.0011, "\(name) of \(member)") }
        }
        #expect(try bench.measured("double_points") == [1: 12, 2: 2, 3: 2])
    }
}

extension Bench {
    fileprivate static func measured() throws -> Bench {
        let features = [Activity.feature, Measured.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)])
        bench.hear(Town.seen(members: (1...4).map { Town.profile($0, named: "person-\($0)") }))
        return bench
    }

    /// Four days: the first speaks on each, in several places; the third was heard on the first day only.
    fileprivate func live() {
        hear(Said(3, at: Bench.start).event)
        for day in 0..<4 {
            let at = Bench.start + day.days
            clock.set(at + 1.minutes)
            hear(Said(1, in: Int64(day % 3) + 1, at: at, extra: 1).event)
            if day > 0, day < 3 { hear(Said(1, in: 1, at: at + 20.minutes, extra: 2).event) }
        }
        let last = Said(1, at: Bench.start + 3.days, extra: 1)
        hear(Said(2, in: 1, at: Bench.start + 3.days + 1.minutes, replyTo: (last.id, 1)).event)
        clock.set(Bench.start + 3.days + 1.hours)
        step()
    }

    fileprivate func measured(_ name: String, days: Int? = nil, only: Int64? = nil) throws -> [Int64: Double] {
        let rows = try run(
            "measured.column",
            .fields([
                "name": .string(name), "days": days.map { .int(Int64($0)) }, "member": only.map { .id(Town.member($0)) },
            ]))
        return Dictionary(
            (rows.array ?? []).compactMap { row in
                guard let member = row[0]?.int, let figure = row[1]?.double, figure != 0 else { return nil }
                return (member - 1000, figure)
            }
        ) { $1 }
    }
}

/// Shows a column to the test.
private enum Measured {
    static let feature = Feature(
        "measured", "Shows what is measured", version: "1", commands: [column], export: { _, _ in .null }, erase: { _, _ in 0 })

    static let column = Command(
        "measured.column", "A column", access: .houseOwner, changes: true, returns: .anything, .text("name", "The measure"),
        .optional(.whole("days", "How far back", 1...366)), .optional(.member("member", "Only them"))
    ) { turn, name, days, member in
        var weights = WhatIfReading.Weights()
        if name.hasPrefix("double_") {
            (weights.message, weights.reply, weights.starter, weights.channel) = (2, 0, 0, 0)
        }
        let other = turn.house.catalogue.reading(WhatIfReading.self)?.measures(turn, weights, 90) ?? []
        let wanted = name.split(separator: "_").last.map(String.init) ?? name
        let isOther = name.hasPrefix("if_") || name.hasPrefix("double_")
        guard let measure = isOther ? other.first(where: { $0.name == wanted }) : turn.measures[name] else {
            throw Refusal.notFound("no \(name)")
        }
        let column = try measure.column(turn, days, member)
        #expect(zip(column.members, column.members.dropFirst()).allSatisfy { $0 < $1 }, "in order, each once")
        return .done(
            Card(text: "here"),
            data: .array(zip(column.members, column.figures).map { .array([.int($0), .double($1)]) }))
    }
}
