package import Shared

extension World {
    /// Makes the crowd and its frames; the flood itself goes out as sessions have room.
    package mutating func beginLoad(_ plan: LoadPlan) {
        var run = LoadRun(dice: Dice(seed: plan.seed), left: plan.events, rate: plan.rate, replies: plan.replies, began: now)
        run.authors = Self.zipf(plan.members, &run.dice)
        for guild in plan.guilds {
            let roles = (1...3).map { addRole("load-\($0)", in: guild) }
            let members = (0..<plan.members).map { join("load-\($0 + 1)", guild, roles: roles) }
            for number in 1...plan.channels {
                let name = "load-\(number)"
                let known = guilds[guild]?.channels.first { channels[$0]?.name == name }
                let channel = known ?? addChannel(name, in: guild)
                run.lines.append(members.map { line($0, channel, guild, &run.dice) })
            }
        }
        load = run
    }

    package var isLoading: Bool { load.map { $0.left > 0 } ?? false }
    package var loadSent: Int { load?.sent ?? 0 }

    func loadIsDue(at now: Instant) -> Bool { liveSessions > 0 && load.map { $0.budget(at: now) > 0 } ?? false }

    private static func zipf(_ count: Int, _ dice: inout Dice) -> [Int] {
        let weights = (1...count).map { 1 / Double($0) }
        let total = weights.reduce(0, +)
        var table: [Int] = []
        for (index, weight) in weights.enumerated() {
            table += Array(repeating: index, count: max(1, Int(weight / total * 4096)))
        }
        table.shuffle(using: &dice)
        return table
    }

    private func line(
        _ author: ID<Member>, _ channel: ID<Channel>, _ guild: ID<Guild>, _ dice: inout Dice
    ) -> LoadRun.Line {
        let content = (0..<3).map { _ in Chatter.sentence(&dice) }.joined(separator: "; ")
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
            return LoadTemplate("MESSAGE_CREATE", bare ? withoutContent(.object(data)) : .object(data))
        }
        return LoadRun.Line(
            guild: guild, channel: channel, author: author, content: content, plain: template(reply: false, bare: false),
            reply: template(reply: true, bare: false), bare: template(reply: false, bare: true),
            bareReply: template(reply: true, bare: true))
    }

    /// Sends the next few hundred messages to whoever listens; nobody listening, nothing happens.
    package mutating func pumpLoad(at moment: Instant, atMost most: Int = 256) {
        guard var run = load, run.left > 0 else { return }
        let hearers = sessions.values.map { Hearer($0) }.filter { $0.isListening && $0.intents.contains(.guildMessages) }
        guard !hearers.isEmpty else { return }
        load = nil
        let time = Array(moment.discord.utf8)
        for _ in 0..<min(most, run.budget(at: moment)) {
            guard let line = run.next() else { break }
            let id = mint(Message.self)
            let target = run.dice.chance(run.replies) ? run.last[line.channel] : nil
            run.last[line.channel] = id
            run.left -= 1
            run.sent += 1
            let idBytes = Array(id.description.utf8)
            let reference = target.map { Array($0.description.utf8) } ?? []
            for hearer in hearers where Self.shard(of: line.guild, among: hearer.shards) == hearer.shard {
                let whole = hearer.intents.contains(.messageContent)
                let template = target == nil ? (whole ? line.plain : line.bare) : (whole ? line.reply : line.bareReply)
                deliver(frame: template.frame(id: idBytes, reference: reference, time: time), to: hearer.id)
            }
            note(line, id, target)
            misbehave()
        }
        load = run
    }

    private mutating func note(_ line: LoadRun.Line, _ id: ID<Message>, _ target: ID<Message>?) {
        histories[line.channel, default: History()].append(
            id, PreparedMessage(channel: line.channel, author: line.author, content: line.content, replyTo: target))
        channels[line.channel]?.lastMessage = id
        ledger.spoken.append(
            Ledger.Spoken(
                message: id, channel: line.channel, guild: line.guild, author: line.author, isSpeech: true,
                isReply: target != nil,
                at: id.created))
    }
}

extension LoadRun {
    mutating func next() -> Line? {
        guard left > 0, !lines.isEmpty, !authors.isEmpty else { return nil }
        let place = lines[dice.below(lines.count)]
        return place[authors[dice.below(authors.count)] % place.count]
    }
}
