import Helping
import Keeping
import Kit
import Shared
import Testing
import Workbench

extension Bench {
    /// A server of ten. Member 5 and 6 hold role 1, whose holders answer tickets; channel 9 is a category, channel 2 is for threads,
    /// channel 3 hears the log. One kind of ticket, "help", asks one question.
    static func helping(
        oracle: String? = nil, botMay: Permissions? = nil, kind: JSON = [:], others: [Feature] = []
    ) throws -> Bench {
        let features = [Privacy.feature, Tickets.feature] + others
        let bench = try Bench(features + [Tuning.feature(over: features), Texts.feature], oracle: oracle)
        var members = (1...10).map { Town.profile($0, named: "person-\($0)") }
        for staff in [4, 5] { members[staff].roles = [Town.role(1)] }
        var roles = [Town.everyone(), Town.role(1, [])]
        if let botMay {
            var bot = Town.profile(0, named: "hearth")
            bot.id = Bench.bot
            bot.roles = [Town.role(3)]
            members.append(bot)
            roles.append(Town.role(3, botMay))
        }
        bench.hear(
            Town.seen(
                channels: [Town.place(1), Town.place(2), Town.place(3), Town.place(9, type: 4)], roles: roles, members: members)
        )
        try bench.tune("tickets.staff", .id(Town.role(1)))
        try bench.tune("tickets.log", .id(Town.channel(3)))
        let standard: JSON = [
            "name": "help", "label": "Get help", "parent": .id(Town.channel(9)), "questions": "What is wrong? (long)",
        ]
        let given = kind.object?.members ?? []
        let kept = (standard.object?.members ?? []).filter { one in !given.contains { $0.key == one.key } }
        if botMay == nil {
            try bench.run("tickets.add_kind", .object(JSON.Object((kept + given).map { ($0.key, $0.value) })))
        }
        bench.journal.clear()
        return bench
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

    /// What a member is told, line by line.
    func said(_ command: String, _ params: JSON = [:], as member: Int64? = nil) throws -> [String] {
        switch try answered(command, params, as: member) {
        case .reply(_, _, let lines, _): return lines
        case .refused(let refusal): throw refusal
        default: throw Silence()
        }
    }

    private func answered(_ command: String, _ params: JSON, as member: Int64?) throws -> Answered {
        guard let found = catalogue.command(command) else { throw Silence() }
        var person = Self.owner
        person.member = member.map { Town.member($0) }
        if member != nil { person.role = .viewer }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)
        request.wantsCard = true
        return try ask(request)
    }

    func refusal(_ command: String, _ params: JSON = [:], as member: Int64? = nil) -> Refusal? {
        do {
            if let member { try run(command, params, as: member) } else { try run(command, params) }
        } catch { return error as? Refusal }
        return nil
    }

