internal import Discord
internal import Engine
internal import Kit
internal import Machine
internal import Shared

/// Has Discord know the commands that each server wants: everybody's, and the old names where a server asks for them.
final class SlashNames: Sendable {
    private struct State {
        /// Whether each server that ever asked since the start wants old names now: where it does not any more, they are
        /// taken back.
        var wishes: [ID<Guild>: Bool]?
        var isLooking = false
        var hasChanged = false
    }

    private let desk: FrontDesk
    private let testGuilds: [ID<Guild>]
    private let register: @Sendable ([CommandSet]) -> Void
    private let state = Lock(State())

    init(_ desk: FrontDesk, testGuilds: [ID<Guild>], register: @escaping @Sendable ([CommandSet]) -> Void) {
        self.desk = desk
        self.testGuilds = testGuilds
        self.register = register
        desk.whenCommitted { [weak self] tables in if tables.contains("house_settings") { self?.look() } }
    }

    /// Looks who asks for old names; one look at a time, and another one when something changed meanwhile.
    func look() {
        let mayLook = state.locked { state in
            defer { state.isLooking = true }
            state.hasChanged = state.isLooking
            return !state.isLooking
        }
        guard mayLook else { return }
        desk.guilds(with: HouseSettings.oldNames.name) { [weak self] wanting in self?.give(to: Set(wanting)) }
    }

    private func give(to wanting: Set<ID<Guild>>) {
        let (news, again) = state.locked { state in
            var wishes = (state.wishes ?? [:]).mapValues { _ in false }
            for guild in wanting { wishes[guild] = true }
            let news = wishes == state.wishes ? nil : wishes
            let again = state.hasChanged
            state = State(wishes: wishes)
            return (news, again)
        }
        if let news { register(SlashCommands.sets(desk.catalogue, testGuilds: testGuilds, oldNames: news)) }
        if again { look() }
    }
}
