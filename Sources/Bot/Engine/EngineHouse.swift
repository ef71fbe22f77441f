internal import Kit
internal import Shared

/// What a turn on the engine's thread may ask of it.
extension Engine: House {
    var storedDirectory: StoredDirectory { StoredDirectory(store: store) }
    var directory: any Directory { storedDirectory }
    var vitals: any Vitals { houseVitals }

    func stored(_ setting: String, guild: ID<Guild>?, channel: ID<Channel>?, roles: [ID<Role>]) -> JSON? {
        settings.stored(setting, guild: guild, channel: channel, roles: roles, from: store)
    }

    func compiled(_ kind: ObjectIdentifier, guild: ID<Guild>?, _ make: () -> AnyObject) -> AnyObject {
        settings.compiled(kind, guild: guild, make)
    }

    func settingsChanged() {
        settings.forget()
        ears = [:]
    }

    func hot<State: Hot>(_ type: State.Type) -> State {
        hotTouched = true
        // It lies under its own type and under no other.
        if let known = hots[ObjectIdentifier(type)] { return unsafeDowncast(known, to: type) }
        let state = State()
        hots[ObjectIdentifier(type)] = state
        return state
    }

    func occurrences(of rule: Recurrence, after: Instant, count: Int) throws -> [Instant] {
        try Recurrences.occurrences(of: rule, after: after, count: count)
    }

    func yaml(_ text: String) throws(Refusal) -> YAMLNode? { try ReadYAML.node(of: text) }

    func secret() -> String { Secrets.letters(43) }

    var shelf: any Shelf { BusyShelf() }
}

/// Whoever asks here would hold everybody up.
private struct BusyShelf: Shelf {
    func make(_: String?) throws -> Backup { throw Self.refusal }
    func all() throws -> [Backup] { throw Self.refusal }
    func drill(_: String?) throws -> Backup { throw Self.refusal }

    private static let refusal = Refusal.unavailable(
        "A backup would hold up everything that waits here.", hint: "Run it in a shell: hearth house backup")
}
