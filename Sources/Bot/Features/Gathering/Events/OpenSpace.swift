internal import Kit
internal import Shared

extension Events {
    static let openThread = Command(
        "events.thread", "Opens a thread or a channel for an event", access: .manageEvents, also: ["create_event_thread"],
        changes: true, returns: rowShape, example: "id: 1 kind: thread",
        which, .oneOf("kind", "thread or channel", default: NewSpace.thread),
        .optional(.oneOf("access", "Who may use it: open, readers (only staff writes) or staff; the server's when left out")),
        .optional(.line("name", "What it is called; the server's way of naming when left out", longest: 90))
    ) { (turn, id, kind, access: SpaceAccess?, name) in
        let (meeting, one) = try announcedEvent(id, turn)
        if one.isOpening {
            throw Refusal(.conflict, "One is being opened for \(meeting.title) just now.", field: "id")
        }
        if let space = one.space {
            throw Refusal(
                .conflict, "\(meeting.title) has one already: #\(turn.house.directory.name(of: space) ?? space.description).",
                field: "id")
        }
        let access = access ?? turn[Events.access]
        try checkMayOpen(kind.space, access, meeting, turn)
        let message = one.message.map { Place.known($0) }
        try openSpace(kind.space, access, for: one, of: meeting, under: message, named: name, turn)
        turn.change("space of \(meeting.subject)", from: .null, to: .string(kind.rawValue))
        return .done(EventText.opening(meeting, kind.space), data: try row(of: meeting, turn))
    }

    enum NewSpace: String, CaseIterable, Sendable {
        case thread, channel
        var space: SpaceKind { self == .thread ? .thread : .channel }
    }

    /// A thread hangs on the event's message, unless only staff may see it.
    static func openSpace(
        _ kind: SpaceKind, _ access: SpaceAccess, for one: Occurrence, of meeting: Meeting, under message: Place<Message>?,
        named name: String? = nil, _ turn: Turn
    ) throws {
        let name = name ?? spaceName(one, meeting, turn)
        let receipt = SpaceReceipt(key: one.key, kind: kind.rawValue)
        if kind != .none {
            try turn.store.run(
                "UPDATE events_occurrences SET space = 0 WHERE meeting = \(one.meeting) AND at = \(one.at)")
        }
        switch kind {
        case .none: return
        case .thread:
            let isPrivate = access == .staff
            let parent = isPrivate ? nil : message
            let step = try turn.emit(
                .openThread(channel: .known(one.channel), message: parent, name: name, isPrivate: isPrivate),
                receiptTo: spaceOpened, receipt)
            if access == .readers {
                turn.emit(.changeChannel(.new(step), .edit([.locked(true)]), reason: "only staff writes here"))
            }
        case .channel:
            let parent = turn.house.directory.channels(in: meeting.guild).first { $0.id == one.channel }?.parent
            let plan = ChannelPlan(
                channelName(name), parent: parent.map(Place.known), topic: meeting.title, overwrites: overwrites(access, turn))
            try turn.emit(
                .openChannel(guild: meeting.guild, plan, reason: "event \(meeting.id)"), receiptTo: spaceOpened, receipt)
        }
    }

    struct SpaceReceipt: Codable, Sendable {
        var key: Occurrence.Key
        var kind: String
    }

    static let spaceOpened: Job<SpaceReceipt> = Job("events.space_opened", late: .always) { turn, receipt in
        guard var one = try OccurrenceRows.find(receipt.key, in: turn.store) else { return }
        one.isOpening = false
        if case .done(let made?)? = turn.receipt?.outcome {
            (one.space, one.spaceKind) = (ID<Channel>(made), SpaceKind(rawValue: receipt.kind))
        }
        try OccurrenceRows.write(one, in: turn.store)
        switch turn.receipt?.outcome {
        case .done(.some):
            if !one.isLive { closeSpace(one, turn) }
        case .refused(let code, let words):
            try note("Discord did not open its \(receipt.kind) (\(code)): \(words)", receipt.key, turn)
        case .uncertain(let words), .expired(let words):
            try note("Its \(receipt.kind) may be missing: \(words)", receipt.key, turn)
        case .done(nil), nil: break
        }
    }

    /// What becomes of it when the event is over.
    static func closeSpace(_ one: Occurrence, _ turn: Turn) {
        guard let space = one.space, let kind = one.spaceKind else { return }
        let reason = "the event is over"
        switch (turn[afterwards], kind) {
        case (.keep, _), (_, .none): return
        case (.delete, _): turn.emit(.changeChannel(.known(space), .delete, reason: reason))
        case (.close, .thread):
            turn.emit(.changeChannel(.known(space), .edit([.locked(true), .archived(true)]), reason: reason))
        case (.close, .channel):
            let everyone = Overwrite(
                target: one.guild.number, isMember: false, allow: [], deny: [.sendMessages, .sendMessagesInThreads])
            turn.emit(.changeChannel(.known(space), .permit(everyone), reason: reason))
        }
    }

    // MARK: - Names and rights

    private static func spaceName(_ one: Occurrence, _ meeting: Meeting, _ turn: Turn) -> String {
        let zone = (try? Zone(named: meeting.zone)) ?? .utc
        let wall = zone.wallTime(at: one.starts)
        let phrase = turn[spaceName].filled([
            "title": "\(meeting.title)", "date": "\(words: wall.day.description)",
            "time": "\(words: padded(wall.hour, 2)).\(words: padded(wall.minute, 2))", "number": "\(meeting.id)",
        ])
        let plain = PlainText(turn.house.directory, guild: meeting.guild, zone: zone).text(phrase)
        return trimmed(plain).isEmpty ? meeting.title : trimmed(plain)
    }

    /// As Discord writes the names of channels.
    private static func channelName(_ name: String) -> String {
        let words = name.lowercased().split { !($0.isLetter || $0.isNumber) }
        return words.isEmpty ? "event" : String(words.joined(separator: "-").prefix(90))
    }

    private static func overwrites(_ access: SpaceAccess, _ turn: Turn) -> [Overwrite] {
        guard access != .open, let guild = turn.guild else { return [] }
        let hidden: Permissions = access == .staff ? .viewChannel : [.sendMessages, .sendMessagesInThreads]
        let staff = turn[Events.staff].map {
            Overwrite(target: $0.number, isMember: false, allow: [.viewChannel, .sendMessages], deny: [])
        }
        let own = turn.house.directory.bot.map {
            Overwrite(target: $0.number, isMember: true, allow: [.viewChannel, .sendMessages], deny: [])
        }
        return [Overwrite(target: guild.number, isMember: false, allow: [], deny: hidden)] + [staff, own].compactMap(\.self)
    }

    static func checkMayOpen(_ kind: SpaceKind, _ access: SpaceAccess, _ meeting: Meeting, _ turn: Turn) throws(Refusal) {
        var needed: Permissions = []
        if kind == .thread { needed = access == .staff ? .createPrivateThreads : .createPublicThreads }
        if kind == .thread, access == .readers || turn[afterwards] != .keep { needed.insert(.manageThreads) }
        if kind == .channel {
            needed = access == .open && turn[afterwards] == .keep ? .manageChannels : [.manageChannels, .manageRoles]
        }
        try checkOwn(needed, in: meeting.channel, meeting, "to open a \(kind.rawValue) there", turn)
    }
}
