/// What decides whether a session hears an event. The session's replay buffer stays where it is: whoever held a copy of it
/// while an event is added would make each event copy all before it.
struct Hearer {
    let id: String
    let shard: Int
    let shards: Int
    let intents: Intents
    let isListening: Bool

    init(_ session: SessionRecord) {
        (id, shard, shards, intents) = (session.id, session.shard, session.shards, session.intents)
        isListening = session.connection != nil
    }
}
