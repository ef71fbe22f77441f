internal import Kit
internal import Shared

/// What staff are told of members.
enum MembersText {
    static func list(_ lines: [MemberRoll.Line], of total: Int) -> Card {
        Card(
            "\(words: counted(Int64(total), "member"))", text: lines.isEmpty ? "Nobody." : .lines(lines.prefix(30).map(line)),
            footer: lines.isEmpty ? nil : "More of one: members show.")
    }

    static func inactive(_ lines: [MemberRoll.Line], of total: Int, _ days: Int) -> Card {
        Card(
            "\(words: counted(Int64(total), "member")) away for \(days) days or more",
            text: lines.isEmpty ? "Everybody has been active since." : .lines(lines.prefix(30).map(line)),
            footer: lines.isEmpty
                ? nil : "Nothing has happened to them. members purge forgets or removes them, and asks first.")
    }

    static func show(_ profile: MemberProfile, _ figures: [(name: String, value: Double, unit: String)]) -> Card {
        let joined: Phrase = profile.joined.map { "\($0, .date)" } ?? "unknown"
        let roles = profile.roles.map { "\($0)" as Phrase }
        let told = figures.filter { $0.value != 0 }.map { figure -> Phrase in
            "\(words: figure.name.replacing("_", with: " ")): \(words: amount(figure.value, figure.unit, of: figure.name))"
        }
        return Card(
            "\(profile.name)",
            fields: [
                .init("Name", "\(profile.username)"), .init("Joined", joined),
                .init("Account since", "\(profile.id.created, .date)"),
                .init("Roles", roles.isEmpty ? "none" : .lines(roles), isInline: false),
                .init("Figures", told.isEmpty ? "nothing yet" : .lines(told), isInline: false),
            ], footer: "Where a score comes from: activity why.")
    }

    /// "1 day", "20 messages"; a level of 4 is not "4 levels".
    private static func amount(_ value: Double, _ unit: String, of name: String) -> String {
        let number = spelled(figure: (value * 10).rounded() / 10)
        if unit == name || unit == name + "s" { return number }
        return "\(number) \(value == 1 && unit.hasSuffix("s") ? String(unit.dropLast()) : unit)"
    }

    static func purging(_ count: Int, _ blocked: Int, _ days: Int, _ way: Members.Way) -> Card {
        let deed: Phrase =
            way == .kick
            ? "\(count) members who have been away for \(days) days are being removed."
            : "What is kept about \(count) members who have been away for \(days) days is being forgotten."
        let rest: Phrase = blocked == 0 ? "" : " \(blocked) more stand too high for me."
        return Card(
            text: deed + rest, footer: "house jobs shows how far it is. Who comes back before their turn is left alone.",
            tone: .warning)
    }

    private static func line(_ line: MemberRoll.Line) -> Phrase {
        let away: Phrase = line.idle.map { $0 == 0 ? "active today" : "\($0) days away" } ?? "never seen"
        return "\(line.id)  \(away), score \(points: Int64((line.score * 10).rounded()) * 100)"
    }
}
