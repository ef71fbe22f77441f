internal import Kit
internal import Shared

extension Onboarding {
    /// ONB-07: it is over: staff read it, and the roles come.
    static func complete(_ journey: inout Journey, _ walk: Walk, _ turn: Turn) throws {
        guard journey.finished == nil else { return }
        journey.finished = turn.now
        // Answers to a branch that was left again were never sent.
        for id in walk.answers.keys where !walk.asked.contains(where: { $0.id == id }) {
            try turn.store.run(
                """
                DELETE FROM onboarding_answers
                WHERE guild = \(journey.guild) AND member = \(journey.member) AND question = \(id)
                """)
        }
        let blocked = try giveRoles(&journey, walk, turn)
        try tellStaff(OnboardingText.finished(journey, walk, blocked), turn)
    }

    /// Gives what somebody has earned by finishing; answers which roles cannot be given, and why.
    static func giveRoles(_ journey: inout Journey, _ walk: Walk, _ turn: Turn) throws -> [String] {
        let roles = ([turn[role]].compactMap(\.self) + walk.roles).reduce(into: [ID<Role>]()) { list, role in
            if !list.contains(role) { list.append(role) }
        }
        let profile = turn.house.directory.member(journey.member, in: journey.guild)
        guard profile?.isPending != true else {
            journey.roles = roles.isEmpty ? .none : .waiting
            return []
        }
        let rights = RoleRights(journey.guild, turn)
        var blocked: [String] = []
        var isSent = false
        for role in roles where profile?.roles.contains(role) != true {
            if let trouble = rights.trouble(with: role) {
                blocked.append(trouble)
                continue
            }
            isSent = true
            try turn.emit(
                .addRole(guild: journey.guild, member: journey.member, role: .known(role), reason: "Finished the onboarding"),
                receiptTo: given, Giving(guild: journey.guild, member: journey.member, role: role))
        }
        journey.roles = !blocked.isEmpty ? .refused : isSent ? .sent : roles.isEmpty ? .none : .given
        return blocked
    }

    struct Giving: Codable, Sendable {
        var guild: ID<Guild>
        var member: ID<Member>
        var role: ID<Role>
    }

    /// What Discord said of a role.
    static let given: Job<Giving> = Job("onboarding.given", late: .always) { turn, giving in
        guard var journey = try JourneyRows.find(giving.member, in: giving.guild, turn.store) else { return }
        switch turn.receipt?.outcome {
        case .done: if journey.roles == .sent { journey.roles = .given }
        case .refused(let code, let words):
            // Who has left in the meantime gets them when they come back.
            guard code != 10007 && code != 10013 else { return }
            journey.roles = .refused
            try tellStaff(OnboardingText.refusedRole(giving.role, giving.member, "\(code): \(words)"), turn)
        case .uncertain, .expired, nil: return
        }
        try JourneyRows.write(journey, in: turn.store)
    }

    /// Writes to the channel of staff, where there is one that can be written in.
    static func tellStaff(_ card: Card, _ turn: Turn) throws {
        guard let place = turn[logChannel], turn.whyNotPost(in: place) == nil else { return }
        turn.emit(.post(channel: .known(place), Post(card)))
    }
}
