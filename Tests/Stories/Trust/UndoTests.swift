import Kit
import Shared
import Testing
import Workbench

/// LEAD-06 for the whole house: every command that changes what is set up is run by its own example and taken back, and then
/// everything is as the export showed it before. A new command is among them by being there.
struct UndoTests {
    /// What has to be done first, where an example takes back what another one does.
    private static let prepared: [String: [String]] = [
        "house.unset": ["house.set activity.reply 3"],
        "pings.resume": ["pings.pause 1"], "pings.restore": ["pings.remove 1"], "pings.unspare": [],
        "pings.spare": ["pings.unspare role: Moderator"],
        "topics.restore": ["topics.remove 1"], "topics.resume": ["topics.pause 1"],
        "silence.end": ["silence.add"],
        "events.restore": ["events.archive 1"], "events.uncancel": ["events.cancel 1"],
        "events.keep": ["events.edit id: 1 recurrence: daily", "events.skip id: 1 on: 2026-12-24"],
        "badges.add": ["badges.remove Founder"], "badges.restore": ["badges.remove Founder"],
        "seasons.start": ["seasons.cancel Winter"], "seasons.reopen": ["seasons.cancel Winter"],
        "rewards.add": ["rewards.remove Regular"], "rewards.restore": ["rewards.remove Regular"],
        "rewards.resume": ["rewards.pause Regular"], "rewards.lock": ["rewards.unlock reward: Gold channel: #lounge"],
        "topics.add": ["topics.remove 1"],
        "house.disable": Array(withoutActivity.dropLast()), "house.enable": withoutActivity,
        "rules.edit": ["rules.add text: One", "rules.add text: Two", "rules.add text: Three"],
        "rules.move": ["rules.add text: One", "rules.add text: Two", "rules.add text: Three"],
        "rules.remove": ["rules.add text: One", "rules.add text: Two", "rules.add text: Three"],
        "rolemenus.edit": ["rolemenus.add"], "rolemenus.role": ["rolemenus.add"],
        "rolemenus.drop": ["rolemenus.add", "rolemenus.role id: 1 role: Champion"], "rolemenus.remove": ["rolemenus.add"],
        "rolemenus.restore": ["rolemenus.add", "rolemenus.remove 1"], "rolemenus.post": ["rolemenus.add"],
        "rolemenus.sync": ["rolemenus.add"],
        "house.tune": [], "guild.restore": ["badges.edit badge: Founder text: Other"],
        "audit.undo": ["badges.edit badge: Founder text: Other"],
    ]

    /// Nothing is switched off that something else needs.
    private static let withoutActivity = ["imports", "history", "seasons", "levels", "analytics", "activity"]
        .map { "house.disable \($0)" }

    /// Where the example itself would change nothing.
    private static let instead = [
        "templates.set": "templates.set name: party text: Feast with {title}!",
        "house.tune": "house.tune reply: 3 decay: 0.97", "guild.apply": "guild.apply text: \"settings: {activity.reply: 3}\"",
        "events.import":
            "events.import calendar: \"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a@b\nSUMMARY:Feast\nDTSTART:20261201T180000Z\nEND:VEVENT\nEND:VCALENDAR\" channel: general",
    ]

    private static let commands = hearthdCommands.filter { command in
        command.changes && command.access > .everyone && command.access < .houseOwner && !undeclared.contains(command.feature)
    }.map(\.name)

    /// They have not declared yet what of their rows is set up; until then nobody knows whether it comes back.
    private static let undeclared: Set<String> = ["onboarding", "reminders", "tickets", "faq"]

    /// They change nothing that is set up: what they do is with members, with Discord, or with the house.
    private static let others: Set<String> = [
        "activity.override", "activity.withdraw", "badges.give", "badges.take", "levels.reset", "levels.restore",
        "rewards.award", "rewards.revoke", "rewards.winners", "rewards.apply", "members.purge", "events.answered",
        "events.attend",
        "events.repost", "events.remind", "events.thread", "templates.post", "pings.fire", "pings.test", "analytics.export",
        "rolemenus.post", "rolemenus.sync", "history.start", "history.stop", "imports.take", "imports.withdraw",
        "house.clear_faults", "house.resolve", "house.disconnect", "events.announce",
        "house.link", "house.confirm", "house.unlink", "privacy.publish", "privacy.unpublish", "keys.create", "keys.revoke",
    ]

    @Test(arguments: commands)
    func `LEAD-06 what is taken back is as it was before`(name: String) throws {
        let bench = try Bench.furnished()
        for line in Self.prepared[name] ?? [] { try bench.carriesOut(line) }
        let before = try bench.exported()
        do {
            if name == "audit.undo" {
                try bench.confirmed(name, ["id": try bench.lastEntry()])
            } else {
                try bench.carriesOut(Self.instead[name] ?? name)
            }
        } catch let refusal as Refusal {
            guard !Self.others.contains(name) else { return }
            Issue.record("the example of \(name) is refused: \(refusal.sentence) \(refusal.hint ?? "")")
            return
        }
        let after = try bench.exported()
        guard after != before else {
            #expect(
                Self.others.contains(name), "\(name) changed nothing that is set up: give it an example that does, or say why")
            return
        }
        #expect(!Self.others.contains(name), "\(name) changes what is set up after all")
        // Whoever thinks better of it does so later, and perhaps in another life of the bot.
        bench.clock.pass(3.hours)
        try bench.restart()
        let entry = try bench.lastEntry()
        try bench.confirmed("audit.undo", ["id": entry])
        #expect(try bench.exported() == before, "\(name) is not taken back")
        try bench.confirmed("audit.undo", ["id": try bench.lastEntry()])
        #expect(try bench.exported() == after, "\(name) is not done again by taking its undoing back")
    }
}

private let hearthdCommands = (try? Catalogue(houseFeatures).commands) ?? []

extension Bench {
    /// The number of the newest entry of the audit.
    func lastEntry() throws -> JSON { try run("audit.list", ["limit": 1])["rows"]?[0]?["id"] ?? .null }
}