    /// What takes long and cannot be taken back, seen and confirmed.
    @discardableResult
    func confirmed(_ command: String, _ params: JSON) throws -> JSON {
        guard let found = catalogue.command(command), let token = refusal(command, params)?.confirmation?.token else {
            throw Silence()
        }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: Self.owner)
        request.confirm = token
        guard case .reply(let data, _, _, _) = try ask(request) else { throw Silence() }
        return data
    }

    /// A member agrees, opens a ticket, and Discord makes its channel; answers its number.
    @discardableResult
    func ticket(_ member: Int64 = 2, _ words: String = "It does not work") throws -> Int64 {
        try run("privacy.agree", [:], as: member)
        let made = try run("tickets.open", ["description": .string(words)], as: member)
        settle()
        return made["id"]?.int ?? 0
    }

    /// Discord takes everything that is on its way, and what follows from that, until nothing does. Answers what was done, in words.
    @discardableResult
    func settle() -> [String] {
        var deeds: [String] = []
        while !journal.parcels.isEmpty {
            var seen: Set<Int64> = []
            let parcels = journal.parcels.filter { seen.insert($0.id).inserted }
            journal.clear()
            for parcel in parcels {
                if let deed = deed(parcel.effect) { deeds.append(deed) }
                let makes =
                    switch parcel.effect {
                    case .post, .openThread, .openChannel, .privately: true
                    default: false
                    }
                receive(Receipt(parcel: parcel.id, outcome: .done(made: makes ? 50_000 + parcel.id : nil), tries: 1))
            }
        }
        return deeds
    }

    private func deed(_ effect: Effect) -> String? {
        switch effect {
        case .post(let channel, let post):
            "posts in \(channel.known?.number ?? 0): \(line(post.card))" + mentions(post.mentions)
        case .privately(let member, let post): "writes to \(member.number - 1000): \(line(post.card))"
        case .openThread(_, _, let name, let isPrivate): "opens \(isPrivate ? "private " : "")thread \(name)"
        case .openChannel(_, let plan, _): "opens channel \(plan.name)"
        case .changeChannel(_, .edit(let edits), _):
            "edits \(edits.map { "\($0)".replacing("Kit.ChannelEdit.", with: "") }.joined(separator: ", "))"
        case .changeChannel(_, .permit(let overwrite), _):
            "lets \(overwrite.target - 1000) \(overwrite.deny.contains(.sendMessages) ? "read" : "write")"
        case .changeChannel(_, .admit(let member), _): "admits \(member.number - 1000)"
        case .changeChannel(_, .delete, _): "deletes the channel"
        case .consult: "asks the oracle"
        default: nil
        }
    }

    private func line(_ card: Card) -> String {
        PlainText(directory, guild: Town.guild, zone: .utc).lines(of: card).first ?? ""
    }

    private func mentions(_ mentions: Mentions) -> String {
        let all = mentions.members.map { "\($0.number - 1000)" } + mentions.roles.map { "@\($0.number - 300)" }
        return all.isEmpty ? "" : " for " + all.joined(separator: " ")
    }

    /// Somebody speaks in a ticket's channel.
    func speaks(_ member: Int64, _ words: String, in ticket: Int64 = 1, extra: Int64 = 0) throws {
        let channel = try #require(try numbers("SELECT channel FROM tickets_tickets WHERE number = \(ticket)").first)
        hear(Said(member, words, in: channel - 200, at: clock.now, extra: extra).event)
    }

    /// In how many rows of a ticket's tables a word stands.
    func tells(_ word: String, in table: String) throws -> Int {
        let rows: [[String]] =
            switch table {
            case "tickets_lines": try rows("SELECT COALESCE(head, ''), COALESCE(body, '') FROM tickets_lines")
            case "tickets_drafts": try rows("SELECT answers FROM tickets_drafts")
            default:
                try rows(
                    "SELECT subject, COALESCE(summary, ''), COALESCE(remark, ''), COALESCE(reason, '') FROM tickets_tickets")
            }
        return rows.count { $0.contains { $0.contains(word) } }
    }

    func state(_ ticket: Int64 = 1) throws -> String {
        try texts("SELECT state FROM tickets_tickets WHERE number = \(ticket)").first ?? ""
    }

    /// What takes the last run of a command back, run.
    @discardableResult
    func undone(_ command: String) throws -> JSON {
        let undo =
            try store.all(
                """
                SELECT d.detail FROM house_audit a JOIN house_audit_details d ON d.id = a.id
                WHERE a.command = \(command) ORDER BY a.id DESC
                """
            ) { $0.json(0)["undo"] }.first { $0?.object != nil } ?? nil
        let back = try #require(undo?["command"]?.text)
        return try run(back, undo?["arguments"] ?? undo?["params"] ?? [:])
    }

    // MARK: - Doors of Discord

    private func interact(_ kind: InteractionSeen.Kind, by member: Int64, _ extra: Int64, in place: Int64) {
        hear(
            .interaction(
                InteractionSeen(
                    id: Town.id(at: clock.now, extra), token: "t", application: name(998), kind: kind, guild: Town.guild,
                    channel: Town.channel(place), member: nil, user: Town.member(member), permissions: [.viewChannel],
                    botPermissions: .all, locale: "en-GB", message: nil, resolved: .null)))
    }

    func uses(_ member: Int64, _ path: String, _ options: JSON = [:], extra: Int64 = 0, in place: Int64 = 1) {
        interact(.command(path: path, options: options.object ?? .init()), by: member, extra, in: place)
    }

    func presses(_ member: Int64, _ button: Button, extra: Int64 = 1, in place: Int64 = 1) throws {
        let id = try #require(button.standing ?? button.row.map(String.init))
        interact(.component(customID: id, values: []), by: member, extra, in: place)
    }

    func submits(_ member: Int64, _ form: Form, _ fields: [(name: String, value: JSON)], extra: Int64 = 2, in place: Int64 = 1)
    {
        interact(.form(customID: String(form.row), fields: fields), by: member, extra, in: place)
    }
}

/// Texts that a server keeps, as another feature would keep them.
enum Texts {
    static let feature = Feature(
        "texts", "Kept texts", version: "1",
        readings: [
            TemplateReading(
                named: { _, name in
                    name == "thanks"
                        ? try Template("Thank you, ticket {number} of {server}.", places: TemplateReading.places, field: "text")
                        : nil
                }, names: { _ in ["thanks"] })
        ], export: { _, _ in .null }, erase: { _, _ in 0 })
}
