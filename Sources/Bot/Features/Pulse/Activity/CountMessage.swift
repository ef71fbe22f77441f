internal import Kit
internal import Shared

extension Activity {
    /// ACT-01 and ACT-04: a message's points, a reply's and a starter's on top, and one more for each further channel of the
    /// day. The message's own time counts, so that a replay counts on the same day.
    static let countMessage = Listener.message(
        "activity.count", order: 0, alwaysHears: true,
        catchesUp: { turn, channel in turn.value(of: counts, channel: channel) }
    ) { turn, message in
        guard message.isSpeech, let guild = message.guild else { return .passed }
        let rules = turn.activityRules
        guard let weights = turn.weights(in: message.channel, rules) else { return .passed }
        let book = turn.hot(ActivityBook.self)
        guard try !book.isCounted(message.id, in: message.channel, from: turn.store) else { return .passed }
        book.rates[guild.number] = rules.decay

        let at = turn.now.milliseconds
        let day = rules.zone.day(of: turn.now)
        let person = ActivityBook.Person(guild: guild.number, member: message.author.number)
        let seat = try book.seat(person, on: day, from: turn.store)
        let isLate = day < seat.day || day < seat.standing.activeDay
        if isLate { try book.write(to: turn.store) }
        let spoken = day == seat.day ? seat.channels : try book.spokenChannels(person, day, turn.store)
        let kinds = try kinds(of: message, spoken: spoken, silence: rules.silence, book, turn.store)

        let points = kinds.points(weights)
        book.note(
            ActivityBook.Fact(
                message: message.id.number, guild: guild.number, channel: message.channel.number, author: message.author.number,
                kinds: kinds, points: points, weights: weights == rules.weights ? rules.weightsID : weights.id,
                answered: message.answeredAuthor?.number ?? 0, day: day),
            by: weights)
        book.add(Tally(kinds, points: points), to: person, on: day, in: message.channel)
        book.change(person) { seat in
            if day == seat.day, !seat.channels.contains(message.channel.number) { seat.channels.append(message.channel.number) }
            seat.standing.messages += 1
            seat.standing.add(points: points, on: day, decay: rules.decay)
            seat.standing.beActive(on: day, window: rules.window)
            seat.standing.momentum.add(Double(points), at: at, rules.momentum)
            seat.standing.lastAt = max(seat.standing.lastAt, at)
        }
        if isLate { try foldAgain(person, rules, turn) }
        try influence(message, guild, day, rules, turn)
        return .passed
    }

    private static func kinds(
        of message: MessageSeen, spoken: [Int64], silence: Int64, _ book: ActivityBook, _ store: any Connection
    ) throws -> Kinds {
        var kinds = Kinds()
        if message.type == 19 || message.answeredMessage != nil { kinds.insert(.reply) }
        let last = try book.lastMessage(in: message.channel, from: store)
        let quiet = last == 0 ? Int64.max : message.id.created.milliseconds - (ID<Message>(last)?.created.milliseconds ?? 0)
        if quiet > silence { kinds.insert(.starter) }
        if !spoken.isEmpty, !spoken.contains(message.channel.number) { kinds.insert(.further) }
        return kinds
    }

    /// ACT-07: being answered by others is influence.
    private static func influence(
        _ message: MessageSeen, _ guild: ID<Guild>, _ day: Day, _ rules: ActivityRules, _ turn: Turn
    ) throws {
        guard let answered = message.answeredAuthor, answered != message.author else { return }
        var tally = Tally()
        tally.answered = 1
        try receive(tally, answered, guild, day, in: message.channel, at: turn.now.milliseconds, rules, turn)
    }

    static func receive(
        _ tally: Tally, _ member: ID<Member>, _ guild: ID<Guild>, _ day: Day, in channel: ID<Channel>, at: Int64,
        _ rules: ActivityRules, _ turn: Turn
    ) throws {
        let book = turn.hot(ActivityBook.self)
        let person = ActivityBook.Person(guild: guild.number, member: member.number)
        _ = try book.seat(person, on: day, from: turn.store)
        book.add(tally, to: person, on: day, in: channel)
        book.change(person) { $0.standing.influence.add(Double(tally.answered + tally.reacted), at: at, rules.influence) }
    }

    /// Something of an earlier day changed: the streak and the score are folded again.
    static func foldAgain(_ person: ActivityBook.Person, _ rules: ActivityRules, _ turn: Turn) throws {
        let book = turn.hot(ActivityBook.self)
        try book.write(to: turn.store)
        var standing = try Standing.read(person, from: turn.store) ?? Standing()
        try standing.fold(person, decay: rules.decay, window: rules.window, from: turn.store)
        book.change(person) { $0.standing = standing }
    }
}
