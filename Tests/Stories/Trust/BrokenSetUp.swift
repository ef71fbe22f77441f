import Kit
import Shared
import Testing
import Workbench

/// A server in which one thing does not work, and what the doctor has to say of it.
struct BrokenSetUp: Sendable, CustomTestStringConvertible {
    /// What only Discord's own settings mend: words that the fix has to say, and their doing.
    struct Deed: Sendable {
        var words: [String]
        var done: @Sendable (Bench) -> Void
    }

    var name: String
    var key: String
    var says: String
    var before: [String] = []
    var breaks: @Sendable (Bench) throws -> Void
    var inDiscord: Deed?

    var testDescription: String { name }

    static let all = rights + settings + pings + topics + events + rewards + others

    private static let mended = Deed(words: ["Grant"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) }

    // MARK: - Rights

    private static let rights: [BrokenSetUp] =
        [
            (.viewChannel, "View Channel"), (.sendMessages, "Send Messages"), (.embedLinks, "Embed Links"),
            (.readMessageHistory, "Read Message History"),
        ].map { (permission: Permissions, words: String) in
            BrokenSetUp(
                name: "the bot lacks \(words)", key: "doctor.rights", says: "I lack \(words)",
                before: emptied, breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(permission))) },
                inDiscord: Deed(words: ["Grant", "my role", "Roles"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) })
        } + [
            BrokenSetUp(
                name: "the bot lacks Attach Files", key: "doctor.pictures", says: "Attach Files",
                breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(.attachFiles))) }, inDiscord: mended),
            BrokenSetUp(
                name: "a channel is hidden from the bot", key: "doctor.blind", says: "#lounge",
                breaks: { $0.denies(.viewChannel, in: 2) },
                inDiscord: Deed(words: ["View Channel"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) }),
        ]

    /// Nothing that posts anywhere.
    private static let emptied = ["pings.remove 1", "topics.unschedule 1", "events.archive 1", "house.unset events.channel"]

    // MARK: - Settings

    private static let places = [
        "doctor.channel", "events.channel", "seasons.channel", "levels.channel", "analytics.channel", "rewards.staff",
    ]

    private static let settings: [BrokenSetUp] =
        places.map { name in
            BrokenSetUp(
                name: "\(name) is gone", key: "setting.\(name)", says: "\(name) names a channel that is gone",
                before: ["house.set name: \(name) value: lounge"], breaks: { $0.loses(channel: 2) })
        }
        + places.map { name in
            BrokenSetUp(
                name: "\(name) is closed to the bot", key: "setting.\(name)",
                says: "I lack a permission in #lounge: Send Messages",
                before: ["house.set name: \(name) value: lounge"], breaks: { $0.denies(.sendMessages, in: 2) },
                inDiscord: Deed(words: ["Grant", "channel's settings"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) })
        } + [
            BrokenSetUp(
                name: "a channel of the settings takes no embeds", key: "setting.seasons.channel", says: "Embed Links",
                before: ["house.set name: seasons.channel value: lounge"], breaks: { $0.denies(.embedLinks, in: 2) },
                inDiscord: mended),
            BrokenSetUp(
                name: "a channel of the settings became a category", key: "setting.seasons.channel",
                says: "a channel that nobody can write in", before: ["house.set name: seasons.channel value: lounge"],
                breaks: { bench in
                    var channels = Bench.channels
                    channels[1].type = 4
                    bench.hearsAgain(channels: channels)
                }),
            BrokenSetUp(
                name: "a role of the settings is gone", key: "setting.events.staff", says: "names a role that is gone",
                before: ["house.set name: events.staff value: Champion"], breaks: { $0.loses(role: 4) }),
            BrokenSetUp(
                name: "a number was set that is none any more", key: "setting.activity.reply", says: "cannot be read any more",
                before: ["house.set activity.reply 3"], breaks: { try $0.writes("\"lots\"", into: "activity.reply") }),
            BrokenSetUp(
                name: "a choice was set that there is no more", key: "setting.rewards.run", says: "cannot be read any more",
                breaks: { try $0.writes("\"hourly\"", into: "rewards.run") }),
            BrokenSetUp(
                name: "levels are told in a channel that nobody named", key: "levels.channel", says: "none is named",
                breaks: { try $0.carriesOut("house.set levels.tell channel") }),
        ]

    // MARK: - Pings and topics

    private static let pings = [
        BrokenSetUp(
            name: "a ping's channel is gone", key: "ping.1", says: "a channel that is gone",
            before: ["pings.edit id: 1 channel: lounge"], breaks: { $0.loses(channel: 2) }),
        BrokenSetUp(
            name: "a ping's channel is closed", key: "ping.1", says: "Send Messages",
            before: ["pings.edit id: 1 channel: lounge"],
            breaks: { $0.denies(.sendMessages, in: 2) },
            inDiscord: Deed(words: ["Grant"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) }),
        BrokenSetUp(
            name: "Discord did not take a ping", key: "ping.1", says: "is stopped", before: [],
            breaks: { try $0.changes("UPDATE pings_pings SET trouble = 'Discord refused it.', state = 'paused'") }),
        BrokenSetUp(
            name: "a ping is always in the quiet hours", key: "ping.1", says: "never comes",
            before: ["pings.edit id: 1 rule: \"daily 18:00\""],
            breaks: { try $0.carriesOut("house.set name: pings.quiet value: 17:00-19:00") }),
        BrokenSetUp(
            name: "a spared role is gone", key: "ping.spared.302", says: "The role 302", breaks: { $0.loses(role: 2) }),
    ]

    private static let topics = [
        BrokenSetUp(
            name: "a scheduled topic's channel is gone", key: "topic.2", says: "a channel that is gone",
            before: ["topics.unschedule 1", "topics.schedule channel: lounge rule: \"daily 18:00\""],
            breaks: { $0.loses(channel: 2) }),
        BrokenSetUp(
            name: "a scheduled topic's channel is closed", key: "topic.2", says: "Send Messages",
            before: ["topics.unschedule 1", "topics.schedule channel: lounge rule: \"daily 18:00\""],
            breaks: { $0.denies(.sendMessages, in: 2) },
            inDiscord: Deed(words: ["Grant"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) }),
        BrokenSetUp(
            name: "a scheduled topic stands still", key: "topic.1", says: "stands still: Discord refused it",
            breaks: { try $0.changes("UPDATE topics_schedules SET trouble = 'Discord refused it.', state = 'paused'") }),
        BrokenSetUp(
            name: "a scheduled topic is always in the quiet hours", key: "topic.1", says: "never comes",
            breaks: { try $0.carriesOut("house.set name: topics.quiet value: 17:00-19:00") }),
        BrokenSetUp(
            name: "a scheduled topic has nothing to ask", key: "topic.2", says: "of which there is nothing",
            before: [
                "topics.unschedule 1", "topics.add category: chess text: Which opening?",
                "topics.schedule channel: general rule: \"daily 18:00\" category: chess",
            ], breaks: { try $0.carriesOut("topics.remove 2") }),
    ]

    // MARK: - Events

    private static let events = [
        BrokenSetUp(
            name: "an event's channel is gone", key: "event.1", says: "a text channel of this server",
            before: ["events.edit id: 1 channel: lounge"], breaks: { $0.loses(channel: 2) }),
        BrokenSetUp(
            name: "an event's channel is closed", key: "event.1", says: "Send Messages",
            before: ["events.edit id: 1 channel: lounge"], breaks: { $0.denies(.sendMessages, in: 2) }, inDiscord: mended),
        BrokenSetUp(
            name: "an event's voice channel is gone", key: "event.1", says: "voice is a voice channel",
            before: ["events.edit id: 1 voice: stage"], breaks: { $0.loses(channel: 4) }),
        BrokenSetUp(
            name: "an event's role is gone", key: "event.1", says: "That role is not one of this server's",
            before: ["events.edit id: 1 role: Champion"], breaks: { $0.loses(role: 4) }),
        BrokenSetUp(
            name: "an event's text is gone", key: "event.1", says: "party", before: ["events.edit id: 1 template: party"],
            breaks: { try $0.carriesOut("templates.remove party") }),
        BrokenSetUp(
            name: "events cannot be put into Discord's list", key: "event.1", says: "Create Events",
            before: ["house.set events.native yes"],
            breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(.createEvents))) }, inDiscord: mended),
        BrokenSetUp(
            name: "the bot cannot react to events", key: "event.1", says: "Add Reactions",
            before: ["house.set events.reactions yes"],
            breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(.addReactions))) }, inDiscord: mended),
        BrokenSetUp(
            name: "threads of events cannot be opened", key: "event.1", says: "Create Public Threads",
            before: ["house.set events.space thread"],
            breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(.createPublicThreads))) }, inDiscord: mended),
    ]

    // MARK: - Rewards

    private static let rewards = [
        BrokenSetUp(
            name: "a reward's role is gone", key: "reward.1", says: "The role is gone", breaks: { $0.loses(role: 1) }),
        BrokenSetUp(
            name: "a reward's role stands above the bot's", key: "reward.1", says: "stands above mine",
            breaks: { $0.hearsAgain(roles: raised) },
            inDiscord: Deed(words: ["Drag my role above it"]) { $0.hearsAgain(roles: Bench.roles(own: .plain)) }),
        BrokenSetUp(
            name: "a reward's role belongs to an integration", key: "reward.1", says: "belongs to an integration",
            breaks: { bench in
                var roles = Bench.roles
                roles[1].isManaged = true
                bench.hearsAgain(roles: roles)
            },
            inDiscord: Deed(words: ["Choose another one"]) { bench in
                bench.hearsAgain()
            }),
        BrokenSetUp(
            name: "the bot may not manage roles", key: "reward.1", says: "I may not manage roles",
            before: ["rewards.remove Gold"],
            breaks: { $0.hearsAgain(roles: Bench.roles(own: .plain.subtracting(.manageRoles))) }, inDiscord: mended),
        BrokenSetUp(
            name: "a rule asks for a role that is gone", key: "reward.1", says: "asks for the role",
            before: ["rewards.edit reward: Regular criteria: role(\"Champion\")"], breaks: { $0.loses(role: 4) }),
        BrokenSetUp(
            name: "a rule asks for a badge that is gone", key: "reward.1", says: "asks for the badge",
            before: ["rewards.edit reward: Regular criteria: badge(\"Founder\")"],
            breaks: { try $0.carriesOut("badges.remove Founder") }),
        BrokenSetUp(
            name: "a rule cannot be read any more", key: "reward.1", says: "cannot be read any more",
            breaks: { try $0.changes("UPDATE rewards_rewards SET rule = 'charm >= 5' WHERE id = 1") }),
        BrokenSetUp(
            name: "Discord did not let a role be given", key: "reward.1", says: "Discord refused",
            breaks: { try $0.changes("UPDATE rewards_rewards SET trouble = 'Discord refused it.' WHERE id = 1") }),
        BrokenSetUp(
            name: "a channel that a reward opens is gone", key: "reward.2.202", says: "which it opens, is gone",
            before: ["rewards.unlock reward: Gold channel: lounge"], breaks: { $0.loses(channel: 2) }),
    ]

    private static var raised: [RoleProfile] {
        Bench.roles(own: .plain).map { role in
            var copy = role
            if role.name == "Regular" { copy.position = 50 }
            return copy
        }
    }

    // MARK: - Others

    private static let others = [
        BrokenSetUp(
            name: "a silenced channel is gone", key: "silenced channels.202", says: "the channel 202 is gone",
            before: ["silence.add channel: lounge"], breaks: { $0.loses(channel: 2) }),
        BrokenSetUp(
            name: "a feature is on whose need is off", key: "feature.seasons", says: "activity, which it needs, is off",
            before: [
                "house.disable imports", "house.disable history", "house.disable levels", "house.disable analytics",
                "rewards.pause 1", "rewards.pause 2",
            ],
            breaks: { try $0.writes("false", into: "feature.activity") }),
    ]
}

extension Bench {
    /// Something that no command of ours would write: an older version did, or a hand in the file.
    func changes(_ sql: SQL) throws {
        try store.begin()
        _ = try store.run(sql)
        try store.commit()
    }

    func writes(_ value: String, into setting: String) throws {
        try changes(
            """
            INSERT INTO house_settings (scope, target, name, value, version, changed, author)
            VALUES ('guild', \(Town.guild), \(setting), \(value), 1, 0, 'a hand')
            ON CONFLICT (scope, target, name) DO UPDATE SET value = excluded.value
            """)
        try restart()
    }
}
