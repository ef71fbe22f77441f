internal import Kit
internal import Shared

extension Onboarding {
    /// What stands in the way of somebody who comes.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        guard let poster = try NoticeRows.find(guild, in: turn.store), poster.isSetUp(turn) else { return [] }
        var found: [Symptom] = []
        if let trouble = poster.trouble { found.append(Symptom("onboarding.message", .bad, trouble: trouble)) }
        let rights = RoleRights(guild, turn)
        let questions = try QuestionRows.all(of: guild, in: turn.store)
        let roles = Set([turn[role]].compactMap(\.self) + questions.flatMap { $0.body.options.compactMap(\.role) })
        for role in roles.sorted() {
            guard let trouble = rights.trouble(with: role) else { continue }
            found.append(Symptom("onboarding.role.\(role)", .bad, trouble: "Onboarding cannot give a role: \(trouble)"))
        }
        for (key, place, what) in [
            ("greeting", turn[greets] == .no ? nil : turn[greetingChannel], "Nobody can be greeted"),
            ("log", turn[logChannel], "Staff hear nothing of who finishes"),
        ] {
            guard let place, let refusal = turn.whyNotPost(in: place) else { continue }
            found.append(Symptom("onboarding.\(key)", .bad, "\(what): \(refusal.sentence)", fix: refusal.hint ?? ""))
        }
        if turn[greets] == .channel, turn[greetingChannel] == nil {
            found.append(
                Symptom(
                    "onboarding.greeting", .warn, "Who joins is to be greeted in a channel, and none is set.",
                    fix: "Set onboarding.greeting_channel."))
        }
        if turn[removeAfter] > .zero, rights.lacks(.kickMembers) {
            found.append(
                Symptom(
                    "onboarding.remove", .bad, "Who never finishes cannot be removed: I lack Kick Members.",
                    fix: "Grant it to my role in the server's settings."))
        }
        if turn[greets] != .no, turn[greeting] != "standard", try turn.template(named: turn[greeting]) == nil {
            found.append(
                Symptom(
                    "onboarding.text", .warn, "There is no text called \"\(turn[greeting])\" to greet with; mine is used.",
                    fix: "Write it with templates set."))
        }
        return found
    }
}
