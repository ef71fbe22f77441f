internal import Kit
internal import Shared

extension HouseFeature {
    static let help = Command(
        "house.help", "What I can do, or how one command is used", also: ["help"], scope: .either, isPrivate: true,
        changes: false,
        returns: .record([
            "rows": .list(
                .record(["name": .text, "summary": .text, "usage": .text, "allowed": .flag, "why_not": .text, "feature": .text])
            ),
            "command": .record([
                "name": .text, "summary": .text, "usage": .text, "example": .text, "also": .list(.text), "access": .text,
                "allowed": .flag, "why_not": .text, "on": .flag, "changes": .flag,
                "parameters": .list(
                    .record(["name": .text, "summary": .text, "kind": .text, "required": .flag, "default": .anything])),
            ]),
        ]), example: "activity leaderboard",
        .optional(.text("about", "A command, a feature, or what you want in your own words", longest: 100))
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
        let found = HelpSearch(about).found(in: catalogue)
        guard !found.isEmpty else { throw unknown(about, dotted, catalogue) }
        return .done(HelpText.found(about, found, guide), data: ["rows": .array(found.map(guide.row))])
    }

    private static func unknown(_ about: String, _ dotted: String, _ catalogue: Catalogue) -> Refusal {
        let near = catalogue.nearestCommand(to: dotted).flatMap(catalogue.command)?.name
        return Refusal.notFound(
            "I know nothing about \"\(about)\".",
            hint: near.map { "Did you mean \($0.split(separator: ".").joined(separator: " "))?" } ?? "See all with help.")
    }
}
