internal import Kit
internal import Machine
internal import Shared

extension ControlLoop {
    func perform(_ verb: Verb, _ request: RequestLine, for client: Client, _ now: MonotonicTime) throws(Failure) {
        let params = try VerbParams(request.params, of: verb)
        func answer(_ result: JSON) { client.say(ReplyLine.result(result, id: request.id), now: now) }
        switch verb {
        case .hello: try greet(client, params, request.id, now)
        case .info: answer(info)
        case .methods: answer(introspection.methods)
        case .describe: answer(try introspection.describe(try params.required("method")))
        case .complete: try complete(params, request.id, client, now)
        case .panels: answer(introspection.panels)
        case .open: try open(params, request.id, client, now)
        case .close: answer(try close(params, client, now))
        }
    }

    // MARK: - Who is who

    private static let protocols: [JSON] = [1]
    private static let abilities: [JSON] = [
        "card", "confirm", "cursor", "dry_run", "idem", "if_version", "subscriptions", "subscriptions.from",
    ]

    private func greet(_ client: Client, _ params: VerbParams, _ id: JSON, _ now: MonotonicTime) throws(Failure) {
        if let wanted = params["proto"] {
            guard let numbers = wanted.array, numbers.contains(where: Self.protocols.contains) else {
                throw .invalid("This daemon speaks protocol 1.", field: "proto", hint: "Say \"proto\":[1], or leave it out.")
            }
        }
        let program = try params.text("client", longest: 64)
        let zone = try params.text("tz", longest: 64)
        let alias = try params.text("name").map { text throws(Failure) in try Alias.read(text) }
        if let alias, !client.alias.isEmpty, alias != client.alias {
            let sentence = "This connection is \(client.alias)'s; a name is said once."
            noteRefusal(client.person(), "hello", sentence, now)
            throw Failure(.notPermitted, sentence, hint: "Open another connection.", field: "name")
        }
        if let word = try params.text("role") {
            guard let role = Access.Role(rawValue: word) else {
                let known = Access.Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("There is no role \"\(word)\".", field: "role", hint: "It is one of: \(known).")
            }
            guard role <= client.role else {
                let sentence = "hello may lower a role, never raise it: yours is \(client.role.rawValue)."
                noteRefusal(client.person(), "hello", sentence, now)
                throw Failure(.notPermitted, sentence, field: "role")
            }
            client.role = role
        }
        client.alias = alias ?? client.alias
        client.program = program.map(Self.printable) ?? client.program
        client.zone = zone.map(Self.printable) ?? client.zone
        client.inFlight += 1
        setting.desk.guilds { [slot, tag = client.tag] in slot.put(.guilds(client: tag, id: id, $0)) }
    }

    /// A name goes into the audit and onto screens: no controls in it.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
                }))
    }

    func greeting(_ client: Client, _ guilds: [GuildProfile]) -> JSON {
        let facts = setting.desk.facts
        return [
            "proto": 1, "version": .string(facts.version), "boot_epoch": .string(facts.epoch),
            "role": .string(client.role.rawValue), "account": .string(client.name), "name": .string(client.alias),
            "guilds": .array(guilds.map { ["id": .id($0.id), "name": .string($0.name)] }), "features": .array(Self.abilities),
        ]
    }

    private var info: JSON {
        let facts = setting.desk.facts
        return [
            "version": .string(facts.version), "boot_epoch": .string(facts.epoch), "started": .string(facts.started.rfc3339),
            "started_ms": .int(facts.started.milliseconds),
            "uptime_ms": .int(max(0, setting.world.wall() - facts.started.milliseconds)),
            "methods": .int(Int64(introspection.methodCount)), "proto": .array(Self.protocols),
            "limits": [
                "line_bytes": .int(Int64(LineReader.longest)), "line_ms": .int(Int64(LineReader.patience)),
                "depth": .int(Int64(JSONScanner.deepest)), "requests_in_flight": .int(Int64(setting.limits.requestsInFlight)),
                "clients": .int(Int64(setting.limits.clients)),
                "clients_per_user": .int(Int64(setting.limits.clientsOfOneUser)),
                "subscriptions": .int(Int64(setting.limits.subscriptions)), "rows": .int(Int64(Watching.mostRows)),
                "rate_hz": .double(Watching.rates.upperBound), "ring": .int(Int64(DeltaRing.longest)),
                "queue_soft_bytes": .int(Int64(WriteQueue.soft)), "queue_hard_bytes": .int(Int64(WriteQueue.hard)),
            ],
        ]
    }

    // MARK: - Completion

    private func complete(_ params: VerbParams, _ id: JSON, _ client: Client, _ now: MonotonicTime) throws(Failure) {
        let method = try params.required("method")
        guard let command = introspection.catalogue.command(method) else {
            throw introspection.unknown(method, field: "method")
        }
        try check(command.access, for: command.name, client, now)
        let name = try params.required("parameter")
        guard let outline = command.parameters.first(where: { $0.name == name }) else {
            throw Envelope.unknown(name, among: command.parameters.map(\.name)).about("parameter")
        }
        let text = try params.text("text") ?? ""
        var guild: ID<Guild>?
        if let value = params["guild"] { guild = try Envelope.id(value, "guild") }
        if let choices = outline.known {
            let fitting = choices.filter { $0.fits(text) }
            return client.say(line(for: .success(fitting), id), now: now)
        }
        guard outline.completes else { return client.say(line(for: .success([]), id), now: now) }
        client.inFlight += 1
        let wanted = Completion(command, parameter: name, text: text, guild: guild, person: client.person())
        setting.desk.complete(wanted) { [slot, tag = client.tag] in slot.put(.completed(client: tag, id: id, $0)) }
    }

    func line(for choices: Result<[Choice], Refusal>, _ id: JSON) -> [UInt8] {
        switch choices {
        case .success(let choices): ReplyLine.result(["choices": .array(choices.map(\.json))], id: id)
        case .failure(let refusal): ReplyLine.failure(Failure(refusal), id: id)
        }
    }
}

extension Outline {
    /// All values there are, where they are few.
    fileprivate var known: [Choice]? {
        if case .yesNo = kind { return [Choice("yes", "yes"), Choice("no", "no")] }
        return choices
    }
}

extension Choice {
    fileprivate func fits(_ text: String) -> Bool {
        let wanted = text.lowercased()
        return value.lowercased().hasPrefix(wanted) || label.lowercased().hasPrefix(wanted)
    }
}

extension Failure {
    fileprivate func about(_ field: String) -> Failure {
        var failure = self
        failure.data["field"] = .string(field)
        return failure
    }
}
