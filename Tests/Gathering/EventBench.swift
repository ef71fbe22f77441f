import Gathering
import Keeping
import Kit
import Shared
import Workbench

extension Bench {
    /// A server of ten with two text channels and a voice channel; member 10 is a bot.
    static func events(roles: [RoleProfile] = [Town.everyone(), Town.role(1, [])]) throws -> Bench {
        let features = [Privacy.feature, Templates.feature, Events.feature]
        let bench = try Bench(features + [Gauge.feature, Tuning.feature(over: features)])
        var members = (1...10).map { Town.profile($0, named: "person-\($0)") }
        members[0].roles = [Town.role(1)]
        members[9].isBot = true
        let channels = [Town.place(1), Town.place(2), Town.place(3, type: 2)]
        bench.hear(Town.seen(channels: channels, roles: roles, members: members))
        bench.journal.clear()
        return bench
    }

    /// An event of two hours on Friday, 7 August 2026, at 18:00 UTC, unless something else is said.
    @discardableResult
    func event(_ params: JSON = [:]) throws -> JSON {
        let standard: JSON = [
            "title": "Game night", "start": "friday 18:00", "end": "2h", "channel": .id(Town.channel(1)),
        ]
        let given = params.object?.members ?? []
        let kept = (standard.object?.members ?? []).filter { one in !given.contains { $0.key == one.key } }
        return try run("events.create", .object(JSON.Object((kept + given).map { ($0.key, $0.value) })))
    }

    /// A member uses a command on the socket in their own name.
    @discardableResult
    func run(_ command: String, _ params: JSON, as member: Int64) throws -> JSON {
        switch try answered(command, params, as: member) {
        case .reply(let data, _, _, _), .planned(_, _, let data), .replayed(let data): return data
        case .refused(let refusal): throw refusal
        case .failed(let reference): throw Refusal.unavailable("failed: \(reference)")
        }
    }

    private func answered(_ command: String, _ params: JSON, as member: Int64?) throws -> Answered {
        guard let found = catalogue.command(command) else { throw Silence() }
        var person = Self.owner
        person.member = member.map { Town.member($0) }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)
        request.wantsCard = true
        return try ask(request)
    }

    /// What a terminal is told.
    func said(_ command: String, _ params: JSON, as member: Int64? = nil) throws -> [String] {
        switch try answered(command, params, as: member) {
        case .reply(_, _, let lines, _): return lines
        case .refused(let refusal): throw refusal
        default: throw Silence()
        }
    }

    @discardableResult
    func answers(_ member: Int64, _ answer: String = "going", to event: JSON = 1) throws -> JSON {
        try run("events.rsvp", ["id": event, "answer": .string(answer)], as: member)
    }

    /// Discord takes everything that is on its way; what is made has the numbers from here on.
    func discordTakes(from first: Int64 = 5000) {
        for (index, parcel) in journal.parcels.enumerated() {
            let makes =
                switch parcel.effect {
                case .post, .openThread, .openChannel, .openEvent, .privately: true
                default: false
                }
            receive(Receipt(parcel: parcel.id, outcome: .done(made: makes ? first + Int64(index) : nil), tries: 1))
        }
        journal.clear()
    }

    /// What was posted, drawn, written to somebody and done beside it, in words.
    var deeds: [String] {
        var seen: Set<Int64> = []
        return journal.parcels.filter { seen.insert($0.id).inserted }.compactMap { parcel in
            switch parcel.effect {
            case .post(let channel, let post): "posts in \(channel.known?.number ?? 0)" + mentions(post)
            case .edit: "draws"
            case .delete: "deletes"
            case .privately(let member, _): "writes to \(member.number - 1000)"
            case .react(_, _, let emoji): "reacts \(emoji)"
            case .takeReaction(_, _, let emoji, let member): "takes \(emoji) of \(member.number - 1000)"
            case .openThread(_, let message, let name, let isPrivate):
                "opens \(isPrivate ? "private " : message == nil ? "lone " : "")thread \(name)"
            case .openChannel(_, let plan, _): "opens channel \(plan.name)"
            case .changeChannel(_, let deed, _): "changes channel: \(deed)"
            case .openEvent(_, let plan, _): "lists \(plan.name)"
            case .changeEvent(_, _, let deed, _): "changes listed: \(deed)"
            default: nil
            }
        }
    }

    private func mentions(_ post: Post) -> String {
        post.mentions.members.isEmpty
            ? "" : " for " + post.mentions.members.map { "\($0.number - 1000)" }.joined(separator: " ")
    }

    func declines(_ member: Int64, _ what: String) throws { try run("privacy.decline", ["what": .string(what)], as: member) }

    /// The figures of a measure by member.
    func measured(_ name: String, days: Int?) throws -> [Int64: Int] {
        let row = try run("gauge.read", .fields(["name": .string(name), "days": days.map { .int(Int64($0)) }]))
        return (row.array ?? []).reduce(into: [:]) { $0[$1[0]?.int ?? 0] = Int($1[1]?.int ?? 0) }
    }
}

extension Bench {
    /// What takes the last run of a command back, as the audit has it.
    func undo(of command: String) throws -> JSON? {
        try store.all(
            """
            SELECT d.detail FROM house_audit a JOIN house_audit_details d ON d.id = a.id
            WHERE a.command = \(command) ORDER BY a.id DESC LIMIT 1
            """
        ) { $0.json(0)["undo"] }.first ?? nil
    }
}
