internal import Kit
internal import Shared

/// Finds commands by what somebody wants in words of their own: "how do I mute someone" finds silence add. A word counts more
/// where a command is called by it than where it is described with it; one that means the same counts a little less, and one that
/// is only spelled alike less still.
struct HelpSearch {
    private let about: String
    private let words: [String]

    init(_ about: String) {
        self.about = about.lowercased()
        let all = Self.words(of: about)
        let telling = all.filter { !Self.fillers.contains($0) }
        words = telling.isEmpty ? all : telling
    }

    /// A feature's commands where one is named. Else those that have to do with all of the words, the best first; else those that
    /// have to do with most of them.
    func found(in catalogue: Catalogue) -> [Command] {
        if let feature = catalogue.feature(trimmed(about)) { return feature.commands }
        let isName = about.contains(".")
        let judged = catalogue.commands.enumerated().map { place, command in
            let terms = Terms(command, catalogue.feature(command.feature))
            let worths = words.map { terms.worth(of: $0, allowingTypos: !isName) }
            return (
                command: command, matched: worths.count { $0 > 0 }, worth: worths.reduce(0, +), place: place
            )
        }
        guard let most = judged.map(\.matched).max(), most > 0, 2 * most > words.count else { return [] }
        return judged.filter { $0.matched == most }.sorted { ($1.worth, $0.place) < ($0.worth, $1.place) }.map(\.command)
    }

    fileprivate static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map { stem(String($0)) }
    }

    /// Without the endings that change no meaning here.
    private static func stem(_ word: String) -> String {
        for ending in ["ings", "ing", "ies", "ed", "es", "s"] where word.count > ending.count + 3 && word.hasSuffix(ending) {
            return String(word.dropLast(ending.count)) + (ending == "ies" ? "y" : "")
        }
        return word
    }

    private static let fillers = Set(
        words(
            of: """
                a all an and any anything are can could do does everything for from get give how i if in is it make me my of
                or our please show someone somebody something that the their them there they this to want we what when where
                which who why will with you your
                """))

    /// Words that people use for the same thing.
    fileprivate static let likes: [Set<String>] = [
        "delete remove erase forget clear drop", "rank level leaderboard board top best standing", "mention ping tag notify",
        "mute silence quiet ignore shut", "statistics stats analytic figure report number chart graph dashboard",
        "event meeting gathering calendar appointment date", "role reward prize", "backup save copy snapshot",
        "setting config configure configuration option preference change set tune", "point xp score experience",
        "privacy data gdpr personal", "error fault bug crash problem wrong broken", "doctor check diagnose health fix repair",
        "undo revert back restore", "enable on activate start switch", "disable off deactivate stop switch",
        "join sign rsvp attend answer going", "remind reminder", "topic conversation question starter talk",
        "badge medal award achievement", "season contest competition period", "member user people person player",
        "optout decline leave unsubscribe", "log history audit record", "add create new make", "inactive away gone idle",
        "status alive up uptime latency slow", "key token api web",
    ].map { Set(words(of: $0)) }
}

/// What a command is called and described with, each word with its worth.
private struct Terms {
    private var worths: [String: Double] = [:]

    init(_ command: Command, _ feature: Feature?) {
        add(command.name, 5)
        for name in command.also { add(name, 4) }
        add(command.summary, 2)
        for parameter in command.parameters { add(parameter.name + " " + parameter.summary, 1) }
        if let feature { add(feature.summary, 0.5) }
    }

    private mutating func add(_ text: String, _ worth: Double) {
        for word in HelpSearch.words(of: text) { worths[word] = max(worths[word] ?? 0, worth) }
    }

    func worth(of word: String, allowingTypos: Bool) -> Double {
        var best = worths[word] ?? 0
        for group in HelpSearch.likes where group.contains(word) {
            for like in group { best = max(best, 0.7 * (worths[like] ?? 0)) }
        }
        for (term, worth) in worths where word.count > 2 && term.hasPrefix(word) { best = max(best, 0.8 * worth) }
        if best == 0, allowingTypos, word.count > 4, let near = nearest(to: word, among: worths.keys.sorted()) {
            best = 0.4 * (worths[near] ?? 0)
        }
        return best
    }
}
