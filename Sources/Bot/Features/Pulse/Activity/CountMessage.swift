internal import Kit
internal import Shared

extension Activity {
    /// ACT-01 and ACT-04: a message's points, a reply's and a starter's on top, and one more for each further channel of the
    /// day. The message's own time counts, so that a replay counts on the same day. Of the past, nobody is counted who does not
    /// want to be now, whatever held then.
    static let countMessage = Listener.message(
        "activity.count", order: 0, alwaysHears: true,
        catchesUp: { turn, channel in turn.value(of: counts, channel: channel) }
    ) { turn, message in
        guard message.isSpeech, let guild = message.guild else { return .passed }
        let rules = turn.activityRules
        guard !rules.uncounted.covers(message.author, in: message.channel, at: turn.now),
            !turn.cause.isPast || !rules.uncounted.covers(message.author, in: message.channel, at: turn.now + turn.late),
            let weights = turn.weights(in: message.channel, rules)
        else { return .passed }
        let book = turn.hot(ActivityBook.self)
        let room = try book.room(message.channel.number, from: turn.store)
        guard try !book.isCounted(message.id, in: room, from: turn.store) else { return .passed }

        let day = rules.zone.day(of: turn.now)
        let person = ActivityBook.Person(guild: guild.number, member: message.author.number)
        let seat = try book.seat(person, on: day, from: turn.store)
        // Not kept: while somebody holds a copy of a day, each change to it makes another.
        var kinds =
            day == seat.today.day
            ? kinds(of: message, room, seat.today, silence: rules.silence)
            : kinds(of: message, room, try DayRow.read(person, day, from: turn.store), silence: rules.silence)
        if turn.cause.isPast { kinds.insert(.past) }
        let fact = ActivityBook.Fact(
            message: message.id.number, guild: guild.number, channel: message.channel.number, author: message.author.number,
            kinds: kinds, points: kinds.points(weights), weights: weights == rules.weights ? rules.weightsID : weights.id,
            answered: answered(by: message, rules, turn), day: day)
        book.note(fact, by: weights)
        let before = seat.standing.points
        try book.fold(fact, seat, room, rules, turn.store)
        turn.announce(
            PointsChanged(
                guild: guild, member: message.author, channel: message.channel, day: day, before: before,
                after: seat.standing.points, isPast: turn.cause.isPast))
        return .passed
    }

    /// Whoever is not counted gains nothing by being answered either.
    private static func answered(by message: MessageSeen, _ rules: ActivityRules, _ turn: Turn) -> Int64 {
        guard let author = message.answeredAuthor else { return 0 }
        let isLeftOut =
            rules.uncounted.covers(author, in: message.channel, at: turn.now)
            || turn.cause.isPast && rules.uncounted.covers(author, in: message.channel, at: turn.now + turn.late)
        return isLeftOut ? 0 : author.number
    }

    private static func kinds(
        of message: MessageSeen, _ room: ActivityBook.Room, _ today: DayRow, silence: Int64
    ) -> Kinds {
        var kinds = Kinds()
        if message.type == 19 || message.answeredMessage != nil { kinds.insert(.reply) }
        let quiet = message.id.created.milliseconds - ID<Message>.milliseconds(room.last)
        if room.last == 0 || quiet > silence { kinds.insert(.starter) }
        if today.sums.messages > 0, !today.places.hasSpoken(in: message.channel.number) { kinds.insert(.further) }
        return kinds
    }
}
