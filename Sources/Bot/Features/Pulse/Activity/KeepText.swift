internal import Kit
internal import Shared

extension Activity {
    /// ACT-10: where a guild switches it on, the beginning of a message is kept for a time; nowhere else is any text.
    static let keepText = Listener(
        "activity.text", hears: .messages, order: 1, alwaysHears: true,
        catchesUp: { turn, _ in turn.activityRules.keepsText }
    ) { turn, occasion in
        guard case .event(.message(let message)) = occasion, message.isSpeech, let guild = message.guild,
            turn.activityRules.keepsText, message.content.count > 0,
            !turn.activityRules.uncounted.covers(message.author, in: message.channel, at: turn.now)
        else { return .passed }
        let body = String(message.contentText.prefix(turn[textLength]))
        try turn.store.run(
            """
            INSERT INTO activity_texts (message, guild, author, body, at)
            VALUES (\(message.id), \(guild), \(message.author), \(body), \(turn.now)) ON CONFLICT DO NOTHING
            """)
        return .passed
    }

    /// A deleted message's text is deleted here too.
    static let dropText = Listener.event("activity.text.dropped", .deletions) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event else { return }
        for message in messages { try turn.store.run("DELETE FROM activity_texts WHERE message = \(message)") }
    }

    static let sweepTexts = Routine("activity.sweep_texts", every: 1.hours) { turn in
        let guilds = try turn.store.all("SELECT DISTINCT guild FROM activity_texts") { $0.id(0, Guild.self) }
        for case let guild? in guilds {
            let oldest = turn.now + turn.late - turn.inside(guild)[textAge]
            try turn.store.run("DELETE FROM activity_texts WHERE guild = \(guild) AND at < \(oldest)")
        }
    }
}
