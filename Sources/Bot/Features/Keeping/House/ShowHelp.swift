internal import Kit
internal import Shared

extension HouseFeature {
    static let help = Command(
        "house.help", "What I can do, or how one command is used", also: ["help"], scope: .either, isPrivate: true,
        changes: false,
        returns: .record([
            "rows": .list(.record(["name": .text, "summary": .text, "usage": .text, "allowed": .flag, "feature": .text])),
            "command": .record([
                "name": .text, "summary": .text, "usage": .text, "example": .text, "also": .list(.text), "access": .text,
                "allowed": .flag, "on": .flag, "changes": .flag,
                "parameters": .list(
                    .record(["name": .text, "summary": .text, "kind": .text, "required": .flag, "default": .anything])),
            ]),
        ]), example: "activity leaderboard",
        .optional(.text("about", "A command, a feature, or a word to look for", longest: 100))
    ) { turn, about in
        let catalogue = turn.house.catalogue
        let guide = Guide(turn)
        guard let about = about.map(trimmed), !about.isEmpty else {
            let known = catalogue.commands.filter(guide.mayUse)
            return .done(
                HelpText.contents(catalogue.features, known, guide), data: ["rows": .array(known.map(guide.row))])
        }
        let dotted = about.lowercased().split { $0 == " " || $0 == "." }.joined(separator: ".")
        if let command = catalogue.command(dotted) {
            return .done(HelpText.page(command, guide), data: ["command": guide.page(command)])
        }
        let found = search(about, catalogue)
        guard !found.isEmpty else { throw unknown(about, dotted, catalogue) }
        return .done(HelpText.found(about, found, guide), data: ["rows": .array(found.map(guide.row))])
    }

    /// A feature's commands, else those in whose names or summaries all of the words occur; names first.
    private static func search(_ about: String, _ catalogue: Catalogue) -> [Command] {
        let words = about.lowercased().split { $0 == " " || $0 == "." }
        if words.count == 1, let feature = catalogue.feature(String(words[0])) { return feature.commands }
        func holds(_ texts: [String]) -> Bool {
            words.allSatisfy { word in texts.contains { $0.lowercased().contains(word) } }
        }
        let byName = catalogue.commands.filter { holds([$0.name] + $0.also) }
        let bySummary = catalogue.commands.filter { command in
            holds([command.name, command.summary] + command.also + command.parameters.map(\.summary))
                && !byName.contains { $0.name == command.name }
        }
        return byName + bySummary
    }

    private static func unknown(_ about: String, _ dotted: String, _ catalogue: Catalogue) -> Refusal {
        let near = catalogue.nearestCommand(to: dotted).flatMap(catalogue.command)?.name
        return Refusal.notFound(
            "I know nothing about \"\(about)\".",
            hint: near.map { "Did you mean \($0.split(separator: ".").joined(separator: " "))?" } ?? "See all with help.")
    }
}
