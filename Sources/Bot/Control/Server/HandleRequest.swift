internal import Kit
internal import Machine
internal import Shared

extension ControlLoop {
    /// Takes one line of a client: whatever is wrong with it, the answer says so.
    func handle(_ line: [UInt8], from client: Client, _ now: MonotonicTime) {
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        setting.board.count { $0.requests += 1 }
        do throws(RequestLine.Unreadable) {
            let request = try RequestLine(line)
            do throws(Failure) {
                try perform(request, for: client, now)
            } catch {
                client.say(ReplyLine.failure(error, id: request.id), now: now)
            }
        } catch {
            client.say(ReplyLine.failure(error.failure, id: error.id), now: now)
        }
    }

    private func perform(_ request: RequestLine, for client: Client, _ now: MonotonicTime) throws(Failure) {
        if let verb = Verb(rawValue: request.method) { return try perform(verb, request, for: client, now) }
        guard let command = introspection.catalogue.command(request.method) else {
            throw introspection.unknown(request.method)
        }
        try run(command, request, for: client, now)
    }

    /// What a role lacks is said before anything else, and written down.
    func check(_ access: Access, for what: String, _ client: Client, _ now: MonotonicTime) throws(Failure) {
        guard client.role < access.role else { return }
        let sentence =
            "\(what) is for \(access.spelled): it takes the role \(access.role.rawValue), and yours is \(client.role.rawValue)."
        noteRefusal(client.person(), what, sentence, now)
        throw Failure(.notPermitted, sentence, hint: "An owner can give roles in the configuration, under control.roles.")
    }

    // MARK: - Commands

    private func run(_ command: Command, _ request: RequestLine, for client: Client, _ now: MonotonicTime) throws(Failure) {
        try check(command.access, for: command.name, client, now)
        let envelope = try Envelope(splitting: request.params, beside: command.parameters)
        if command.changes && request.id.isNull {
            throw Failure(.invalidRequest, "\(command.name) changes something, so it needs an id.", field: "id")
        }
        if envelope.member != nil { try check(.manageGuild, for: "as", client, now) }
        if command.isForMembers && envelope.member == nil {
            throw .invalid("\(command.name) is for members.", field: "as", hint: "Name the member on whose behalf with `as`.")
        }
        if command.scope == .guild && envelope.guild == nil && !command.parameters.contains(where: { $0.name == "guild" }) {
            throw .invalid("\(command.name) works in a server.", field: "guild", hint: "Name one with `guild`.")
        }
        var wanted = Request(command, params: envelope.own, guild: envelope.guild, person: client.person(as: envelope.member))
        wanted.isDryRun = envelope.isDryRun
        wanted.confirm = envelope.confirm
        wanted.idem = envelope.idem
        wanted.ifVersion = envelope.ifVersion
        wanted.wantsCard = request.wantsCard
        client.inFlight += 1
        let call = Call(id: request.id, wantsCard: request.wantsCard)
        setting.desk.ask(wanted) { [slot, tag = client.tag] answer in slot.put(.answered(client: tag, call, answer)) }
    }

    func line(for answer: Answered, _ call: Call) -> [UInt8] {
        switch answer {
        case .reply(let data, let next, let lines, let card):
            ReplyLine.result(
                Self.paged(data, next), id: call.id, beside: ["card": call.wantsCard ? Self.card(card, lines) : JSON?.none])
        case .planned(let plan, let confirm, let data):
            ReplyLine.result(Self.planned(plan, confirm, data), id: call.id)
        case .replayed(let data): ReplyLine.result(data, id: call.id, beside: ["replayed": true])
        case .refused(let refusal): ReplyLine.failure(Failure(refusal), id: call.id)
        case .failed(let reference): ReplyLine.failure(Failure(reference: reference), id: call.id)
        }
    }

    private static func paged(_ data: JSON, _ next: String?) -> JSON {
        guard let next else { return data }
        guard var object = data.object else { return ["rows": data, "next": .string(next)] }
        object["next"] = .string(next)
        return .object(object)
    }

    private static func card(_ card: JSON, _ lines: [String]) -> JSON {
        var object = card.object ?? JSON.Object()
        object["lines"] = .array(lines.map(JSON.string))
        return .object(object)
    }

    private static func planned(_ plan: Plan, _ confirm: String?, _ data: JSON) -> JSON {
        var object = JSON.Object([("dry_run", true)])
        for (name, value) in plan.json.object?.members ?? [] { object[name] = value }
        object["confirm"] = confirm.map(JSON.string)
        object["reply"] = data
        return .object(object)
    }
}
