internal import Kit
internal import Shared

/// What could be meant by what somebody has typed so far.
enum Completing {
    static func choices(_ command: Command, _ parameter: String, _ text: String, _ turn: Turn) throws -> [Choice] {
        guard let outline = command.parameters.first(where: { $0.name == parameter }) else {
            throw Refusal.invalid("There is no parameter \"\(parameter)\".", field: parameter)
        }
        let wanted = text.lowercased()
        func matching(_ all: [Choice]) -> [Choice] {
            let near = all.filter { $0.label.lowercased().hasPrefix(wanted) || $0.value.lowercased().hasPrefix(wanted) }
            let far = all.filter { choice in !near.contains(choice) && choice.label.lowercased().contains(wanted) }
            return Array((near + far).prefix(25))
        }
        switch outline.kind {
        case .choice(let all): return matching(all)
        case .yesNo: return matching([Choice("yes", "yes"), Choice("no", "no")])
        case .lookup(let lookup): return Array(try lookup.choices(turn, text).prefix(25))
        case .member:
            guard let guild = turn.guild else { return [] }
            return turn.house.directory.members(named: text, in: guild, limit: 25).map { Choice($0.name, $0.id.description) }
        case .role:
            guard let guild = turn.guild else { return [] }
            return matching(turn.house.directory.roles(in: guild).map { Choice($0.name, $0.id.description) })
        case .channel:
            guard let guild = turn.guild else { return [] }
            return matching(turn.house.directory.channels(in: guild).map { Choice($0.name, $0.id.description) })
        default: return []
        }
    }
}
