internal import Kit
internal import Shared

extension Onboarding {
    /// ONB-08: who joins, passes the screening, leaves; and who is there after a time when nobody was listening.
    static let hearMembers = Listener.event("onboarding.members", .members, order: 200) { turn, event in
        guard let guild = event.guild, let poster = try NoticeRows.find(guild, in: turn.store), poster.isSetUp(turn) else {
            return
        }
        switch event {
        case .memberSeen(let profile, joined: true): try arrive(profile, poster, turn)
        case .memberSeen(let profile, joined: false): try change(profile, poster, turn)
        case .memberLeft(let member, _): try leave(member, guild, turn)
        case .membersListed(_, let members, _): try meet(members, poster, turn)
        default: break
        }
    }

    /// A server comes into view: after a gap its message may be gone, and people may have come.
    static let hearGuilds = Listener.event("onboarding.guilds", .guilds, order: 200) { turn, event in
        guard case .guildSeen(let seen) = event else { return }
        let poster = try NoticeRows.here(turn)
        guard poster.isSetUp(turn) else { return }
        if poster.version == 0 { try NoticeRows.write(poster, in: turn.store) }
        try look(poster, turn)
        try meet(seen.members, poster, turn)
        turn.callRoll()
        try keepTending(turn)
    }

    /// Greeting begins, or ends: who joined before that is left alone.
    static let hearSettings = Listener.news("onboarding.settings", SettingChanged.self) { turn, news in
        guard news.name == greets.name else { return }
        var poster = try NoticeRows.here(turn)
        guard poster.state == .none else { return }
        poster.since = turn.now + turn.late
        try NoticeRows.write(poster, in: turn.store)
        if turn[greets] != .no { try keepTending(turn) }
    }

    /// Discord may tell a join twice; whoever comes back goes on where they stopped.
    private static func arrive(_ profile: MemberProfile, _ poster: Poster, _ turn: Turn) throws {
        guard !profile.isBot else { return }
        let now = turn.now + turn.late
        let joined = profile.joined ?? now
        let known = try JourneyRows.find(profile.id, in: profile.guild, turn.store)
        if let known, known.left == nil, known.joined == joined { return }
        // Who leaves and comes back again and again is greeted once a day.
        let wasJustGreeted = known.map { $0.greeting == .sent && joined - $0.joined < 1.days } ?? false
        var journey = known ?? Journey(guild: profile.guild, member: profile.id, joined: joined, moved: now)
        journey.joined = joined
        journey.left = nil
        journey.reminded = nil
        journey.reminders = 0
        if known == nil { journey.move(to: profile.isPending ? .screening : .joined, at: now) }
        if journey.finished != nil {
            journey.roles = .waiting
            if !profile.isPending { try takeUpRoles(&journey, turn) }
        }
        if !wasJustGreeted { queue(&journey, at: now, turn) }
        try JourneyRows.write(journey, in: turn.store)
        try scheduleGreeting(poster, turn)
    }

    /// Roles and greetings wait until the server's own screening is passed.
    private static func change(_ profile: MemberProfile, _ poster: Poster, _ turn: Turn) throws {
        guard !profile.isBot, !profile.isPending,
            var journey = try JourneyRows.find(profile.id, in: profile.guild, turn.store),
            journey.stage == .screening || journey.roles == .waiting
        else { return }
        let now = turn.now + turn.late
        if journey.stage == .screening {
            journey.move(to: .joined, at: now)
            queue(&journey, at: now, turn)
        }
        if journey.roles == .waiting { try takeUpRoles(&journey, turn) }
        try JourneyRows.write(journey, in: turn.store)
        try scheduleGreeting(poster, turn)
    }

    private static func takeUpRoles(_ journey: inout Journey, _ turn: Turn) throws {
        let walk = Walk(
            try QuestionRows.all(of: journey.guild, in: turn.store),
            try AnswerRows.all(of: journey.member, in: journey.guild, turn.store))
        let blocked = try giveRoles(&journey, walk, turn)
        if !blocked.isEmpty { try tellStaff(OnboardingText.blockedRoles(journey.member, blocked), turn) }
    }

    private static func leave(_ member: ID<Member>, _ guild: ID<Guild>, _ turn: Turn) throws {
        guard var journey = try JourneyRows.find(member, in: guild, turn.store) else { return }
        journey.left = turn.now + turn.late
        if journey.greeting == .waiting || journey.greeting == .openly { journey.greeting = .none }
        try JourneyRows.write(journey, in: turn.store)
    }

    /// Those in a list who joined since joins are looked at, and of whom nobody has told.
    private static func meet(_ members: MemberList, _ poster: Poster, _ turn: Turn) throws {
        for packed in members where !packed.isBot {
            guard let joined = packed.standing.joined, joined > poster.since else { continue }
            let known = try JourneyRows.find(packed.id, in: poster.guild, turn.store)
            if let known, known.left == nil, known.joined == joined { continue }
            try arrive(packed.profile(in: poster.guild), poster, turn)
        }
    }
}
