internal import Kit
internal import Shared

extension Topics {
    /// Every category there is something for: those that come along and the server's own.
    static func categories(_ turn: Turn) throws -> [String] {
        guard let guild = turn.guild else { return Starters.categories }
        let own = try turn.store.all("SELECT DISTINCT category FROM topics_own WHERE guild = \(guild) AND removed = 0") {
            $0.text(0)
        }
        return Set(Starters.categories + own).sorted()
    }

    static let categoryNames = Lookup("topics.category") { turn, text in
        let wanted = text.lowercased()
        return try categories(turn).filter { wanted.isEmpty || $0.contains(wanted) }.prefix(25).map { Choice($0, $0) }
    }

    /// One that there is; anything else is refused with the nearest one.
    static func knownCategory(_ given: String?, _ turn: Turn) throws -> String? {
        guard let given else { return nil }
        let word = given.lowercased()
        if word == "any" { return nil }
        let known = try categories(turn)
        if known.contains(word) { return word }
        let near = nearest(to: word, among: known).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal.invalid(
            "There is no category \"\(given.prefix(40))\".", field: "category",
            hint: near + "There are \(known.joined(separator: ", ")).")
    }

    static let anyCategory: Parameter<String?> = .optional(
        .lookup("category", "What it is about; anything when left out", categoryNames))

    /// The name of a category, which may be a new one.
    static let categoryName: Parameter<String> = {
        let inner = Parameter<String>.lookup("category", "One that there is, or a new one", categoryNames)
        return Parameter(inner.outline) { raw, context throws(Refusal) in
            let name = try inner.parse(raw, context).lowercased()
            guard (2...24).contains(name.count), name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" }), name != "any"
            else {
                throw .invalid("A category is a word of 2 to 24 letters, not \(raw.quoted).", hint: "Such as food or our-game.")
            }
            if name == Starters.trending {
                throw .invalid("Topics about what is trending come by themselves.", hint: "Choose another category.")
            }
            return name
        }
    }()
}
