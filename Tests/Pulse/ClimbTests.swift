import Kit
import Shared
import Testing
import Workbench

@Suite("Boards of a period")
struct ClimbTests {
    /// Many old members who are silent now, and newer ones who speak: who leads a period is not who leads all time.
    private func town() throws -> Bench {
        let bench = try Bench.activity()
        try bench.tune("activity.starter", 0)
        var dice = Dice(seed: 7)
        for day in -45...0 {
            for member in Int64(1)...150 {
                let isOld = member % 3 == 0
                guard isOld ? day < -5 : Int.random(in: 0..<100, using: &dice) < 12 else { continue }
                bench.say(
                    Said(
                        member, in: Int64.random(in: 1...3, using: &dice), at: .noon(day.days),
                        extra: member + Int64(day + 50) * 200))
            }
        }
        return bench
    }

    /// Each member's points of a period, decayed, added up from the ledger without any order of all time.
    private func truth(_ bench: Bench, since start: Int) throws -> [(member: Int64, score: Double)] {
        var sums: [Int64: Double] = [:]
        let today = try #require(try bench.numbers("SELECT MAX(day) FROM activity_ledger").first)
        for row in try bench.rows(
            "SELECT member, day, points FROM activity_ledger WHERE day >= \(today - Int64(start)) ORDER BY day")
        {
            guard let member = Int64(row[0]), let day = Int64(row[1]), let points = Double(row[2]) else { continue }
            sums[member, default: 0] += points * power(0.98, Int(today - day))
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    @Test("ACT-09 the first of a period are those whom adding up everybody finds, on each page")
    func pages() throws {
        let bench = try town()
        // The rows say what was counted once the engine has had a quiet moment.
        bench.step()
        // Thursday the 6th: the week has four days, the month six, the quarter reaches back to before the first message.
        for (period, days) in [("day", 0), ("week", 3), ("month", 5), ("season", 36)] {
            let truth = try truth(bench, since: days)
            #expect(truth.count > 10, "\(period)")
            for limit: Int64 in [5, 40] {
                #expect(try pages(of: period, limit, bench) == truth.map(\.member), "\(period), \(limit) a page")
            }
        }
    }

    private func pages(of period: String, _ limit: Int64, _ bench: Bench) throws -> [Int64] {
        var seen: [Int64] = []
        var cursor: JSON?
        repeat {
            let params: JSON = .fields(["period": .string(period), "limit": .int(limit), "cursor": cursor])
            let data = try bench.run("activity.leaderboard", params)
            seen += (data["rows"]?.array ?? []).compactMap { $0["member"]?["id"]?.id(Member.self)?.number }
            cursor = data["next"]
        } while cursor != nil
        return seen
    }
}
