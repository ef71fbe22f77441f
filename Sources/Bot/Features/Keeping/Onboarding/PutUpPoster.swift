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
        var poster = try NoticeRows.here(turn)
        try turn.require(version: poster.version)
        guard let channel = given ?? turn[rulesChannel] ?? poster.channel else {
            throw Refusal.invalid(
                "Say in which channel it stands.", field: "channel",
                hint: "Name one, or set onboarding.rules_channel.")
        }
        guard turn.house.directory.channels(in: guild).first(where: { $0.id == channel })?.holdsMessages != false else {
            throw Refusal.invalid("channel is one that messages are written in.", field: "channel")
        }
        try turn.requireOwn([.viewChannel, .sendMessages, .readMessageHistory], in: channel, of: guild)
        let before = poster
        if !poster.isSetUp(turn) { poster.since = turn.now + turn.late }
        switch poster.state {
        case .searching, .posting:
            throw Refusal.conflict("It is on its way already.", hint: "See onboarding overview.")
        case .posted where poster.channel == channel:
            try redraw(&poster, turn)
        case .posted, .none, .gone:
            if poster.state == .posted, let old = poster.channel, let message = poster.message {
                turn.emit(.delete(channel: .known(old), message: .known(message)))
            }
            try search(channel, &poster, turn)
        }
        try NoticeRows.write(poster, in: turn.store)
        try keepTending(turn)
        turn.change(
            "onboarding message", from: before.channel.map { .id($0) } ?? .null, to: .id(channel))
        return .done(
            OnboardingText.posting(poster, moved: before.state == .posted && before.channel != channel),
            data: row(of: poster, turn))
    }

    /// Has the newest messages of a channel looked through for one of ours.
    private static func search(_ channel: ID<Channel>, _ poster: inout Poster, _ turn: Turn) throws {
        poster.channel = channel
        poster.message = nil
        poster.state = .searching
        poster.trouble = nil
        try turn.emit(.fetch(.messages(channel: channel, .newest, limit: 100)), receiptTo: searched, channel)
    }

    /// Takes up the message that is there, or writes it. Looking may fail; then writing tells.
    static let searched: Job<ID<Channel>> = Job("onboarding.searched", late: .always) { turn, channel in
        var poster = try NoticeRows.here(turn)
        guard poster.state == .searching, poster.channel == channel else { return }
        if let found = found(in: turn.receipt?.answer, turn) {
            poster.message = found
            poster.state = .posted
            try redraw(&poster, turn)
        } else {
            poster.state = .posting
            try turn.emit(
                .post(channel: .known(channel), Post(try OnboardingText.poster(turn))), receiptTo: posted, channel)
        }
        try NoticeRows.write(poster, in: turn.store)
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
        var poster = try NoticeRows.here(turn)
        guard poster.state == .posting, poster.channel == channel else { return }
        switch turn.receipt?.outcome {
        case .done(let made?):
            poster.message = ID<Message>(made)
            poster.state = .posted
            if poster.isStale { try redraw(&poster, turn) }
        case .refused(let code, let words):
            poster.state = .gone
            poster.trouble = "Discord did not take it (\(code)): \(words)"
        case .uncertain, .expired:
            // Whether it stands there is seen by looking.
            poster.state = .searching
            try turn.emit(.fetch(.messages(channel: channel, .newest, limit: 100)), receiptTo: searched, channel)
        case .done(nil), nil: return
        }
        try NoticeRows.write(poster, in: turn.store)
    }

    // MARK: - Keeping it true

    /// The message is edited where it stands; one that is still on its way is drawn again when it has arrived.
    static func redraw(_ poster: inout Poster, _ turn: Turn) throws {
        poster.isStale = poster.message == nil
        poster.trouble = nil
        guard let channel = poster.channel, let message = poster.message else { return }
        try turn.emit(
            .edit(channel: .known(channel), message: .known(message), Post(try OnboardingText.poster(turn))),
            receiptTo: redrawn, message)
    }

    static let redrawn: Job<ID<Message>> = Job("onboarding.redrawn", late: .always) { turn, message in
        guard case .refused(let code, let words)? = turn.receipt?.outcome,
            var poster = try NoticeRows.showing(message, in: turn.store)
        else { return }
        if code == 10008 || code == 10003 { return try lose(poster, turn) }
        poster.trouble = "Discord did not take the newest words of the rules message (\(code)): \(words)"
        try NoticeRows.write(poster, in: turn.store)
    }

    /// However many rules change at once, the message is edited once for all of them.
    static let hearRules = Listener.news("onboarding.rules", RulesChanged.self) { turn, news in
        guard var poster = try NoticeRows.find(news.guild, in: turn.store), [.posting, .posted].contains(poster.state) else {
            return
        }
        poster.isStale = true
        try NoticeRows.write(poster, in: turn.store)
        try turn.schedule(refresh, key: news.guild.description, news.guild, at: turn.now + turn.late + 3.seconds)
    }

    static let refresh: Job<ID<Guild>> = Job("onboarding.refresh", late: .always) { turn, guild in
        guard var poster = try NoticeRows.find(guild, in: turn.store), poster.isStale, poster.state == .posted else { return }
        try redraw(&poster, turn)
        try NoticeRows.write(poster, in: turn.store)
    }

    // MARK: - Losing it

    static let hearDeletions = Listener.event("onboarding.deletions", .deletions, order: 200) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event else { return }
        for message in messages {
            if let poster = try NoticeRows.showing(message, in: turn.store) { try lose(poster, turn) }
        }
    }

    static let hearChannels = Listener.event("onboarding.channels", .channels, order: 200) { turn, event in
        guard case .channelDeleted(let channel, let guild) = event,
            let poster = try NoticeRows.find(guild, in: turn.store), poster.channel == channel
        else { return }
        try lose(poster, turn)
    }

    /// Somebody took it away: staff are told, and may have it again.
    private static func lose(_ poster: Poster, _ turn: Turn) throws {
        guard poster.state == .posted else { return }
        var lost = poster
        lost.state = .gone
        lost.message = nil
        lost.trouble = "The message with the start button was deleted; onboarding post puts it up again."
        try NoticeRows.write(lost, in: turn.store)
        try tellStaff(OnboardingText.lost(poster), turn)
    }

    /// Whether it is still there is asked after every gap: nobody tells of deletions that nobody heard.
    static func look(_ poster: Poster, _ turn: Turn) throws {
        guard poster.state == .posted, let channel = poster.channel, let message = poster.message else { return }
        try turn.emit(.fetch(.message(channel: channel, message)), receiptTo: looked, message)
    }

    static let looked: Job<ID<Message>> = Job("onboarding.looked", late: .always) { turn, message in
        guard case .refused(let code, _)? = turn.receipt?.outcome, code == 10008 || code == 10003,
            let poster = try NoticeRows.showing(message, in: turn.store)
        else { return }
        try lose(poster, turn)
    }

    // MARK: - Rows

    static let noticeShape = Shape.record([
        "state": .text, "channel": .id, "message": .id, "since_ms": .instant, "trouble": .text, "version": .whole,
        "questions": .whole, "waiting": .whole,
    ])

    static func row(of poster: Poster, _ turn: Turn) -> JSON {
        let guild = poster.guild
        let questions = (try? QuestionRows.all(of: guild, in: turn.store).count) ?? 0
        let waiting = (try? JourneyRows.count(of: guild, where: "greeting IN ('waiting', 'openly')", in: turn.store)) ?? 0
        return .fields([
            "state": .string(poster.state.rawValue), "channel": poster.channel.map { .id($0) },
            "message": poster.message.map { .id($0) }, "since_ms": .int(poster.since.milliseconds),
            "trouble": poster.trouble.map { .string($0) }, "version": .int(poster.version),
            "questions": .int(Int64(questions)), "waiting": .int(Int64(waiting)),
        ])
    }
}
