import Gathering
import Keeping
import Kit
import Pulse
import Shared
import Workbench

extension Bench {
    /// A server of ten, the first of whom has said the most.
    static func pings(
        members: [MemberProfile] = (1...10).map { Town.profile($0, named: "person-\($0)") },
        roles: [RoleProfile] = [Town.everyone(), Town.role(1, [])]
    ) throws -> Bench {
        let features = [Privacy.feature, Activity.feature, Pings.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)])
        bench.hear(Town.seen(roles: roles, members: members))
        for member in Int64(1)...10 {
            for number in 0..<(11 - member) {
                bench.hear(Said(member, at: Bench.start - 2.hours + Int(number).minutes, extra: member).event)
            }
        }
        bench.journal.clear()
        return bench
    }

    @discardableResult
    func ping(_ params: JSON = [:]) throws -> JSON {
        let base: JSON = ["channel": .id(Town.channel(1)), "every": "1h", "top": 3]
        return try run("pings.add", .object(JSON.Object(base.members(with: params))))
    }

    /// The posts that went out since the journal was cleared, and whom they mention.
    var posts: [(channel: ID<Channel>?, mentioned: [Int64])] {
        journal.parcels.compactMap { parcel in
            guard case .post(let channel, let post) = parcel.effect else { return nil }
            let place: ID<Channel>? = if case .known(let id) = channel { id } else { nil }
            return (place, post.mentions.members.map { $0.number - 1000 })
        }
    }

    func refusal(_ command: String, _ params: JSON) -> Refusal? {
        do { try run(command, params) } catch { return error as? Refusal }
        return nil
    }
}

extension JSON {
    fileprivate func members(with more: JSON) -> [(String, JSON)] {
        let given = more.object?.members ?? []
        let kept = (object?.members ?? []).filter { one in !given.contains { $0.key == one.key } }
        return (kept + given).filter { $0.value != "-" }.map { ($0.key, $0.value) }
    }
}
