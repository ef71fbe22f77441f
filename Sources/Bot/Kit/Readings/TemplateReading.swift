internal import Shared

/// Texts for announcements that a server keeps under names, as whoever keeps them knows.
package struct TemplateReading: Reading {
    /// Nil when there is none of that name in the turn's guild.
    package let named: @Sendable (Turn, String) throws -> Template?
    package let names: @Sendable (Turn) throws -> [String]

    package init(
        named: @escaping @Sendable (Turn, String) throws -> Template?, names: @escaping @Sendable (Turn) throws -> [String]
    ) {
        self.named = named
        self.names = names
    }

    /// What may stand in braces in each of them. Whoever announces something fills those that make sense for it.
    package static let places: [Template.Place] = [
        .init("title", "What it is called"), .init("description", "What it is about"), .init("when", "When it starts"),
        .init("until", "When it ends"), .init("relative", "How long it is until then"), .init("where", "Where it is"),
        .init("channel", "The channel"), .init("server", "The server's name"), .init("going", "How many are going"),
        .init("capacity", "How many may be going"), .init("number", "The event's number"),
        .init("member", "Who it is about, such as who has just come"),
    ]
}

extension Turn {
    package func template(named name: String) throws -> Template? {
        try house.catalogue.reading(TemplateReading.self)?.named(self, name)
    }

    /// Refuses a name that no text has.
    package func requireTemplate(named name: String, field: String) throws -> Template {
        if let found = try template(named: name) { return found }
        let names = try house.catalogue.reading(TemplateReading.self)?.names(self) ?? []
        let near = nearest(to: name, among: names).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no text called \"\(name.prefix(60))\" here.",
            hint: near + (names.isEmpty ? "Write one with templates set." : "There are: \(names.joined(separator: ", "))."),
            field: field)
    }
}
