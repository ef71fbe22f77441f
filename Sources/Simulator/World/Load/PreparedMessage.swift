import Shared

/// A message of a prepared load, as small as it can be kept.
struct PreparedMessage: Sendable {
    let channel: ID<Channel>
    let author: ID<Member>
    let content: String
    let replyTo: ID<Message>?

    func record(_ id: ID<Message>) -> MessageRecord {
        var record = MessageRecord(id: id, channel: channel, author: author, created: id.created)
        record.content = content
        record.reference = replyTo.map { Said(channel: channel, id: $0) }
        record.kind = replyTo == nil ? 0 : 19
        return record
    }
}
