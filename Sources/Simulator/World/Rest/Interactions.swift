import Shared

extension Route {
    private static let webhook = "/webhooks/{webhook_id}/{webhook_token}"

    static let interactionRoutes: [Route] = [
        Route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", .webhook, door: .interaction) {
            world, call throws(Refusal) in try world.callBack(call)
        },
        Route("POST", webhook, .webhook, door: .interaction) { world, call throws(Refusal) in .ok(try world.followUp(call)) },
        Route("GET", webhook + "/messages/{message_id}", .webhook, door: .interaction) { world, call throws(Refusal) in
            .ok(world.json(try world.answerMessage(call).1))
        },
        Route("PATCH", webhook + "/messages/{message_id}", .webhook, door: .interaction) { world, call throws(Refusal) in
            .ok(try world.editAnswer(call))
        },
        Route("DELETE", webhook + "/messages/{message_id}", .webhook, door: .interaction) { world, call throws(Refusal) in
            try world.deleteAnswer(call)
        },
    ]
}

extension World {
    /// The interaction that a callback names; late is as bad as unknown.
    private mutating func waiting(_ call: Call) throws(Refusal) -> InteractionRecord {
        guard let id = interactionTokens[call.names["interaction_token"] ?? ""], let record = interactions[id],
            id == (try call.id("interaction_id"))
        else { throw Refusal.unknownInteraction }
        if record.answer != nil { throw Refusal.alreadyAcknowledged }
        if record.hasFailed || record.created + rules.answerWindow < now {
            frown(.lateAnswer, "interaction \(id) answered \((now - record.created).milliseconds) ms after it came")
            throw Refusal.unknownInteraction
        }
        return record
    }

    fileprivate mutating func callBack(_ call: Call) throws(Refusal) -> Answer {
        var record = try waiting(call)
        let type = call.body["type"]?.int ?? 0
        let hasMessage = record.source != nil
        let legal: Set<Int64> =
            switch record.kind {
            case .command: [4, 5, 9]
            case .component: [4, 5, 6, 7, 9]
            case .autocomplete: [8]
            case .modal: hasMessage ? [4, 5, 6, 7] : [4, 5]
            }
        guard legal.contains(type) else {
            throw Form.refusal("type", code: "BASE_TYPE_CHOICES", "Value must be one of \(legal.sorted()).")
        }
        let data = call.body["data"] ?? .null
        try perform(type, data, call.files, &record)
        record.answer = type
        record.answeredAt = now
        interactions[record.id] = record
        guard call.query["with_response"] == "true" || call.query["with_response"] == "1" else { return .nothing }
        return .ok(callbackResponse(record, type))
    }

