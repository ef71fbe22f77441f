package import Shared

extension World {
    /// The guilds' crowds and where they talk; who and what is there already stays.
    package mutating func gather(_ plan: LoadPlan) {
        for guild in plan.guilds { _ = crowd(of: guild, plan) }
    }

    private mutating func crowd(of guild: ID<Guild>, _ plan: LoadPlan) -> (members: [ID<Member>], channels: [ID<Channel>]) {
        let known = Dictionary(
            (guilds[guild]?.roles.values.map { ($0.name, $0.id) } ?? []) as [(String, ID<Role>)], uniquingKeysWith: min)
        let roles = (1...3).map { known["load-\($0)"] ?? addRole("load-\($0)", in: guild) }
        let members = (0..<plan.members).map { join("load-\($0 + 1)", guild, roles: roles) }
        let places = (1...plan.channels).map { number in
            let name = "load-\(number)"
            return guilds[guild]?.channels.first { channels[$0]?.name == name } ?? addChannel(name, in: guild)
        }
        return (members, places)
    }

    /// Makes the crowd and its frames; the flood itself goes out as sessions have room.
    package mutating func beginLoad(_ plan: LoadPlan) {
        var run = LoadRun(plan, at: now)
        for (index, guild) in plan.guilds.enumerated() {
            let (members, channels) = crowd(of: guild, plan)
            run.places += channels.map { channel in
                LoadRun.Place(channel: channel, spelled: Array(channel.description.utf8), guild: guild, crowd: index)
            }
            if let channel = channels.last { run.crowds.append(members.map { speaker($0, channel, run.chatter()) }) }
        }
        load = run
    }

    package var isLoading: Bool { load.map { $0.left > 0 } ?? false }
    package var loadSent: Int { load?.sent ?? 0 }
    /// When the first of the load could go out.
    package var loadReleased: Instant? { load?.released }

    func loadIsDue(at now: Instant) -> Bool { liveSessions > 0 && load.map { $0.budget(at: now) > 0 } ?? false }
    var isHoldingLoad: Bool { load.map { $0.isHeld && $0.left > 0 } ?? false }

    /// What is made goes out at once from here on.
    mutating func letLoadGo() { load?.isHeld = false }

    /// Spelled once for one channel of the guild; the channel's id stays open like the message's own.
    private func speaker(_ author: ID<Member>, _ channel: ID<Channel>, _ content: String) -> LoadRun.Speaker {
        func template(reply: Bool, bare: Bool) -> LoadTemplate {
            guard let id = ID<Message>(LoadTemplate.idMark) else { return LoadTemplate("", .null) }
            var message = MessageRecord(id: id, channel: channel, author: author, created: now)
            message.content = content
            if reply {
                message.kind = 19
                message.reference = ID<Message>(LoadTemplate.referenceMark).map { Said(channel: channel, id: $0) }
            }
            guard case .object(var data) = gatewayJSON(message) else { return LoadTemplate("", .null) }
            data["timestamp"] = .string(LoadTemplate.timeMark)
            data["channel_id"] = .string(LoadTemplate.channelMark)
            if case .object(var target)? = data["message_reference"] {
                target["channel_id"] = .string(LoadTemplate.channelMark)
                data["message_reference"] = .object(target)
            }
            return LoadTemplate("MESSAGE_CREATE", bare ? withoutContent(.object(data)) : .object(data))
        }
        return LoadRun.Speaker(
            author, says: content, plain: template(reply: false, bare: false),
            reply: template(reply: true, bare: false), bare: template(reply: false, bare: true),
            bareReply: template(reply: true, bare: true))
    }

    /// Sends the next few hundred messages to whoever listens; nobody listening, nothing happens.
    package mutating func pumpLoad(at moment: Instant, atMost most: Int = 512) {
        guard var run = load, run.left > 0 else { return }
        let hearers = sessions.values.map { Hearer($0) }.filter { $0.isListening && $0.intents.contains(.guildMessages) }
        guard !hearers.isEmpty else { return }
        load = nil
        var left = min(most, run.budget(at: moment))
        if left > 0, !run.isHeld { run.released = run.released ?? moment }
        while left > 0 {
            // Between two messages, a fault may take a socket away.
            let portion = faults.orders.isEmpty ? left : 1
            left -= portion
            let lines = (0..<portion).compactMap { _ -> (ID<Message>, LoadRun.Line)? in
                let id = mint(Message.self)
                return run.next(id).map { (id, $0) }
            }
            for hearer in hearers { deliver(lines, at: moment, to: hearer) }
            for (id, line) in lines { note(line, id) }
            misbehave()
        }
        if run.left == 0 { run.released = run.released ?? moment }
        load = run
    }

    private mutating func deliver(_ lines: [(ID<Message>, LoadRun.Line)], at moment: Instant, to hearer: Hearer) {
        guard var sequence = sessions[hearer.id]?.sequence else { return }
        let isWhole = hearer.intents.contains(.messageContent)
        var filling = LoadTemplate.Filling(channel: [], id: [], reference: [], time: Array(moment.discord.utf8))
        var frames: [[UInt8]] = []
        frames.reserveCapacity(lines.count)
        for (id, line) in lines where Self.shard(of: line.place.guild, among: hearer.shards) == hearer.shard {
            sequence += 1
            filling.channel = line.place.spelled
            filling.id = Array(id.description.utf8)
            filling.reference = line.target.map { Array($0.description.utf8) } ?? []
            let template = line.speaker.template(isReply: line.target != nil, isWhole: isWhole)
            frames.append(template.frame(filling, sequence: Array(String(sequence).utf8)))
        }
        deliver(frames: frames, to: hearer.id)
    }

    private mutating func note(_ line: LoadRun.Line, _ id: ID<Message>) {
        let (channel, author) = (line.place.channel, line.speaker.author)
        histories[channel, default: History()].append(
            id, PreparedMessage(channel: channel, author: author, content: line.speaker.content, replyTo: line.target))
        channels[channel]?.lastMessage = id
        ledger.spoken.append(
            Ledger.Spoken(
                message: id, channel: channel, guild: line.place.guild, author: author, isSpeech: true,
                isReply: line.target != nil, at: id.created))
    }
}
