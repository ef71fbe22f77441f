import Kit
import Shared

/// A feature for stories: commands that are slow, want rest, want rights, or fall over.
enum Playground {
    static let feature = Feature(
        "playground", "Commands to tell stories with", version: "1.0",
        commands: [brew, nap, banish, stumble, trip, echo], export: { _, _ in .null }, erase: { _, _ in 0 })

    static let brew = Command("playground.brew", "Takes its time", isSlow: true, changes: true, returns: .nothing) { _ in
        .done(Card(text: "The tea is ready."), data: .null)
    }
    static let nap = Command(
        "playground.nap", "Wants a rest between two times", changes: true, cooldown: 1.minutes, returns: .nothing
    ) { _ in .done(Card(text: "Slept well."), data: .null) }
    static let banish = Command(
        "playground.banish", "Needs the bot to be trusted", needs: .banMembers, changes: true, returns: .nothing
    ) { _ in .done(Card(text: "Done."), data: .null) }

    struct Stumble: Error {}
    static let stumble = Command("playground.stumble", "Falls over", changes: true, returns: .nothing) { turn in
        turn.emit(.post(channel: .known(turn.channel ?? .init(firstAt: turn.now)), Post(Card(text: "never said"))))
        throw Stumble()
    }
    static let trip = Command("playground.trip", "Falls over while it reads", changes: false, returns: .nothing) { _ in
        throw Stumble()
    }
    static let echo = Command(
        "playground.echo", "Says it again", changes: false, returns: .text, .text("words", "What", longest: 500)
    ) { _, words in .done(Card(text: "\(words)"), data: .string(words)) }
}
