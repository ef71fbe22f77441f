internal import Kit
internal import Shared

extension Onboarding {
    /// Reminders of one round; the rest comes a minute later.
    private static let lot = 20

    /// Looks after a server every full hour: a time that does not move however often it is asked for.
    static func keepTending(_ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let hour = 1.hours.milliseconds
        let next = Instant(milliseconds: ((turn.now + turn.late).milliseconds / hour + 1) * hour)
        try turn.schedule(tend, key: guild.description, guild, at: next)
    }

    static let tend: Job<ID<Guild>> = Job("onboarding.tend", late: .once) { turn, guild in
        guard let poster = try NoticeRows.find(guild, in: turn.store) else { return }
        try forgetOldAnswers(of: guild, turn)
        guard poster.isSetUp(turn) else { return }
        let isMore = try remindSome(of: guild, turn)
        try removeSome(of: guild, turn)
        if isMore {
            try turn.schedule(tend, key: guild.description, guild, at: turn.now + turn.late + 1.minutes)
        } else {
            try keepTending(turn)
        }
    }

    /// What was answered is kept as long as it is said to be, and so is who was removed.
    private static func forgetOldAnswers(of guild: ID<Guild>, _ turn: Turn) throws {
        let now = turn.now + turn.late
        let old = now - turn[retention]
        try turn.store.run(
            """
            DELETE FROM onboarding_answers WHERE guild = \(guild) AND at < \(old) AND member IN
                (SELECT member FROM onboarding_journeys
                 WHERE guild = \(guild) AND (finished < \(old) OR left_at < \(old)))
            """)
        try turn.store.run("DELETE FROM onboarding_journeys WHERE guild = \(guild) AND left_at < \(old)")
        try turn.store.run("DELETE FROM onboarding_removals WHERE guild = \(guild) AND at < \(now - 180.days)")
    }

    // MARK: - Reminding

    /// Answers whether somebody is left for the next round.
    private static func remindSome(of guild: ID<Guild>, _ turn: Turn) throws -> Bool {
        let (after, times) = (turn[remindAfter], turn[remindTimes])
        guard after > .zero else { return false }
        let now = turn.now + turn.late
        let version = try turn.rules().version
        let outdated: SQL = turn[asksAgain] ? "stage = 'done' AND rules < \(version)" : "1 = 0"
        let due = try JourneyRows.all(
            of: guild,
            where: """
                left_at IS NULL AND reminders < \(times) AND (stage NOT IN ('done', 'screening') OR \(outdated))
                    AND (reminders = 0 AND COALESCE(finished, joined) <= \(now - after)
                        OR reminders > 0 AND reminded + reminders * 2 * \(after.milliseconds) <= \(now))
                ORDER BY joined, member LIMIT \(lot)
                """, in: turn.store)
        var openly: [ID<Member>] = []
        for var journey in due {
            guard turn.house.directory.member(journey.member, in: guild) != nil else {
                journey.left = now
                try JourneyRows.write(journey, in: turn.store)
                continue
            }
            journey.reminded = now
            journey.reminders += 1
            try JourneyRows.write(journey, in: turn.store)
            let card = OnboardingText.reminder(journey, removal: turn[removeAfter], turn)
            if try turn.tell(journey.member, Post(card), receiptTo: reminded, journey.member) != nil {
                openly.append(journey.member)
            }
        }
        try remindOpenly(openly, turn)
        return due.count == lot
    }

    /// A private message that did not arrive is said in the channel of greetings, where there is one.
    static let reminded: Job<ID<Member>> = Job("onboarding.reminded", late: .always) { turn, member in
        guard case .refused? = turn.receipt?.outcome else { return }
        try remindOpenly([member], turn)
    }

    private static func remindOpenly(_ members: [ID<Member>], _ turn: Turn) throws {
        guard let channel = turn[greetingChannel], turn.whyNotPost(in: channel) == nil else { return }
        let decliners = try turn.decliners(of: .pings)
        let named = members.filter { !decliners.contains($0.number) }
        guard !named.isEmpty else { return }
        turn.emit(
            .post(
                channel: .known(channel), Post(OnboardingText.openReminder(named, turn), mentions: Mentions(members: named))))
    }

    // MARK: - Removing

    /// So many are removed in an hour without anybody's looking.
    private static let mostRemovals = 10