    private mutating func perform(
        _ type: Int64, _ data: JSON, _ files: [Upload], _ record: inout InteractionRecord
    ) throws(Refusal) {
        switch type {
        case 4:
            let form = try MessageForm(data, files: files, place: .interaction)
            if form.isEmpty { throw Refusal.emptyMessage }
            frownOnOpenMentions(form, "interaction answer")
            record.original = put(form, for: record, kind: record.kind == .command ? 20 : 19)
        case 5:
            let flags = data["flags"]?.int ?? 0
            guard flags & ~64 == 0 else {
                throw Form.refusal("data", "flags", code: "BASE_TYPE_INVALID", "only EPHEMERAL may be deferred")
            }
            record.original = putLoading(for: record, isEphemeral: flags == 64)
        case 7:
            guard let source = record.source, let message = find(source) else { throw Refusal.unknownMessage }
            let form = try MessageForm(data, files: files, place: .edit, earlier: message)
            frownOnOpenMentions(form, "interaction update")
            _ = try change(message, form)
            record.original = source
        case 8:
            let choices = data["choices"]?.array ?? []
            var form = Form()
            if choices.count > 25 {
                form.note("data", "choices", code: "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
            }
            for (index, choice) in choices.enumerated() {
                form.length(choice["name"] ?? "", ["data", "choices", String(index), "name"], 1...100)
                if choice["value"]?.text != nil {
                    form.length(choice["value"], ["data", "choices", String(index), "value"], 0...100)
                }
            }
            try form.refuse()
            record.choices = choices
        case 9:
            var form = Form()
            ModalRules.check(data, &form)
            try form.refuse()
            record.form = data
        default: record.original = record.source
        }
    }

    private func callbackResponse(_ record: InteractionRecord, _ type: Int64) -> JSON {
        let message = record.original.flatMap { find($0) }
        return .fields([
            "interaction": .fields([
                "id": .id(record.id), "type": .int(record.kind.rawValue),
                "response_message_id": message.map { .id($0.id) },
                "response_message_loading": message.map { .bool($0.isLoading) },
                "response_message_ephemeral": message.map { .bool($0.isEphemeral) },
            ]),
            "resource": type == 6 || type == 5 && message == nil
                ? JSON?.none : .fields(["type": .int(type), "message": message.map { json($0) }]),
        ])
    }

    private mutating func put(_ form: MessageForm, for record: InteractionRecord, kind: Int64) -> Said {
        var message = MessageRecord(id: mint(Message.self), channel: record.channel, author: bot.user, created: now)
        message.kind = kind
        message.reference = kind == 19 ? record.source : nil
        if message.reference == nil, kind == 19 { message.kind = 0 }
        message.interaction = record.id
        message.webhook = bot.application.number
        fill(&message, form)
        ledger.sent.append(
            Ledger.Sent(
                message: message.said, way: .interaction(record.id), nonce: nil, content: message.content, at: now))
        return place(message, for: record)
    }

    private mutating func putLoading(for record: InteractionRecord, isEphemeral: Bool) -> Said {
        var message = MessageRecord(id: mint(Message.self), channel: record.channel, author: bot.user, created: now)
        message.kind = 20
        message.interaction = record.id
        message.webhook = bot.application.number
        message.flags = 128 | (isEphemeral ? 64 : 0)
        return place(message, for: record)
    }

    private mutating func place(_ message: MessageRecord, for record: InteractionRecord) -> Said {
        var message = message
        if message.isEphemeral {
            message.onlyFor = record.user
            whispers[message.id] = message
            announce("MESSAGE_CREATE", message)
        } else {
            post(message)
        }
        return message.said
    }

    /// The interaction behind a webhook token; it lives for fifteen minutes.
    private func open(_ call: Call) throws(Refusal) -> InteractionRecord {
        guard try call.id("webhook_id", Application.self) == bot.application,
            let id = interactionTokens[call.names["webhook_token"] ?? ""], let record = interactions[id]
        else { throw Refusal.unknownWebhook }
        if record.created + rules.tokenWindow < now { throw Refusal.badWebhookToken }
        if record.answer == nil { throw Refusal.unknownWebhook }
        return record
    }

    fileprivate func answerMessage(_ call: Call) throws(Refusal) -> (InteractionRecord, MessageRecord) {
        let record = try open(call)
        let name = call.names["message_id"] ?? ""
        let said: Said?
        if name == "@original" {
            said = record.original
        } else {
            let id: ID<Message> = try call.id("message_id")
            said = (record.followUps + [record.original].compactMap { $0 }).first { $0.id == id }
        }
        guard let message = said.flatMap({ find($0) }) else { throw Refusal.unknownMessage }
        return (record, message)
    }

    fileprivate mutating func editAnswer(_ call: Call) throws(Refusal) -> JSON {
        let (record, message) = try answerMessage(call)
        let form = try MessageForm(call.body, files: call.files, place: .edit, earlier: message)
        frownOnOpenMentions(form, "PATCH interaction answer")
        if message.isLoading {
            ledger.sent.append(
                Ledger.Sent(
                    message: message.said, way: .interaction(record.id), nonce: nil, content: form.content ?? "", at: now))
        }
        return try change(message, form)
    }

    fileprivate mutating func deleteAnswer(_ call: Call) throws(Refusal) -> Answer {
        let (_, message) = try answerMessage(call)
        if whispers.removeValue(forKey: message.id) == nil { erase(message.said) }
        return .nothing
    }

    fileprivate mutating func followUp(_ call: Call) throws(Refusal) -> JSON {
        let record = try open(call)
        for field in ["username", "avatar_url", "thread_name"] where call.body[field] != nil {
            throw Form.refusal(field, code: "BASE_TYPE_INVALID", "not for interactions")
        }
        let form = try MessageForm(call.body, files: call.files, place: .interaction)
        if form.isEmpty { throw Refusal.emptyMessage }
        frownOnOpenMentions(form, "interaction follow-up")
        if record.answer == 5, let original = record.original.flatMap({ find($0) }), original.isLoading {
            return try change(original, form)
        }
        let said = put(form, for: record, kind: 0)
        interactions[record.id]?.followUps.append(said)
        return find(said).map { json($0) } ?? .null
    }
}
