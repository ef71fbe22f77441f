package import Kit

/// Counts what members do, exactly and once, and says why anybody has the score they have.
package enum Activity {
    package static let feature = Feature(
        "activity", "Points for taking part: messages, replies, conversations started, reactions and voice",
        version: "1.0", rights: [.viewChannel, .readMessageHistory],
        settings: settings,
        schema: schema,
        commands: [profile, leaderboard, why, totals, override, withdraw, corrections],
        listeners: [countMessage, countReaction, countVoice, seeVoice, keepText, dropText, refoldOnChange, foldMissed],
        jobs: [settleVoice.erased, takeSnapshots.erased, sweepTexts.erased, refold.erased, foldOrder.erased],
        panels: [leaderboardPanel, hoursPanel],
        hot: [ActivityBook.self],
        readings: [liveliness, ranking, ledger, measures, whatIf, bookings],
        keeps: [
            Kept("which messages, reactions and minutes in voice counted, when and where; no text", for: .always),
            Kept("the beginning of your messages, where the server switched that on", for: .setting("activity.text_age")),
            Kept("your points by day, streaks and score", for: .always),
            Kept("figures that staff have set for you, or you as staff for others, and why", for: .always),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
