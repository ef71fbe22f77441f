import Gathering
import Keeping
import Kit
import Shared
import Workbench

extension Bench {
    /// A server of five with two text channels, and a bot that may mention everyone.
    static func reminders(roles: [RoleProfile] = [Town.everyone(), Town.role(1, [])]) throws -> Bench {
        let features = [Privacy.feature, Reminders.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)])
        bench.hear(Town.seen(roles: roles, members: (1...5).map { Town.profile($0, named: "person-\($0)") }))
        bench.journal.clear()
        return bench
    }

    /// One of a channel, at nine on weekdays, unless something else is said; "-" leaves a part out.
    @discardableResult
    func reminder(_ params: JSON = [:]) throws -> JSON {
        let standard: JSON = ["name": "Stand-up", "channel": .id(Town.channel(1)), "time": "09:00", "days": "weekdays"]
        let given = params.object?.members ?? []
        let kept = (standard.object?.members ?? []).filter { one in !given.contains { $0.key == one.key } }
        return try run(
            "reminders.add", .object(JSON.Object((kept + given).filter { $0.value != "-" }.map { ($0.key, $0.value) })))
    }

    @discardableResult
    func remindsMe(_ member: Int64, _ time: String, _ text: String = "tea", _ more: JSON = [:]) throws -> JSON {
        try run("reminders.me", (["time": .string(time), "text": .string(text)] as JSON).joined(with: more), as: member)
    }

    /// What went out since the journal was cleared, in words.
    var told: [String] {
        var seen: Set<Int64> = []
        let words = PlainText(directory, guild: Town.guild, zone: .utc)
        return journal.parcels.filter { seen.insert($0.id).inserted }.compactMap { parcel in
            switch parcel.effect {
            case .post(let channel, let post):
                "#\((channel.known?.number ?? 0) - 200) " + words.lines(of: post.card).joined(separator: " | ")
            case .privately(let member, let post):
                "@\(member.number - 1000) " + words.lines(of: post.card).joined(separator: " | ")
            default: nil
            }
        }
    }

    func times(_ id: Int64, as member: Int64 = 1) throws -> [String] {
        try run("reminders.show", ["id": .int(id)], as: member)["times_ms"]?.array?.compactMap {
            $0.int.map { Instant(milliseconds: $0).rfc3339 }
        } ?? []
    }
}
