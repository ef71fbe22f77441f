internal import Kit
internal import Shared

extension Onboarding {
    /// ONB-01: the message is looked for before it is written: one of an earlier house is found by its button.
    static let post = Command(
        "onboarding.post", "Puts up the message with the rules and the start button, or brings it up to date",
        access: .manageGuild, also: ["onboarding_post"], changes: true, returns: noticeShape, example: "channel: #rules",
        .optional(.channel("channel", "Where; the rules channel of the settings when left out"))
    ) { turn, given in
        let guild = try turn.requireGuild()
        var notice = try NoticeRows.here(turn)
        try turn.require(version: notice.version)
        guard let channel = given ?? turn[rulesChannel] ?? notice.channel else {
            throw Refusal.invalid(
                "Say in which channel it stands.", field: "channel",
                hint: "Name one, or set onboarding.rules_channel.")
        }
        guard turn.house.directory.channels(in: guild).first(where: { $0.id == channel })?.holdsMessages != false else {
            throw Refusal.invalid("channel is one that messages are written in.", field: "channel")
        }
        try turn.requireOwn([.viewChannel, .sendMessages, .readMessageHistory], in: channel, of: guild)
        let before = notice
        if !notice.isSetUp(turn) { notice.since = turn.now + turn.late }
        switch notice.state {
        case .searching, .posting:
            throw Refusal.conflict("It is on its way already.", hint: "See onboarding overview.")
        case .posted where notice.channel == channel:
            try redraw(&notice, turn)
        case .posted, .none, .gone:
            if notice.state == .posted, let old = notice.channel, let message = notice.message {
                turn.emit(.delete(channel: .known(old), message: .known(message)))
            }
            try search(channel, &notice, turn)
        }
        try NoticeRows.write(notice, in: turn.store)
        try keepTending(turn)
        turn.change(
            "onboarding message", from: before.channel.map { .id($0) } ?? .null, to: .id(channel))
        return .done(
            OnboardingText.posting(notice, moved: before.state == .posted && before.channel != channel),
            data: row(of: notice, turn))
    }

    /// Has the newest messages of a channel looked through for one of ours.
    private static func search(_ channel: ID<Channel>, _ notice: inout Notice, _ turn: Turn) throws {
        notice.channel = channel
        notice.message = nil
        notice.state = .searching
        notice.trouble = nil
        try turn.emit(.fetch(.messages(channel: channel, .newest, limit: 100)), receiptTo: searched, channel)
    }

    /// Takes up the message that is there, or writes it. Looking may fail; then writing tells.
    static let searched: Job<ID<Channel>> = Job("onboarding.searched", late: .always) { turn, channel in
        var notice = try NoticeRows.here(turn)
        guard notice.state == .searching, notice.channel == channel else { return }
        if let found = found(in: turn.receipt?.answer, turn) {
            notice.message = found
            notice.state = .posted
            try redraw(&notice, turn)
        } else {
            notice.state = .posting
            try turn.emit(
                .post(channel: .known(channel), Post(try OnboardingText.notice(turn))), receiptTo: posted, channel)
        }
        try NoticeRows.write(notice, in: turn.store)
    }

    /// A message of our own whose button begins the onboarding.
    private static func found(in answer: JSON?, _ turn: Turn) -> ID<Message>? {
        let own = turn.house.directory.bot
        let start = Invocation(command: start.name, arguments: [:]).standing
        return (answer?.array ?? []).first { message in
            message["author"]?["id"]?.id(Member.self) == own && own != nil
                && (message["components"]?.array ?? []).contains { row in
                    (row["components"]?.array ?? []).contains { $0["custom_id"]?.text == start }
                }
        }?["id"]?.id(Message.self)
    }

    static let posted: Job<ID<Channel>> = Job("onboarding.posted", late: .always) { turn, channel in
        var notice = try NoticeRows.here(turn)
        guard notice.state == .posting, notice.channel == channel else { return }
        switch turn.receipt?.outcome {
        case .done(let made?):
            notice.message = ID<Message>(made)
            notice.state = .posted
            if notice.isStale { try redraw(&notice, turn) }
        case .refused(let code, let words):
            notice.state = .gone
            notice.trouble = "Discord did not take it (\(code)): \(words)"
        case .uncertain, .expired:
            // Whether it stands there is seen by looking.
            notice.state = .searching
            try turn.emit(.fetch(.messages(channel: channel, .newest, limit: 100)), receiptTo: searched, channel)
        case .done(nil), nil: return
        }
        try NoticeRows.write(notice, in: turn.store)
    }

