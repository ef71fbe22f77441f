internal import Kit
internal import Shared

extension Activity {
    static let base = weight("activity.base", "Points of a message", 1)
    static let reply = weight("activity.reply", "Points on top for a reply", 2)
    static let starter = weight("activity.starter", "Points on top for starting a conversation", 3)
    static let further = weight("activity.channel", "Points for each further channel of the day", 1)
    static let reaction = weight("activity.reaction", "Points for reacting to somebody's message, once a message", 1.5)
    static let voice = weight("activity.voice", "Points for a minute in voice; 0 switches it off", 0)
    static let counts = yesNo("activity.counts", "Whether what is said counts", true, reach: .channel)
    static let silence = span(
        "activity.silence", "How long a channel is silent before a message starts a conversation", 10.minutes)
    static let halfLife = span("activity.half_life", "How long momentum takes to halve", 1.days)
    static let influenceHalfLife = span("activity.influence_half_life", "How long influence takes to halve", 7.days)
    static let decay = Setting(
        "activity.decay", .decimal("decay", "What is left of a day's points for each day since", 0.01...1), standard: 0.98
    ) { .double($0) }
    static let window = Setting(
        "activity.window",
        .whole("window", "How many days in a row may be missed before a streak ends, counting the one that ends it", 1...30),
        standard: 1
    ) { .int(Int64($0)) }
    static let voiceMuted = yesNo("activity.voice_muted", "Whether minutes count while muted or deafened", false)
    static let voiceAlone = yesNo("activity.voice_alone", "Whether minutes count while alone in a channel", false)
    static let voiceAFK = yesNo("activity.voice_afk", "Whether minutes count in the AFK channel", false)
    static let keepsText = yesNo("activity.keep_text", "Whether the beginning of messages is kept", false)
    static let textLength = Setting(
        "activity.text_length", .whole("length", "How much of a message is kept, in characters", 1...2000), standard: 200
    ) { .int(Int64($0)) }
    static let textAge = span("activity.text_age", "How long kept text stays", 30.days)
    static let seasonStart = Setting(
        "activity.season_start",
        .text("start", "The first day of the season, such as 2026-09-01; empty for the quarter", longest: 10),
        standard: ""
    ) { .string($0) }

    static let settings: [AnySetting] = [
        base.erased, reply.erased, starter.erased, further.erased, reaction.erased, voice.erased, counts.erased, silence.erased,
        halfLife.erased, influenceHalfLife.erased, decay.erased, window.erased, voiceMuted.erased, voiceAlone.erased,
        voiceAFK.erased, keepsText.erased, textLength.erased, textAge.erased, seasonStart.erased,
    ]

    private static func weight(_ name: String, _ summary: String, _ standard: Double) -> Setting<Double> {
        Setting(name, .decimal("points", summary, 0...1000), standard: standard, reach: .channel) { .double($0) }
    }

    private static func span(_ name: String, _ summary: String, _ standard: Duration) -> Setting<Duration> {
        Setting(name, .duration("time", summary, 1.minutes...3650.days, bare: .minutes), standard: standard) {
            .string($0.exactly)
        }
    }

    private static func yesNo(
        _ name: String, _ summary: String, _ standard: Bool, reach: Setting<Bool>.Reach = .guild
    ) -> Setting<Bool> {
        Setting(name, .yesNo("yes", summary), standard: standard, reach: reach) { .bool($0) }
    }
}
