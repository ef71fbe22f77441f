package import Kit
internal import Shared

/// Something to talk about: what a server has lately talked about, without keeping what was said, and conversation starters,
/// asked for or on a schedule, from texts that are built in, the server's own, or phrased by a language model.
package enum Topics {
    package static let feature = Feature(
        "topics", "Something to talk about: trending words and conversation starters", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [
            topic, trending, add, list, remove, restore, schedule, schedules, pause, resume, unschedule, stock,
        ],
        listeners: [hearWords, forgetUnheard],
        jobs: [post.erased, posted.erased, phrased.erased, refill.erased, sweep.erased],
        panels: [trendingPanel, schedulesPanel, stockPanel, budgetPanel],
        readings: [checkup],
        configures: [ownTopics, scheduledTopics],
        keeps: [
            Kept(
                "how often a word was used in channels whose admins wanted that counted, without who used it",
                for: .setting("topics.keep"))
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
