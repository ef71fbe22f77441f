import Kit
import Shared

/// Whether a message says what a parcel says.
enum Wording {
    static func isSame(_ message: JSON, _ parcel: Parcel) -> Bool {
        guard let post = parcel.effect.post else { return false }
        let body = MessageBody.new(post.card, mentions: post.mentions, files: post.files)
        let embed = body["embeds"]?[0]
        return trimmed(message["content"]?.text ?? "") == trimmed(body["content"]?.text ?? "")
            && message["embeds"]?[0]?["title"]?.text == embed?["title"]?.text
            && message["embeds"]?[0]?["description"]?.text.map(trimmed) == embed?["description"]?.text.map(trimmed)
            && (message["attachments"]?.array?.compactMap { $0["filename"]?.text } ?? []) == post.files.map(\.name)
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}

extension Effect {
    var post: Post? {
        switch self {
        case .post(_, let post), .privately(_, let post), .openForumPost(_, _, _, let post): post
        default: nil
        }
    }
}
