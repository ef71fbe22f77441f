internal import Kit
internal import Shared

extension Catalogue {
    /// What settings are as long as nobody has set them: some have a variable of the environment, as other bots called it.
    func standards(_ environment: [String: String]) throws(Boot.Refused) -> [String: JSON] {
        var found: [String: JSON] = [:]
        for setting in settings {
            guard let name = setting.variable, let value = environment[name], !value.isEmpty else { continue }
            do throws(Refusal) { found[setting.name] = try setting.check(.text(value), .bare) } catch {
                throw Boot.Refused(
                    description: "environment \(name), which is \(setting.name) as long as nobody sets it: \(error.sentence)")
            }
        }
        return found
    }
}
