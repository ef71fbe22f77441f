internal import Shared

/// Finds out which method the words mean, by asking the daemon.
struct Resolution {
    var method: ControlMethod
    /// What follows the method's name on the line.
    var rest: [Options.Argument]

    init(_ arguments: [Options.Argument], _ exchange: Exchange) throws(Complaint) {
        let words = arguments.prefix { if case .word = $0 { true } else { false } }
            .map { argument in if case .word(let word) = argument { word } else { "" } }
        guard let first = words.first else {
            throw Complaint(.usage, "the command comes before its own flags", "See hearth --help.")
        }
        var candidates: [(name: String, words: Int)] = [(first, 1)]
        if !first.contains("."), words.count > 1 { candidates.insert((first + "." + words[1].underscored, 2), at: 0) }
        for candidate in candidates {
            if let method = try Self.describe(candidate.name, exchange) {
                self.method = method
                rest = Array(arguments.dropFirst(candidate.words))
                return
            }
        }
        throw try Self.unknown(candidates[0].name, feature: first, exchange)
    }

    static func describe(_ name: String, _ exchange: Exchange) throws(Complaint) -> ControlMethod? {
        do throws(Complaint) {
            return ControlMethod(try exchange.call("meta.describe", ["method": .string(name)]).result)
        } catch  where error.refusal.map({ ["unknown_method", "not_found", "invalid_value"].contains($0.name) }) == true {
            return nil
        }
    }

    /// Says what comes near, or what the feature can do if only a feature was named.
    private static func unknown(_ name: String, feature: String, _ exchange: Exchange) throws(Complaint) -> Complaint {
        let known = try MethodRow.all(exchange)
        let verbs = known.filter { $0.name.hasPrefix(feature + ".") }
        if name == feature, !verbs.isEmpty {
            var complaint = Complaint(.usage, "'\(feature)' wants a verb")
            complaint.advice = verbs.map { "hearth \($0.name.spoken)  \($0.summary)" }
            return complaint
        }
        let guess = nearest(to: name, among: known.map(\.name)).map { "Did you mean `hearth \($0.spoken)`?" }
        return Complaint(.usage, "there is no command '\(name.spoken)'", guess ?? "See `hearth methods`.")
    }
}

/// One line of `meta.methods`.
struct MethodRow {
    var name: String
    var summary: String

    static func all(_ exchange: Exchange) throws(Complaint) -> [MethodRow] {
        let rows = try exchange.call("meta.methods").result["rows"]?.array ?? []
        return rows.compactMap { row in
            row["method"]?.text.map { MethodRow(name: $0, summary: row["summary"]?.text ?? "") }
        }
    }
}

extension String {
    /// `activity.leaderboard` as it is typed in a shell.
    var spoken: String { String(map { $0 == "." ? " " : $0 }) }
}
