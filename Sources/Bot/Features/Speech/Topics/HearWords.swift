internal import Kit
internal import Shared

extension Topics {
    /// AI-01: counts the words of some messages of channels that listen. Elsewhere no text is even read.
    static let hearWords = Listener.message("topics.words", order: 210, alwaysHears: true) { turn, message in
        guard message.isSpeech, let guild = message.guild, Listening.here(turn).hears(message.channel),
            turn.dice.next() % 100 < UInt64(turn.value(of: sample, channel: message.channel)),
            !turn.uncounted.covers(message.author, in: message.channel, at: turn.now)
        else { return .passed }
        var names = [message.text(message.username), message.text(message.globalName), message.text(message.nick)]
        if let known = turn.house.directory.name(of: message.author, in: guild) { names.append(known) }
        let own = Set(names.flatMap(Words.parts))
        let words = Words.read(message.contentText).filter { !own.contains($0) }
        try WordDay(guild, message.channel, turn).count(words, by: message.author)
        return .passed
    }

    /// A channel that does not listen any more is forgotten.
    static let forgetUnheard = Listener.news("topics.unheard", SettingChanged.self) { turn, story in
        guard story.name == listen.name else { return }
        try forgetSilentChannels(of: story.guild, turn)
    }

    static func forgetSilentChannels(of guild: ID<Guild>, _ turn: Turn) throws {
        let listening = Listening.here(turn.inside(guild))
        let channels = try turn.store.all("SELECT DISTINCT channel FROM topics_days WHERE guild = \(guild)") {
            $0.id(0, Channel.self)
        }
        for case let channel? in channels where !listening.hears(channel) {
            try turn.store.run("DELETE FROM topics_words WHERE guild = \(guild) AND channel = \(channel)")
            try turn.store.run("DELETE FROM topics_days WHERE guild = \(guild) AND channel = \(channel)")
        }
    }
}

/// A day of a channel, as its words are counted.
struct WordDay {
    /// Different words that a channel's day may have; beyond them, those that were said once make room.
    static let most: Int64 = 2000

    let guild: ID<Guild>
    let channel: ID<Channel>
    let day: Day
    let turn: Turn

    init(_ guild: ID<Guild>, _ channel: ID<Channel>, _ turn: Turn) {
        self.guild = guild
        self.channel = channel
        self.turn = turn
        day = turn.zone.day(of: turn.now)
    }

    /// One message more, in the commit that brought it.
    func count(_ words: [String], by author: ID<Member>) throws {
        var room = Self.most - (try wordsHere() ?? 0)
        let voice = words.isEmpty ? 0 : Voices(of: author, salt: try salt()).bits
        var hasCleared = false
        for word in words where try !raise(word, voice) {
            if room <= 0, !hasCleared { (room, hasCleared) = (try makeRoom(), true) }
            guard room > 0 else { continue }
            try turn.store.run(
                """
                INSERT INTO topics_words (guild, channel, day, word, count, voices)
                VALUES (\(guild), \(channel), \(day), \(word), 1, \(voice))
                """)
            room -= 1
        }
        try turn.store.run(
            """
            INSERT INTO topics_days (guild, channel, day, sampled, words)
            VALUES (\(guild), \(channel), \(day), 1, \(Self.most - room))
            ON CONFLICT (guild, channel, day) DO UPDATE SET sampled = topics_days.sampled + 1, words = excluded.words
            """)
    }

    private func wordsHere() throws -> Int64? {
        try turn.store.first(
            "SELECT words FROM topics_days WHERE guild = \(guild) AND channel = \(channel) AND day = \(day)"
        ) { $0.int(0) }
    }

    /// Once more; false for a word that the day has not heard yet.
    private func raise(_ word: String, _ voice: Int64) throws -> Bool {
        try turn.store.run(
            """
            UPDATE topics_words SET count = count + 1, voices = voices | \(voice)
            WHERE guild = \(guild) AND channel = \(channel) AND day = \(day) AND word = \(word)
            """) > 0
    }

    /// Drops what was said once; answers how many fit again. A flood of made-up words keeps nothing else out.
    private func makeRoom() throws -> Int64 {
        let place: SQL = "guild = \(guild) AND channel = \(channel) AND day = \(day)"
        try turn.store.run("DELETE FROM topics_words WHERE \(place) AND count = 1")
        return Self.most - (try turn.store.first("SELECT COUNT(*) FROM topics_words WHERE \(place)") { $0.int(0) } ?? 0)
    }

    /// The same for all channels of the day, so that somebody who speaks in two counts once.
    private func salt() throws -> Int64 {
        if let known = try turn.store.first(
            "SELECT salt FROM topics_salts WHERE guild = \(guild) AND day = \(day)", { $0.int(0) })
        {
            return known
        }
        let salt = Int64(turn.dice.next() >> 1)
        try turn.store.run("INSERT INTO topics_salts (guild, day, salt) VALUES (\(guild), \(day), \(salt))")
        return salt
    }
}