    // MARK: - Keeping it true

    /// The message is edited where it stands; one that is still on its way is drawn again when it has arrived.
    static func redraw(_ notice: inout Notice, _ turn: Turn) throws {
        notice.isStale = notice.message == nil
        notice.trouble = nil
        guard let channel = notice.channel, let message = notice.message else { return }
        try turn.emit(
            .edit(channel: .known(channel), message: .known(message), Post(try OnboardingText.notice(turn))),
            receiptTo: redrawn, message)
    }

    static let redrawn: Job<ID<Message>> = Job("onboarding.redrawn", late: .always) { turn, message in
        guard case .refused(let code, let words)? = turn.receipt?.outcome,
            var notice = try NoticeRows.showing(message, in: turn.store)
        else { return }
        if code == 10008 || code == 10003 { return try lose(notice, turn) }
        notice.trouble = "Discord did not take the newest words of the rules message (\(code)): \(words)"
        try NoticeRows.write(notice, in: turn.store)
    }

    /// However many rules change at once, the message is edited once for all of them.
    static let hearRules = Listener.news("onboarding.rules", RulesChanged.self) { turn, news in
        guard var notice = try NoticeRows.find(news.guild, in: turn.store), [.posting, .posted].contains(notice.state) else {
            return
        }
        notice.isStale = true
        try NoticeRows.write(notice, in: turn.store)
        try turn.schedule(refresh, key: news.guild.description, news.guild, at: turn.now + turn.late + 3.seconds)
    }

    static let refresh: Job<ID<Guild>> = Job("onboarding.refresh", late: .always) { turn, guild in
        guard var notice = try NoticeRows.find(guild, in: turn.store), notice.isStale, notice.state == .posted else { return }
        try redraw(&notice, turn)
        try NoticeRows.write(notice, in: turn.store)
    }

    // MARK: - Losing it

    static let hearDeletions = Listener.event("onboarding.deletions", .deletions, order: 200) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event else { return }
        for message in messages {
            if let notice = try NoticeRows.showing(message, in: turn.store) { try lose(notice, turn) }
        }
    }

    static let hearChannels = Listener.event("onboarding.channels", .channels, order: 200) { turn, event in
        guard case .channelDeleted(let channel, let guild) = event,
            let notice = try NoticeRows.find(guild, in: turn.store), notice.channel == channel
        else { return }
        try lose(notice, turn)
    }

    /// Somebody took it away: staff are told, and may have it again.
    private static func lose(_ notice: Notice, _ turn: Turn) throws {
        guard notice.state == .posted else { return }
        var lost = notice
        lost.state = .gone
        lost.message = nil
        lost.trouble = "The message with the start button was deleted; onboarding post puts it up again."
        try NoticeRows.write(lost, in: turn.store)
        try tellStaff(OnboardingText.lost(notice), turn)
    }

    /// Whether it is still there is asked after every gap: nobody tells of deletions that nobody heard.
    static func look(_ notice: Notice, _ turn: Turn) throws {
        guard notice.state == .posted, let channel = notice.channel, let message = notice.message else { return }
        try turn.emit(.fetch(.message(channel: channel, message)), receiptTo: looked, message)
    }

    static let looked: Job<ID<Message>> = Job("onboarding.looked", late: .always) { turn, message in
        guard case .refused(let code, _)? = turn.receipt?.outcome, code == 10008 || code == 10003,
            let notice = try NoticeRows.showing(message, in: turn.store)
        else { return }
        try lose(notice, turn)
    }

    // MARK: - Rows

    static let noticeShape = Shape.record([
        "state": .text, "channel": .id, "message": .id, "since_ms": .instant, "trouble": .text, "version": .whole,
        "questions": .whole, "waiting": .whole,
    ])

    static func row(of notice: Notice, _ turn: Turn) -> JSON {
        let guild = notice.guild
        let questions = (try? QuestionRows.all(of: guild, in: turn.store).count) ?? 0
        let waiting = (try? JourneyRows.count(of: guild, where: "greeting IN ('waiting', 'openly')", in: turn.store)) ?? 0
        return .fields([
            "state": .string(notice.state.rawValue), "channel": notice.channel.map { .id($0) },
            "message": notice.message.map { .id($0) }, "since_ms": .int(notice.since.milliseconds),
            "trouble": notice.trouble.map { .string($0) }, "version": .int(notice.version),
            "questions": .int(Int64(questions)), "waiting": .int(Int64(waiting)),
        ])
    }
}