    private static func removeSome(of guild: ID<Guild>, _ turn: Turn) throws {
        let after = turn[removeAfter]
        guard after > .zero else { return }
        let stuck = try Stuck(since: after, turn)
        let some = Array(stuck.members.prefix(mostRemovals))
        guard !some.isEmpty, stuck.trouble == nil else { return }
        try removeAll(some, after, turn)
        try tellStaff(OnboardingText.removed(some, after, by: nil), turn)
    }

    /// Shown first, like everything that cannot be taken back.
    static let dismiss = Command(
        "onboarding.dismiss", "Removes from the server who joined so long ago and never finished", access: .manageGuild,
        changes: true, returns: .record(["total": .whole, "spared": .whole, "members": .list(.named)]), example: "days: 30",
        .whole("days", "How many days since they joined", 1...3650)
    ) { turn, days in
        let stuck = try Stuck(since: days.days, turn)
        if let trouble = stuck.trouble { throw trouble }
        guard !stuck.members.isEmpty else {
            throw Refusal.notFound(
                "Nobody who joined \(counted(Int64(days), "day")) ago or earlier is stuck here.",
                hint: stuck.spared > 0 ? "\(stuck.spared) have been given a role and are spared." : "See onboarding list.")
        }
        let some = Array(stuck.members.prefix(100))
        turn.askFirst()
        turn.touch(members: some.count)
        turn.change(
            "members who never finished", from: .array(some.map { turn.named($0.member)["name"] ?? .null }), to: .null)
        try removeAll(some, days.days, turn)
        try tellStaff(OnboardingText.removed(some, days.days, by: turn.asker.member), turn)
        return .done(
            OnboardingText.removed(some, days.days, by: nil),
            data: [
                "total": .int(Int64(some.count)), "spared": .int(Int64(stuck.spared)),
                "members": .array(some.map { turn.named($0.member) }),
            ])
    }

    private static func removeAll(_ journeys: [Journey], _ after: Duration, _ turn: Turn) throws {
        let at = turn.now + turn.late
        let why = "Has not finished the onboarding in \(after.spelled)"
        for journey in journeys {
            try turn.store.run(
                """
                INSERT INTO onboarding_removals (guild, member, at, outcome, why)
                VALUES (\(journey.guild), \(journey.member), \(at), 'sent', \(why)) ON CONFLICT DO NOTHING
                """)
            try turn.emit(
                .kick(guild: journey.guild, member: journey.member, reason: why), receiptTo: removed,
                Removal(guild: journey.guild, member: journey.member, at: at))
        }
    }

    struct Removal: Codable, Sendable {
        var guild: ID<Guild>
        var member: ID<Member>
        var at: Instant
    }

    static let removed: Job<Removal> = Job("onboarding.removed", late: .always) { turn, removal in
        let outcome =
            switch turn.receipt?.outcome {
            case .done: "done"
            case .refused(let code, let words): "refused: \(code) \(words)"
            case .uncertain(let words), .expired(let words): words
            case nil: "sent"
            }
        try turn.store.run(
            """
            UPDATE onboarding_removals SET outcome = \(outcome)
            WHERE guild = \(removal.guild) AND member = \(removal.member) AND at = \(removal.at)
            """)
    }
}

/// Who joined so long ago, was reminded where reminders are on, and never finished. Whoever was given a role by somebody is spared.
struct Stuck {
    let members: [Journey]
    let spared: Int
    /// Why nobody can be removed.
    let trouble: Refusal?

    init(since time: Duration, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let now = turn.now + turn.late
        let reminded: SQL = turn[Onboarding.remindAfter] > .zero ? "AND reminders > 0" : ""
        let all = try JourneyRows.all(
            of: guild,
            where: """
                finished IS NULL AND left_at IS NULL AND joined <= \(now - time) \(reminded) AND NOT EXISTS
                    (SELECT 1 FROM onboarding_removals r WHERE r.guild = onboarding_journeys.guild
                        AND r.member = onboarding_journeys.member AND r.at > \(now - 1.days))
                ORDER BY joined, member LIMIT 500
                """, in: turn.store)
        let owner = turn.house.directory.guild(guild)?.owner
        let here = all.compactMap { journey in
            turn.house.directory.member(journey.member, in: guild).map { (journey: journey, profile: $0) }
        }.filter { !$0.profile.isBot && $0.profile.id != owner }
        members = here.filter { $0.profile.roles.isEmpty }.map(\.journey)
        spared = here.count - members.count
        trouble =
            RoleRights(guild, turn).lacks(.kickMembers)
            ? Refusal.forbidden("I lack Kick Members here.", hint: "Grant it to my role in the server's settings.") : nil
    }
}
