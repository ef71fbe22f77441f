internal import Shared

/// Everything that the house can do, looked up by name. Two things of one name stop the program at its start.
package struct Catalogue: Sendable {
    package struct Clash: Error, CustomStringConvertible, Sendable {
        package let description: String
    }

    package let features: [Feature]
    package let commands: [Command]
    package let panels: [Panel]
    private let commandsByName: [String: Command]
    private let featuresByName: [String: Feature]
    private let panelsByTopic: [String: Panel]
    private let settingsByName: [String: AnySetting]
    private let jobsByName: [String: AnyJob]

    /// In the order that is given, but for what others need: that comes before them. `first` names those that come first of all.
    package init(_ given: [Feature], first: [String] = []) throws(Clash) {
        let features = try Self.inOrder(given, first)
        var commandsByName: [String: Command] = [:]
        for command in features.flatMap(\.commands) {
            for name in [command.name] + command.also where commandsByName.updateValue(command, forKey: name) != nil {
                throw Clash(description: "two commands are called \(name)")
            }
        }
        self.features = features
        commands = features.flatMap(\.commands)
        panels = features.flatMap(\.panels)
        self.commandsByName = commandsByName
        featuresByName = try Self.byName(features, \.name, "features")
        panelsByTopic = try Self.byName(panels, \.topic, "panels")
        settingsByName = try Self.byName(features.flatMap(\.settings), \.name, "settings")
        jobsByName = try Self.byName(features.flatMap(\.jobs), \.name, "jobs")
    }

    private static func inOrder(_ features: [Feature], _ first: [String]) throws(Clash) -> [Feature] {
        let byName = try byName(features, \.name, "features")
        var placed: [Feature] = []
        var path: [String] = []
        func place(_ feature: Feature) throws(Clash) {
            if placed.contains(where: { $0.name == feature.name }) { return }
            guard !path.contains(feature.name) else {
                throw Clash(description: "\((path + [feature.name]).joined(separator: " needs "))")
            }
            path.append(feature.name)
            for need in feature.needs {
                guard let needed = byName[need] else {
                    throw Clash(description: "\(feature.name) needs the feature \(need), which is not in the house")
                }
                try place(needed)
            }
            path.removeLast()
            placed.append(feature)
        }
        for name in first {
            guard let feature = byName[name] else { throw Clash(description: "there is no feature \"\(name)\" to come first") }
            try place(feature)
        }
        for feature in features { try place(feature) }
        return placed
    }

    private static func byName<Thing>(
        _ things: [Thing], _ name: (Thing) -> String, _ kind: String
    ) throws(Clash) -> [String: Thing] {
        var table: [String: Thing] = [:]
        for thing in things where table.updateValue(thing, forKey: name(thing)) != nil {
            throw Clash(description: "two \(kind) are called \(name(thing))")
        }
        return table
    }

    package func command(_ name: String) -> Command? { commandsByName[name] }
    package func feature(_ name: String) -> Feature? { featuresByName[name] }
    package func panel(_ topic: String) -> Panel? { panelsByTopic[topic] }
    package func setting(_ name: String) -> AnySetting? { settingsByName[name] }
    package func job(_ name: String) -> AnyJob? { jobsByName[name] }
    /// What a feature of the house lets others read; nil when no feature here keeps such books.
    package func reading<Kind: Reading>(_: Kind.Type) -> Kind? {
        features.lazy.flatMap(\.readings).compactMap { $0 as? Kind }.first
    }
    /// What all features of the house let others read of their books, of one kind.
    package func readings<Kind: Reading>(_: Kind.Type) -> [Kind] { features.flatMap(\.readings).compactMap { $0 as? Kind } }
    package var settings: [AnySetting] { features.flatMap(\.settings) }

    /// The known command that is spelled most like this.
    package func nearestCommand(to name: String) -> String? { nearest(to: name, among: commandsByName.keys.sorted()) }
}
