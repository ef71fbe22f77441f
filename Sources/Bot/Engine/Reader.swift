internal import Kit
internal import Shared

/// Answers what changes nothing, on a thread and a connection of its own.
final class Reader: House {
    private let store: any ReadingConnection
    private let setting: ReaderSetting
    private let settings: SettingsBook
    private var edition: Int64 = 0

    private let report: @Sendable (Fault) -> Void

    init(store: any ReadingConnection, setting: ReaderSetting, report: @escaping @Sendable (Fault) -> Void) {
        self.store = store
        self.setting = setting
        settings = SettingsBook(standards: setting.options.standards)
        self.report = report
    }

    /// What is remembered of the settings is of this edition, or is forgotten.
    func take(edition: Int64) {
        if self.edition != edition { settings.forget() }
        self.edition = edition
    }

    /// All that is read inside is of the same commit; where that cannot be had, it is read all the same.
    func glance(_ body: () -> Void) {
        var isDone = false
        try? store.glance {
            body()
            isDone = true
        }
        if !isDone { body() }
    }

    func answer(_ request: Request) -> Answered {
        let turn = turn(request.guild, request.person)
        let answering = Answering(house: self, turn, wantsCard: request.wantsCard)
        let values = request.params.members.reduce(into: [String: Raw]()) { $0[$1.key] = .json($1.value) }
        let command = request.command
        do {
            try admit(command.feature, command.scope, command.access, turn, name: command.name)
            if command.isForMembers { _ = try turn.requireMember() }
            let started = setting.clocks.steadyNanoseconds()
            let reply = try command.run(turn, Arguments(values, in: turn.reading()))
            setting.vitals.noteRoute(
                command.name, nanoseconds: setting.clocks.steadyNanoseconds() - started, handled: true, failed: false)
            if request.isDryRun {
                return .planned(Plan(changes: [], effects: [], canBeUndone: true), confirm: nil, data: reply.data)
            }
            return answering.answered(.replied(reply))
        } catch let refusal as Refusal {
            return answering.answered(.refused(refusal))
        } catch {
            setting.vitals.noteRoute(command.name, nanoseconds: 0, handled: true, failed: true)
            let fault = Fault(command.name, error, in: request.guild)
            report(fault)
            return answering.answered(.failed(fault))
        }
    }

    func lines(_ look: Look) -> Result<[Panel.Line], Refusal> {
        let turn = turn(look.guild, look.person)
        let values = look.params.members.reduce(into: [String: Raw]()) { $0[$1.key] = .json($1.value) }
        do {
            let feature = String(look.panel.topic.prefix { $0 != "." })
            try admit(feature, look.panel.scope, look.panel.access, turn, name: look.panel.topic)
            return .success(try look.panel.lines(turn, Arguments(values, in: turn.reading())))
        } catch let refusal as Refusal {
            return .failure(refusal)
        } catch {
            let fault = Fault(look.panel.topic, error, in: look.guild)
            report(fault)
            return .failure(
                .unavailable(
                    "\(look.panel.topic) failed.", hint: "Tell whoever maintains this bot the reference \(fault.reference)."))
        }
    }

    func choices(_ request: Completion) -> Result<[Choice], Refusal> {
        do {
            return .success(
                try Completing.choices(request.command, request.parameter, request.text, turn(request.guild, request.person)))
        } catch let refusal as Refusal {
            return .failure(refusal)
        } catch {
            return .failure(.unavailable("Completion failed: \(error)"))
        }
    }

    /// Nil where it cannot be told: then it opens nothing.
    func key(_ digest: String) -> AccessKey? {
        let turn = turn(nil, .init(user: .max, name: "web", role: .viewer, client: "web"))
        return catalogue.readings(AccessKeyReading.self).lazy.compactMap { try? $0.find(turn, digest) }.first
    }

    /// What cannot be measured now is left out.
    func metrics() -> [Metric] {
        let turn = turn(nil, .init(user: .max, name: "web", role: .viewer, client: "web"))
        return catalogue.readings(MetricReading.self).flatMap { (try? $0.metrics(turn)) ?? [] }
    }

    func guilds() -> [GuildProfile] { directory.guilds() }

    func guilds(with setting: String) -> [ID<Guild>] {
        let found = try? store.all(
            "SELECT target FROM house_settings WHERE scope = 'guild' AND name = \(setting) AND value = 'true' ORDER BY target"
        ) { $0.id(0, Guild.self) }
        return found?.compactMap(\.self) ?? []
    }

    private func turn(_ guild: ID<Guild>?, _ person: Asker.Operator) -> Turn {
        let now = setting.clocks.wall()
        return Turn(
            cause: .request("read"), now: now, guild: guild, asker: .unix(person), door: .socket, store: store, house: self)
    }

    private func admit(_ feature: String, _ scope: Scope, _ access: Access, _ turn: Turn, name: String) throws(Refusal) {
        if scope == .guild {
            let guild = try turn.requireGuild()
            guard directory.guild(guild) != nil else {
                throw .notFound("I am not in a server with the id \(guild).", hint: "See them with: hearth house guilds")
            }
        }
        if let known = setting.catalogue.feature(feature), !isOn(known, turn.guild) {
            throw .unavailable("\(feature) is switched off here.", hint: "Switch it on with: hearth house enable \(feature)")
        }
        guard turn.asker.may(access) else { throw .forbidden("\(name) is for \(access.spelled).") }
    }

    // MARK: - House

    var directory: any Directory { StoredDirectory(store: store) }
    var vitals: any Vitals { setting.vitals }
    var catalogue: Catalogue { setting.catalogue }

    func isOn(_ feature: Feature, _ guild: ID<Guild>?) -> Bool {
        FeatureSwitch.isOn(feature, guild, setting.options) { stored($0, guild: guild, channel: nil, roles: []) }
    }

    func stored(_ name: String, guild: ID<Guild>?, channel: ID<Channel>?, roles: [ID<Role>]) -> JSON? {
        settings.stored(name, guild: guild, channel: channel, roles: roles, from: store)
    }

    func compiled(_ kind: ObjectIdentifier, guild: ID<Guild>?, _ make: () -> AnyObject) -> AnyObject {
        settings.compiled(kind, guild: guild, make)
    }

    func settingsChanged() { settings.forget() }

    /// Readers have no hot state: they read rows, and the engine has written its own before they are asked.
    func hot<State: Hot>(_: State.Type) -> State { State() }

    func prefix(_ guild: ID<Guild>?) -> String {
        let own = stored(HouseSettings.prefixes.name, guild: guild, channel: nil, roles: [])?.text ?? ""
        return own.split(separator: " ").first.map(String.init) ?? setting.options.prefixes.first ?? ""
    }

    func occurrences(of rule: Recurrence, after: Instant, count: Int) throws -> [Instant] {
        try Recurrences.occurrences(of: rule, after: after, count: count)
    }

    func yaml(_ text: String) throws(Refusal) -> YAMLNode? { try ReadYAML.node(of: text) }

    func erase(_: ID<Member>, _: Turn) throws -> Erasure { throw Refusal.unavailable("Readers change nothing.") }

    func secret() -> String { Secrets.letters(43) }

    var shelf: any Shelf { setting.shelf }
}
