internal import Calls
import Kit
import Shared

/// Looking whether an effect was carried out before, one question at a time.
enum LookUp: Equatable {
    /// A channel's messages since the first try, page by page; what says the same is gathered.
    case messages(ID<Channel>, after: ID<Message>, page: Int, alike: [Int64])
    /// When something was last written in a channel of which nothing could be read.
    case lastMessage(ID<Channel>)
    /// In which guild a channel is.
    case home(Creation, of: ID<Channel>)
    /// What the server's audit log says that we made.
    case auditLog(Creation, ID<Guild>, ID<Channel>?)
    case listing(Creation, ID<Guild>, ID<Channel>?, isLogged: Bool)

    enum Finding: Equatable {
        case there(made: Int64?, JSON?)
        case notThere
        case unclear(String)
        case ask(LookUp)
        /// What came back could not be read.
        case askAgain
    }

    /// What is looked for, and by whom it would have been made.
    struct Subject {
        var parcel: Parcel
        var since: Instant
        var bot: ID<Member>?
        /// What others have made: it is not this one's.
        var taken: Set<Int64>
    }

    /// Clocks differ, and what was tried then has an id of about then.
    static let leeway = 1.minutes
    private static let page = 100
    private static let pages = 10

    static func first(for subject: Subject, made: Made, direct: ID<Channel>?) -> LookUp? {
        let after = ID<Message>(firstAt: subject.since - leeway)
        let effect = subject.parcel.effect
        switch effect {
        case .post(let channel, _):
            return (try? channel.found(in: made)).map { .messages($0, after: after, page: 0, alike: []) }
        case .privately: return direct.map { .messages($0, after: after, page: 0, alike: []) }
        case .openChannel(let guild, _, _), .openRole(let guild, _, _, _), .openEvent(let guild, _, _):
            return effect.creation.map { .auditLog($0, guild, nil) }
        case .openThread(let channel, nil, _, _), .openForumPost(let channel, _, _, _), .openInvite(let channel, _, _):
            guard let creation = effect.creation, let channel = try? channel.found(in: made) else { return nil }
            return subject.parcel.guild.map { .auditLog(creation, $0, channel) } ?? .home(creation, of: channel)
        default: return nil
        }
    }

    func request(_ bot: ID<Member>?) -> RESTRequest {
        switch self {
        case .messages(let channel, let after, _, _):
            var request = RESTRequest(.messages(channel))
            request.query = ["limit": String(Self.page), "after": "\(after)"]
            return request
        case .lastMessage(let channel), .home(_, let channel): return RESTRequest(.channel(.get, channel))
        case .auditLog(let creation, let guild, _):
            var request = RESTRequest(.auditLog(guild))
            request.query = ["limit": String(Self.page), "action_type": String(creation.action)]
            if let bot { request.query["user_id"] = "\(bot)" }
            return request
        case .listing(let creation, let guild, let channel, _): return Listing.request(creation, guild, channel)
        }
    }

    /// What an answer means; refused answers too tell something.
    func find(_ subject: Subject, in response: HTTPResponse) -> Finding {
        guard response.status == 200 else { return refused(subject, response) }
        guard let json = response.json else { return .askAgain }
        switch self {
        case .messages(let channel, _, let page, let alike): return message(subject, json, channel, page, alike)
        case .lastMessage: return lastMessage(subject, json)
        case .home(let creation, let channel):
            let guild = json["guild_id"]?.id(Guild.self)
            return guild.map { .ask(.auditLog(creation, $0, channel)) } ?? .unclear("the channel's server is not known")
        case .auditLog(let creation, let guild, let channel):
            return logged(subject, json) ?? .ask(.listing(creation, guild, channel, isLogged: true))
        case .listing(let creation, _, let channel, let isLogged):
            return Listing.find(creation, subject, in: json, channel: channel, isLogged: isLogged)
        }
    }

    private func refused(_ subject: Subject, _ response: HTTPResponse) -> Finding {
        switch self {
        case .auditLog(let creation, let guild, let channel): .ask(.listing(creation, guild, channel, isLogged: false))
        case .messages, .lastMessage: .unclear("the channel's messages could not be read")
        case .home: .unclear("the channel is not known")
        case .listing: .unclear("what is there could not be listed")
        }
    }

    // MARK: - Messages

    /// Discord keeps the nonce only for a while, so our words are looked for as well.
    private func message(
        _ subject: Subject, _ json: JSON, _ channel: ID<Channel>, _ page: Int, _ alike: [Int64]
    ) -> Finding {
        guard let listed = json.array else { return .askAgain }
        let ours = listed.filter { message in
            subject.bot.map { message["author"]?["id"]?.id() == $0 } ?? (message["author"]?["bot"]?.bool ?? false)
        }
        if let same = ours.first(where: { Self.nonce($0) == subject.parcel.nonce }), let id = same["id"]?.id(Message.self) {
            return .there(made: id.number, nil)
        }
        let more = ours.filter { Self.nonce($0) == nil && Wording.isSame($0, subject.parcel) }.compactMap {
            $0["id"]?.id(Message.self)?.number
        }
        let found = alike + more.filter { !subject.taken.contains($0) }
        if listed.count >= Self.page, let last = listed.compactMap({ $0["id"]?.id(Message.self) }).max() {
            guard page + 1 < Self.pages else { return .unclear("the channel was too busy to find out whether it arrived") }
            return .ask(.messages(channel, after: last, page: page + 1, alike: found))
        }
        if found.count > 1 { return .unclear("\(found.count) messages say the same") }
        if let only = found.first { return .there(made: only, nil) }
        // Who may not read what was said before is shown an empty list.
        let isPrivate = if case .privately = subject.parcel.effect { true } else { false }
        return listed.isEmpty && page == 0 && !isPrivate ? .ask(.lastMessage(channel)) : .notThere
    }

    private static func nonce(_ message: JSON) -> String? {
        message["nonce"].flatMap { $0.text ?? $0.int.map { String($0) } }
    }

    private func lastMessage(_ subject: Subject, _ json: JSON) -> Finding {
        guard json.object != nil else { return .askAgain }
        let last = json["last_message_id"]?.id(Message.self)
        let isOlder = last.map { $0.created < subject.since - Self.leeway } ?? true
        return isOlder
            ? .notThere : .unclear("the bot may not read the channel's history, so nobody can tell whether it arrived")
    }

    // MARK: - The audit log

    /// Nil when the log does not say that we made it.
    private func logged(_ subject: Subject, _ json: JSON) -> Finding? {
        guard let entries = json["audit_log_entries"]?.array else { return .askAgain }
        let signed = entries.first { AuditMark.isSigned($0["reason"]?.text ?? "", subject.parcel.nonce) }
        if let signed {
            let code = signed["changes"]?.array?.first { $0["key"] == "code" }?["new_value"]?.text
            let target = signed["target_id"]?.id(Channel.self)?.number
            return .there(made: code.map(Listing.number(ofInvite:)) ?? target, code.map { ["code": .string($0)] })
        }
        let oldest = entries.compactMap { $0["id"]?.id(Guild.self) }.min()
        if entries.count >= Self.page, let oldest, oldest.created > subject.since - Self.leeway {
            return .unclear("the audit log was too busy to find out whether it was made")
        }
        return nil
    }
}
