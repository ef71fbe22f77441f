internal import Shared

/// `hearth complete WORDS… PARTIAL`, asked by the shells' completion: candidates, one a line, the reason after a tab. It
/// stays silent rather than slow.
struct Complete {
    /// Nobody waits for a Tab. A slow road may be given more.
    static func patience(_ environment: [String: String]) -> Int {
        environment["HEARTH_COMPLETION_MS"].flatMap(Int.init).map { max(1, $0) } ?? 150
    }

    let exchange: Exchange
    let world: World
    let options: Options
    let words: [String]

    private static let verbs = [
        Candidate("call", "Run a command with JSON"), Candidate("watch", "Follow a live table"),
        Candidate("methods", "All commands"), Candidate("describe", "Everything about a command"),
        Candidate("status", "How the daemon is"), Candidate("completion", "Teach a shell"),
        Candidate("bridge", "Standard streams to the socket"),
    ]

    /// A candidate that the daemon chose for what is written need not begin with it: a member is found by name, given by id.
    private struct Candidate {
        var value: String
        var reason: String
        var fits = false

        init(_ value: String, _ reason: String = "", fits: Bool = false) {
            self.value = value
            self.reason = reason
            self.fits = fits
        }
    }

    func run() {
        guard let found = try? candidates() else { return }
        let partial = words.last ?? ""
        let inline = partial.hasPrefix("--") ? partial.firstIndex(of: "=").map { String(partial[...$0]) } ?? "" : ""
        for candidate in found where candidate.fits || (inline + candidate.value).hasPrefix(partial) {
            let line = (inline + candidate.value).inert + (candidate.reason.isEmpty ? "" : "\t" + candidate.reason.inert)
            if !world.write(line + "\n") { return }
        }
    }

    private func candidates() throws(Complaint) -> [Candidate] {
        let partial = words.last ?? ""
        let before = Array(words.dropLast())
        if let (flag, text) = openFlag(before, partial) { return try values(of: flag, text, before) }
        if partial.hasPrefix("--") { return try flags(before) }
        let plain = before.filter { !$0.hasPrefix("--") }
        switch plain.first {
        case nil:
            let features = try MethodRow.all(exchange).compactMap { $0.name.split(separator: ".").first.map(String.init) }
            var seen: Set<String> = []
            return Self.verbs + features.filter { seen.insert($0).inserted }.map { Candidate($0) }
        case "call", "describe":
            return plain.count == 1 ? try MethodRow.all(exchange).map { Candidate($0.name, $0.summary) } : []
        case "watch":
            let rows = try exchange.call("meta.panels").result["rows"]?.array ?? []
            return plain.count == 1
                ? rows.compactMap { row in row["topic"]?.text.map { Candidate($0, row["summary"]?.text ?? "") } } : []
        case "completion": return ["bash", "zsh", "fish"].map { Candidate($0) }
        case .some(let feature):
            guard plain.count == 1 else { return [] }
            return try MethodRow.all(exchange).filter { $0.name.hasPrefix(feature + ".") }
                .map { Candidate(String($0.name.dropFirst(feature.count + 1)), $0.summary) }
        }
    }

    /// The flag whose value is being written, if one is.
    private func openFlag(_ before: [String], _ partial: String) -> (name: String, text: String)? {
        if partial.hasPrefix("--"), let equals = partial.firstIndex(of: "=") {
            return (String(partial[..<equals].dropFirst(2)), String(partial[partial.index(after: equals)...]))
        }
        guard !partial.hasPrefix("--"), let last = before.last, last.hasPrefix("--"), !last.contains("=") else { return nil }
        let name = String(last.dropFirst(2))
        if let own = Options.flags.first(where: { $0.name == name }), own.value == nil { return nil }
        return (name, partial)
    }

    private func flags(_ before: [String]) throws(Complaint) -> [Candidate] {
        let own = try described(before)?.parameters.map { Candidate("--" + $0.name.dashed, $0.summary) } ?? []
        return own + Options.flags.map { Candidate("--" + $0.name, $0.summary) }
    }

    private func values(of flag: String, _ text: String, _ before: [String]) throws(Complaint) -> [Candidate] {
        if flag == "guild" { return try GuildChoice.all(exchange).map { Candidate($0.name, $0.id) } }
        guard let method = try described(before),
            let parameter = method.parameters.first(where: { $0.name == flag.underscored })
        else { return [] }
        if !parameter.choices.isEmpty {
            return parameter.choices.map { Candidate($0.value, $0.label == $0.value ? "" : $0.label) }
        }
        if parameter.kind == .yesNo { return [Candidate("yes"), Candidate("no")] }
        guard parameter.completes else { return [] }
        let guild = try GuildChoice(options, world).id(for: method.scope, exchange)
        let params: JSON = .fields([
            "method": .string(method.name), "parameter": .string(parameter.name), "text": .string(text), "guild": guild,
        ])
        return (try exchange.call("meta.complete", params).result["choices"]?.array ?? []).compactMap { choice in
            ControlParameter.Choice(choice).map { Candidate($0.value, $0.label, fits: true) }
        }
    }

    private func described(_ before: [String]) throws(Complaint) -> ControlMethod? {
        let plain = before.prefix { !$0.hasPrefix("--") }.map(Options.Argument.word)
        return plain.isEmpty ? nil : try Resolution(plain, exchange).method
    }
}
