internal import Kit
internal import Shared

extension Onboarding {
    /// So many are greeted in one message, and so many privately; between two rounds there is a rest, so that a rush of five
    /// hundred is a few messages and nobody is forgotten.
    private static let mostAtOnce = 40
    private static let mostPrivately = 5
    private static let rest: Duration = .seconds(10)
    /// With more than this waiting, a channel greets them all rather than the bot writing to each.
    private static let rush = 20

    /// Puts somebody in the line of those to be greeted.
    static func queue(_ journey: inout Journey, at now: Instant, _ turn: Turn) {
        let isLate = now - journey.joined > turn[lateGreeting]
        journey.greeting = turn[greets] == .no || isLate || journey.stage == .screening ? .none : .waiting
    }

    /// The next round comes a rest after the last one; one that is due already is not put off by whoever comes next.
    static func scheduleGreeting(_ poster: Poster, _ turn: Turn) throws {
        guard turn[greets] != .no else { return }
        let now = turn.now + turn.late
        try turn.schedule(
            greet, key: poster.guild.description, poster.guild, at: max(now, poster.greeted + rest))
    }

    static let greet: Job<ID<Guild>> = Job("onboarding.greet", late: .always) { turn, guild in
        guard var poster = try NoticeRows.find(guild, in: turn.store), turn[greets] != .no else { return }
        let now = turn.now + turn.late
        let waiting = try JourneyRows.all(
            of: guild, where: "greeting IN ('waiting', 'openly') ORDER BY joined, member LIMIT \(mostAtOnce + 1)",
            in: turn.store)
        var here: [Journey] = []
        for var journey in waiting.prefix(mostAtOnce) {
            let isHere = turn.house.directory.member(journey.member, in: guild).map { !$0.isBot } ?? false
            if isHere, now - journey.joined <= turn[lateGreeting] {
                here.append(journey)
            } else {
                journey.greeting = .none
                try JourneyRows.write(journey, in: turn.store)
            }
        }
        let isRush = here.count > rush && turn[greetingChannel] != nil
        let privately = turn[greets] == .privately && !isRush ? here.filter { $0.greeting == .waiting } : []
        let openly = here.filter { one in !privately.contains { $0.member == one.member } }
        try greetPrivately(Array(privately.prefix(mostPrivately)), turn)
        try greetOpenly(openly, &poster, turn)
        if !here.isEmpty { poster.greeted = now }
        try NoticeRows.write(poster, in: turn.store)
        let isMore = waiting.count > mostAtOnce || privately.count > mostPrivately
        if try isMore || isAnybodyWaiting(guild, turn) {
            try turn.schedule(greet, key: guild.description, guild, at: now + rest)
        }
    }

    private static func isAnybodyWaiting(_ guild: ID<Guild>, _ turn: Turn) throws -> Bool {
        try JourneyRows.count(of: guild, where: "greeting IN ('waiting', 'openly')", in: turn.store) > 0
    }

    private static func greetOpenly(_ journeys: [Journey], _ poster: inout Poster, _ turn: Turn) throws {
        guard !journeys.isEmpty else { return }
        try settle(journeys, turn)
        guard let channel = turn[greetingChannel] else { return }
        if let trouble = turn.whyNotPost(in: channel) {
            poster.trouble = "Nobody can be greeted: \(trouble.sentence)"
            return
        }
        let members = journeys.map(\.member)
        let decliners = try turn.decliners(of: .pings)
        let card = try OnboardingText.greeting(members, turn)
        try turn.emit(
            .post(
                channel: .known(channel),
                Post(card, mentions: Mentions(members: members.filter { !decliners.contains($0.number) }))),
            receiptTo: greeted, Greeted(guild: poster.guild, member: nil))
    }

    private static func greetPrivately(_ journeys: [Journey], _ turn: Turn) throws {
        for var journey in journeys {
            let card = try OnboardingText.letter(to: journey.member, turn)
            let why = try turn.tell(
                journey.member, Post(card), receiptTo: greeted, Greeted(guild: journey.guild, member: journey.member))
            // Who wants no private message is greeted in the channel, where there is one.
            journey.greeting = why == nil ? .sent : turn[greetingChannel] == nil ? .none : .openly
            try JourneyRows.write(journey, in: turn.store)
        }
    }

    private static func settle(_ journeys: [Journey], _ turn: Turn) throws {
        for var journey in journeys {
            journey.greeting = .sent
            try JourneyRows.write(journey, in: turn.store)
        }
    }

    struct Greeted: Codable, Sendable {
        var guild: ID<Guild>
        /// Who was written to privately.
        var member: ID<Member>?
    }

    static let greeted: Job<Greeted> = Job("onboarding.greeted", late: .always) { turn, greeting in
        guard case .refused(let code, let words)? = turn.receipt?.outcome else { return }
        if let member = greeting.member {
            guard turn[greetingChannel] != nil, var journey = try JourneyRows.find(member, in: greeting.guild, turn.store),
                journey.greeting == .sent, journey.left == nil
            else { return }
            journey.greeting = .openly
            try JourneyRows.write(journey, in: turn.store)
            try scheduleGreeting(try NoticeRows.here(turn), turn)
        } else if var poster = try NoticeRows.find(greeting.guild, in: turn.store) {
            poster.trouble = "Discord did not take the greeting (\(code)): \(words)"
            try NoticeRows.write(poster, in: turn.store)
        }
    }
}
