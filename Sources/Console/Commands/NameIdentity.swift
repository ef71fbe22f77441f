internal import Shared

extension Options {
    /// Who sits here. With a command `--as` names a member, so there it is the key's line in authorized_keys, or HEARTH_AS, that
    /// says who asks.
    func identity(_ world: World, runsCommand: Bool) -> ControlIdentity {
        let named = forcedName ?? (runsCommand ? nil : name) ?? world.environment["HEARTH_AS"]
        return ControlIdentity(name: named.flatMap { $0.isEmpty ? nil : $0 }, role: role)
    }

    /// The same line, asked by whom a key's line names and where it says.
    func forced(by key: Options) -> Options {
        var options = self
        options.forcedName = key.name
        options.role = key.role
        options.socket = key.socket
        options.host = key.host
        return options
    }
}
