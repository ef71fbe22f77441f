package import Shared

/// What a rule may speak of in one guild: what is measured there, and what is called how.
package struct RuleWords: Sendable {
    /// Something that is measured.
    package struct Word: Sendable {
        package var name: String
        package var summary: String
        package var unit: String
        package var takesDays: Bool

        package init(_ name: String, _ summary: String, unit: String, takesDays: Bool = false) {
            self.name = name
            self.summary = summary
            self.unit = unit
            self.takesDays = takesDays
        }

        /// As an example writes it.
        var spelled: String { takesDays ? "\(name)(7d)" : name }

        /// The unit, where it is one of time.
        var time: TimeUnit? { TimeUnit(word: unit) }
    }

    package var words: [String: Word] = [:]
    package var roles: [(id: ID<Role>, name: String)] = []
    package var rewards: [(id: Int64, name: String)] = []
    package var badges: [String] = []
    /// A rule that was kept speaks of things by their ids, also of those that are gone.
    package var isLenient = false

    package init(_ words: [Word] = Self.standing) {
        for word in words { self.words[word.name] = word }
    }

    /// What every member has, whoever keeps books.
    package static let standing = [
        Word("server_age", "Days since they joined this server", unit: "days"),
        Word("account_age", "Days since they joined Discord", unit: "days"),
    ]

    /// Other names, as people know them from elsewhere.
    private static let also = [
        "activity_score": "score", "current_streak": "streak", "joined": "server_age", "account": "account_age",
        "xp": "points", "messages_sent": "messages",
    ]

    package subscript(name: String) -> Word? {
        let lower = name.lowercased()
        return words[lower] ?? Self.also[lower].flatMap { words[$0] }
    }

    static let traits = ["role", "reward", "badge", "top"]

    /// The word that was probably meant.
    func nearestWord(to name: String) -> String? {
        nearest(to: name, among: words.keys.sorted() + Self.also.keys.sorted() + Self.traits + ["all", "any", "not"])
    }

    /// A few of what there is, for who has to choose one.
    var examples: String {
        let known = ["points", "score", "streak", "messages", "attended", "level", "server_age"].compactMap {
            words[$0]?.spelled
        }
        return "Rules speak of \((known + ["role(\"name\")"]).joined(separator: ", "))."
    }

    /// What a thing is called; nil for what is gone.
    package func name(of trait: Trait) -> String? {
        switch trait {
        case .role(let id): roles.first { $0.id == id }?.name
        case .reward(let id): rewards.first { $0.id == id }?.name
        case .badge, .top: nil
        }
    }
}

extension Turn {
    /// Who measures something in the turn's guild: features that are switched off there do not.
    var measuring: [MeasureReading] {
        let here = house.catalogue.features.filter { house.isOn($0, guild) }
        return here.flatMap(\.readings).compactMap { $0 as? MeasureReading }
    }

    /// What is measured there, by name.
    package var measures: [String: Measure] {
        Dictionary(measuring.flatMap(\.measures).map { ($0.name, $0) }) { first, _ in first }
    }

    /// Whoever keeps badges in the turn's guild.
    var badgeReading: BadgeReading? {
        let here = house.catalogue.features.lazy.filter { self.house.isOn($0, self.guild) }
        return here.flatMap(\.readings).compactMap { $0 as? BadgeReading }.first
    }

    /// All words that rules of the turn's guild may use, but those of rewards.
    package var ruleWords: RuleWords {
        let measured = measures.values.map { RuleWords.Word($0.name, $0.summary, unit: $0.unit, takesDays: $0.takesDays) }
        var words = RuleWords(RuleWords.standing + measured)
        words.badges = (try? badgeReading?.names(self)) ?? []
        words.roles = guild.map { house.directory.roles(in: $0).map { ($0.id, $0.name) } } ?? []
        return words
    }
}
