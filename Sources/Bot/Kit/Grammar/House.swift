package import Shared

/// What a turn may ask of the engine beside its store.
package protocol House: AnyObject {
    /// A setting's stored value, the nearest one that is set, as JSON; nil when nobody has set it.
    func stored(_ setting: String, guild: ID<Guild>?, channel: ID<Channel>?, roles: [ID<Role>]) -> JSON?
    /// Something worked out of a guild's settings, kept under its type until one of them changes.
    func compiled(_ kind: ObjectIdentifier, guild: ID<Guild>?, _ make: () -> AnyObject) -> AnyObject
    func hot<State: Hot>(_: State.Type) -> State
    /// Settings were written in this turn: what is kept of them is forgotten, so that whatever comes next obeys them.
    func settingsChanged()
    /// Is the feature on here, by what was said at start-up, what was set, and its default?
    func isOn(_ feature: Feature, _ guild: ID<Guild>?) -> Bool
    /// What prefix commands begin with here.
    func prefix(_ guild: ID<Guild>?) -> String
    /// The next times of a rule, as its zone's clocks show them. None when it is over, cannot be read, or comes more often than
    /// every hour.
    func occurrences(of rule: Recurrence, after: Instant, count: Int) throws -> [Instant]
    /// What a YAML document says; nil when it says nothing. What is none is refused with its line and column.
    func yaml(_ text: String) throws(Refusal) -> YAMLNode?
    var directory: any Directory { get }
    /// All that the house can do.
    var catalogue: Catalogue { get }
    /// Letters that nobody can guess, of the system's own chance and never the same twice.
    func secret() -> String
    /// Where backups are kept.
    var shelf: any Shelf { get }
    /// Every feature forgets a member of the turn's guild, for good: a restored backup forgets them again.
    func erase(_ member: ID<Member>, _ turn: Turn) throws -> Erasure
    /// What the running process knows of itself, for status and panels.
    var vitals: any Vitals { get }
}

/// How the house is: figures of the process and its links that lie in no table.
package protocol Vitals {
    /// Lines for the overview: key, label, value and ok, warn, bad or off.
    func signs(at now: Instant) -> [Sign]
    func clients() -> [JSON]
    /// Ends a client's connection; false when there is none of that name.
    func disconnect(_ client: String) -> Bool
    func routes() -> [JSON]
    func log(limit: Int) -> [JSON]
    /// The worst heartbeat of all shards; nil before the first.
    var latencyMilliseconds: Int? { get }
    var facts: HouseFacts { get }
    /// A number that nobody can foresee, for codes that must not be guessed; dice are thrown again in a replay, this is not.
    func secret() -> UInt64
}

package struct Sign: Hashable, Sendable {
    package enum State: String, Hashable, Sendable { case ok, warn, bad, off }
    package var key: String
    package var label: String
    package var value: String
    package var state: State
    package init(_ key: String, _ label: String, _ value: String, _ state: State) {
        self.key = key
        self.label = label
        self.value = value
        self.state = state
    }
}

extension Turn {
    /// The guild of a command that makes sense in one only; the engine has checked that there is one.
    package func requireGuild() throws(Refusal) -> ID<Guild> {
        guard let guild else {
            throw .invalid("This works in a server.", field: "guild", hint: "Name one with `guild`.")
        }
        return guild
    }

    package func requireMember() throws(Refusal) -> ID<Member> {
        guard let member = asker.member else {
            throw .invalid("Say which member you mean.", field: "member", hint: "An operator can name one with `as`.")
        }
        return member
    }

    /// Refuses who has seen an older version of what they change.
    package func require(version: Int64) throws(Refusal) {
        guard let expected = expectedVersion, expected != version else { return }
        throw .conflict(
            "Somebody changed this since you looked: it is at version \(version), not \(expected).",
            hint: "Look at it again, then decide.")
    }

    /// The same turn looking at one guild: for work of the whole house that goes through its guilds. It is for looking and for
    /// rows: what it emits, schedules and announces nobody carries out.
    package func inside(_ guild: ID<Guild>) -> Turn {
        Turn(
            cause: cause, now: now, late: late, guild: guild, channel: channel, asker: asker, door: door, locale: locale,
            store: store, house: house)
    }

    package subscript<Value>(setting: Setting<Value>) -> Value { value(of: setting, channel: channel) }

    package func value<Value>(of setting: Setting<Value>, channel: ID<Channel>?, roles: [ID<Role>] = []) -> Value {
        guard let stored = house.stored(setting.name, guild: guild, channel: channel, roles: roles),
            let value = try? setting.parameter.parse(.json(stored), .bare)
        else { return setting.standard }
        return value
    }

    package func hot<State: Hot>(_ state: State.Type) -> State { house.hot(state) }

    /// What parameters may look at while they are read in this turn.
    package func reading(resolved: JSON = .null) -> ReadingContext {
        ReadingContext(
            now: now, zone: zone, guild: guild, member: asker.member, names: GuildNames(house.directory, guild),
            resolved: resolved)
    }

    /// The guild's zone, in which its days begin.
    package var zone: Zone {
        let house = house
        let guild = guild
        return house.compiled(GuildZone.self, guild: guild) {
            let name = house.stored("house.zone", guild: guild, channel: nil, roles: []).flatMap(\.text)
            return GuildZone(zone: name.flatMap { try? Zone(named: $0) } ?? .utc)
        }.zone
    }
}

/// The zone in which a guild's days begin.
private final class GuildZone: Sendable {
    let zone: Zone
    init(zone: Zone) { self.zone = zone }
}

extension House {
    /// An object, so that asking for it on each event costs a look and no copy.
    package func compiled<Value: AnyObject & Sendable>(_ type: Value.Type, guild: ID<Guild>?, _ make: () -> Value) -> Value {
        // It lies under its own type and under no other.
        unsafeDowncast(compiled(ObjectIdentifier(type), guild: guild, make), to: type)
    }
}
