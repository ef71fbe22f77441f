package import Kit

/// Counts what members do, exactly and once, and says why anybody has the score they have.
package enum Activity {
    package static let feature = Feature(
        "activity", "Points for taking part: messages, replies, conversations started, reactions and voice",
        version: "1.0",
        settings: settings,
        schema: schema,
        commands: [profile, leaderboard, why, totals],
        listeners: [countMessage, countReaction, countVoice, seeVoice, keepText, dropText, refoldOnChange, foldMissed],
        jobs: [settleVoice.erased, takeSnapshots.erased, sweepTexts.erased, refold.erased, foldOrder.erased],
        panels: [leaderboardPanel, hoursPanel],
        hot: [ActivityBook.self],
        readings: [liveliness, ranking, ledger],
        export: exportPersonal,
        erase: erasePersonal)
}
