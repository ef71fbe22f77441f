import Kit
import Shared

/// Looking whether an effect was carried out before, one question at a time.
enum LookUp: Equatable {
    /// The messages of a channel since the first try.
    case messages(ID<Channel>)
    /// The channels of a guild.
    case channels(ID<Guild>)
    /// In which guild a thread's channel is.
    case home(of: ID<Channel>)
    case threads(ID<Guild>, in: ID<Channel>)

    enum Finding: Equatable {
        case there(Int64)
        case notThere
        case unclear(String)
        case ask(LookUp)
    }

    /// Clocks differ, and what was tried then has an id of about then.
    private static let leeway = 1.minutes
    private static let page = 100

    static func first(for effect: Effect, made: Made, direct: ID<Channel>?) -> LookUp? {
        switch effect {
        case .post(let channel, _): (try? channel.found(in: made)).map { .messages($0) }
        case .privately: direct.map { .messages($0) }
        case .openChannel(let guild, _, _, _, _): .channels(guild)
        case .openThread(let channel, nil, _, _): (try? channel.found(in: made)).map { .home(of: $0) }
        default: nil
        }
    }

    func request(since tried: Instant) -> RESTRequest {
        switch self {
        case .messages(let channel):
            var request = RESTRequest(.messages(channel))
            request.query = ["limit": String(Self.page), "after": "\(ID<Message>(firstAt: tried - Self.leeway))"]
            return request
        case .channels(let guild): return RESTRequest(.channels(.get, guild))
        case .home(let channel): return RESTRequest(.channel(channel))
        case .threads(let guild, _): return RESTRequest(.activeThreads(guild))
        }
    }

    func find(_ parcel: Parcel, since tried: Instant, bot: ID<Member>?, in json: JSON?) -> Finding {
        switch self {
        case .messages: return message(parcel, bot, json)
        case .channels:
            guard case .openChannel(_, let name, let parent, _, _) = parcel.effect, let listed = json?.array else {
                return .unclear("the channels could not be listed")
            }
            let found = listed.first {
                Self.slug($0["name"]?.text ?? "") == Self.slug(name) && $0["parent_id"]?.id(Channel.self) == parent
                    && isRecent($0, tried)
            }
            return (found?["id"]?.id(Channel.self)).map { .there($0.number) } ?? .notThere
        case .home(let channel):
            guard let guild = json?["guild_id"]?.id(Guild.self) else { return .unclear("the thread's channel is not known") }
            return .ask(.threads(guild, in: channel))
        case .threads(_, let channel):
            guard case .openThread(_, _, let name, _) = parcel.effect, let listed = json?["threads"]?.array else {
                return .unclear("the threads could not be listed")
            }
            let found = listed.first {
                $0["parent_id"]?.id() == channel && $0["name"]?.text == Clipping.clip(name, units: 100) && isRecent($0, tried)
            }
            return (found?["id"]?.id(Channel.self)).map { .there($0.number) } ?? .notThere
        }
    }

    /// Discord keeps the nonce only for a while, so our words are looked for as well.
    private func message(_ parcel: Parcel, _ bot: ID<Member>?, _ json: JSON?) -> Finding {
        guard let listed = json?.array else { return .unclear("the channel's messages could not be read") }
        let ours = listed.filter { message in
            bot.map { message["author"]?["id"]?.id() == $0 } ?? (message["author"]?["bot"]?.bool ?? false)
        }
        if let same = ours.first(where: { $0["nonce"]?.text == parcel.nonce }) ?? ours.first(where: { says($0, parcel) }) {
            return (same["id"]?.id(Message.self)).map { .there($0.number) } ?? .unclear("a message without an id")
        }
        if listed.count >= Self.page { return .unclear("the channel was too busy to find out whether the message arrived") }
        return .notThere
    }

    private func says(_ message: JSON, _ parcel: Parcel) -> Bool {
        guard let post = parcel.effect.post else { return false }
        let body = MessageBody.new(post.card, mentions: post.mentions)
        let embed = body["embeds"]?[0]
        return Self.trimmed(message["content"]?.text ?? "") == Self.trimmed(body["content"]?.text ?? "")
            && message["embeds"]?[0]?["title"]?.text == embed?["title"]?.text
            && message["embeds"]?[0]?["description"]?.text.map(Self.trimmed) == embed?["description"]?.text.map(Self.trimmed)
    }

    private func isRecent(_ json: JSON, _ tried: Instant) -> Bool {
        json["id"]?.id(Channel.self).map { $0.created >= tried - Self.leeway } ?? false
    }

    /// Text channels lose their capitals and spaces.
    private static func slug(_ name: String) -> String { name.lowercased().replacing(" ", with: "-") }

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
        case .post(_, let post), .privately(_, let post): post
        default: nil
        }
    }
}
