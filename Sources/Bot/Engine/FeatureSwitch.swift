package import Kit
package import Shared

/// Whether a feature is on.
package enum FeatureSwitch {
    package static func isOn(_ feature: Feature, _ guild: ID<Guild>?, _ options: EngineOptions, _ stored: (String) -> JSON?)
        -> Bool
    {
        if options.featuresOff.contains(feature.name) { return false }
        if let on = stored("feature.\(feature.name)")?.bool { return on }
        return feature.isOnByDefault || options.featuresOn.contains(feature.name)
    }
}
