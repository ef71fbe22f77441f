internal import Kit
internal import Shared

/// What the house says to people.
enum HouseText {
    static let quarantine = "restored from a backup: older messages wait for house release"

    static func faults(_ count: Int64) -> String { count == 0 ? "none today" : "\(count) today, see house faults" }
    static func uncertain(_ count: Int64) -> String { "\(count) messages may or may not have arrived, see house outbox" }

    static func gapsMending(_ count: Int) -> String {
        "\(spelledGaps(count)) this week: what was said is being fetched back"
    }

    static func gapsMended(_ count: Int, messages: Int) -> String {
        "\(spelledGaps(count)) this week: \(messages) messages fetched back; reactions and voice of that time are not counted"
    }

    private static func spelledGaps(_ count: Int) -> String { count == 1 ? "1 gap" : "\(count) gaps" }

    static func status(_ signs: [Sign], version: String) -> Card {
        let worst =
            signs.contains { $0.state == .bad } ? Card.Tone.refused : signs.contains { $0.state == .warn } ? .warning : .good
        return Card(
            "Hearth \(words: version)",
            fields: signs.map { Card.Field("\(words: $0.label)", "\($0.value)\(words: mark($0.state))") }, tone: worst)
    }

    private static func mark(_ state: Sign.State) -> String {
        switch state {
        case .ok, .off: ""
        case .warn: " (!)"
        case .bad: " (!!)"
        }
    }

    // MARK: - Settings

    static func subject(_ name: String, _ place: SettingPlace) -> String {
        place.scope == .house ? "setting \(name) of the house" : "setting \(name) of \(place.scope.rawValue) \(place.target)"
    }

    static func wasSet(_ setting: AnySetting, _ place: SettingPlace, from before: JSON, to value: JSON) -> Card {
        let shown = shown(value, setting)
        if before == value { return Card(text: "\(strong: setting.name) is \(shown) \(there(place)).", tone: .good) }
        return Card(
            text: "\(strong: setting.name) is now \(shown) \(there(place)). It was \(Self.shown(before, setting)).", tone: .good
        )
    }

    static func wasUnset(_ setting: AnySetting, _ place: SettingPlace, wasSet: Bool, _ value: JSON) -> Card {
        let shown = shown(value, setting)
        guard wasSet else {
            return Card(text: "\(strong: setting.name) was not set \(there(place)); \(shown) counts, as before.")
        }
        return Card(text: "\(strong: setting.name) is no longer set \(there(place)); \(shown) counts again.", tone: .good)
    }

    static func settings(_ settings: [AnySetting], _ rows: [JSON]) -> Card {
        let lines = zip(settings, rows).map { setting, row -> Phrase in
            let origin = row["origin"]?.text ?? ""
            return """
                \(strong: setting.name)  \(shown(row["value"] ?? .null, setting))  \(words: origin == "default" ? "" : "(\(origin)) ")\
                \(words: row["summary"]?.text ?? "")
                """
        }
        return Card("Settings", text: .lines(lines), footer: "Change one with house set, take it back with house unset.")
    }

    private static func there(_ place: SettingPlace) -> Phrase {
        switch place.scope {
        case .house: "in the whole house"
        case .guild: "in this server"
        case .channel: ID<Channel>(place.target).map { "in \($0)" } ?? "in that channel"
        case .role: ID<Role>(place.target).map { "for \($0)" } ?? "for that role"
        }
    }

    /// Channels and roles by their names.
    private static func shown(_ value: JSON, _ setting: AnySetting) -> Phrase {
        switch setting.outline.kind {
        case .channel: value.id(Channel.self).map { "\($0)" } ?? "\(code: spelled(value))"
        case .role: value.id(Role.self).map { "\($0)" } ?? "\(code: spelled(value))"
        default: "\(code: spelled(value))"
        }
    }

    private static func spelled(_ value: JSON) -> String {
        switch value {
        case .null: "none"
        case .string(let text): text.isEmpty ? "(empty)" : text
        case .bool(let flag): flag ? "yes" : "no"
        case .double(let number): Int64(exactly: number).map(String.init) ?? value.line
        default: value.line
        }
    }

    // MARK: - Features

    static func features(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let state = row["on"]?.bool == true ? "on" : "off"
            return "\(strong: row["feature"]?.text ?? "")  \(words: state)  \(words: row["summary"]?.text ?? "")"
        }
        return Card("Features", text: .lines(lines), footer: "Switch with house enable and house disable.")
    }

    static func switched(_ feature: Feature, on: Bool, _ place: SettingPlace) -> Card {
        Card(text: "\(strong: feature.name) is now \(words: on ? "on" : "off") \(there(place)).", tone: .good)
    }

    // MARK: - Deeds

    static func disconnected(_ client: String) -> Card { Card(text: "Client \(client) is disconnected.", tone: .good) }

    static func cleared(_ count: Int) -> Card {
        Card(text: count == 1 ? "1 fault is struck from the list." : "\(count) faults are struck from the list.", tone: .good)
    }

    static func resolved(_ id: Int64, _ phase: String) -> Card {
        Card(
            text: "\(words: phase == "waiting" ? "Number \(id) goes out again." : "Number \(id) counts as \(phase).")",
            tone: .good)
    }

    static func released(_ held: Int64) -> Card {
        Card(text: "The quarantine is over; \(held) held messages go out now.", tone: .good)
    }

    static func tuned(_ changes: [Tuning.Change], _ board: [Tuning.Place], applied: Bool) -> Card {
        let lines = changes.map { one -> Phrase in
            "\(words: one.setting.name): \(spelled(one.before)) → \(spelled(one.after))"
        }
        let places = board.map { place -> Phrase in
            let was: Phrase = place.was.map { $0 == place.rank ? "as now" : "now \($0)" } ?? "new"
            return "\(strong: "\(place.rank).") \(place.member)  \(points: Int64(place.score * 1000)) (\(was))"
        }
        return Card(
            applied ? "Tuned" : "This would change", text: .lines(lines),
            fields: places.isEmpty
                ? [] : [.init("Had it always been so, the last 90 days", .lines(places), isInline: false)],
            footer: applied
                ? "Weights count from now on, decay for every day there was." : "Nothing has changed yet.",
            tone: applied ? .good : .plain)
    }

}
