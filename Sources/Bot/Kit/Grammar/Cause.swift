package import Shared

/// What a turn is the consequence of. The same cause has the same name after a crash, so that its consequences are
/// recognised.
package enum Cause: Hashable, Sendable {
    case message(ID<Message>)
    /// A message that was missed and fetched back.
    case missed(ID<Message>)
    /// A message from before the house listened.
    case past(ID<Message>)
    /// A command in a message: a turn of its own beside that of the listeners.
    case command(ID<Message>)
    case interaction(ID<Interaction>)
    /// Each session counts its frames anew.
    case event(shard: Int, session: String, sequence: Int64)
    case job(String, key: String, due: Instant)
    case receipt(parcel: Int64)
    case request(String)

    /// Is it from before the house listened?
    package var isPast: Bool { if case .past = self { true } else { false } }

    package var name: String {
        switch self {
        case .message(let id): "m\(id)"
        case .missed(let id): "b\(id)"
        case .past(let id): "h\(id)"
        case .command(let id): "c\(id)"
        case .interaction(let id): "i\(id)"
        case .event(let shard, let session, let sequence): "e\(shard).\(session.prefix(12)).\(sequence)"
        case .job(let job, let key, let due): "j\(job).\(key).\(due.milliseconds)"
        case .receipt(let parcel): "r\(parcel)"
        case .request(let number): "q\(number)"
        }
    }
}
