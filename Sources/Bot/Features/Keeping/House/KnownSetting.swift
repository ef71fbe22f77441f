internal import Kit
internal import Shared

extension HouseFeature {
    static let settingNames = Lookup("settings") { turn, text in
        let wanted = text.lowercased()
        let all = turn.house.catalogue.settings.map(\.name).sorted()
        let near = all.filter { $0.hasPrefix(wanted) }
        let far = all.filter { !$0.hasPrefix(wanted) && $0.contains(wanted) }
        return (near + far).prefix(25).map { Choice($0, $0) }
    }

    /// The setting of this name; a typo is told the nearest one.
    static func knownSetting(_ name: String, _ turn: Turn) throws(Refusal) -> AnySetting {
        if let setting = turn.house.catalogue.setting(name.lowercased()) { return setting }
        let near = nearest(to: name, among: turn.house.catalogue.settings.map(\.name).sorted())
        throw Refusal(
            .notFound, "There is no setting \"\(name.prefix(60))\".",
            hint: near.map { "Did you mean \($0)?" } ?? "See them all with house settings.", field: "name")
    }

    static let scopeWords = Parameter<SettingPlace.Scope>.oneOf(
        "scope", "Where it counts: this server when left out")
    static let targetWord = Parameter<String>.text("target", "Which channel or role, for those scopes", longest: 100)

    /// As it was given, for the setting itself to read.
    static let newValue = Parameter<Raw>(Outline("value", "The new value", .text(longest: 2000))) { raw, _ in raw }
}
