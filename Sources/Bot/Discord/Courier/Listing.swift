import Calls
import Kit
import Shared

/// What there is of a kind, and which of it a parcel may have made.
enum Listing {
    static func request(_ creation: Creation, _ guild: ID<Guild>, _ channel: ID<Channel>?) -> RESTRequest {
        switch creation {
        case .channel: RESTRequest(.channels(.get, guild))
        case .thread: RESTRequest(.activeThreads(guild))
        case .role: RESTRequest(.guildRoles(.get, guild))
        case .event: RESTRequest(.events(.get, guild))
        case .invite: RESTRequest(channel.map { .invites(.get, $0) } ?? .guildInvites(guild))
        }
    }

    static func find(
        _ creation: Creation, _ subject: LookUp.Subject, in json: JSON, channel: ID<Channel>?, isLogged: Bool
    ) -> LookUp.Finding {
        guard let listed = (creation == .thread ? json["threads"] : json)?.array else { return .askAgain }
        let found = listed.filter { item in
            isWanted(item, creation, subject, channel)
                && !(number(of: item).map(subject.taken.contains) ?? false)
        }
        guard let only = found.first else { return .notThere }
        if found.count > 1 { return .unclear("there are \(found.count) of that name") }
        // Nothing but a signature tells one invite from another that is on its way.
        if creation == .invite { return .unclear("there is an invite like it, but nothing says for whom it was made") }
        // The log would name us, had we made what nobody else signs.
        if isLogged, creation == .channel || creation == .role {
            return .unclear("there is one of that name, but the audit log does not say that the bot made it")
        }
        return .there(made: number(of: only), nil)
    }

    /// What tells one thing that was made from all others. Invites have codes and no ids.
    static func number(of item: JSON) -> Int64? {
        item["id"]?.id(Channel.self)?.number ?? item["code"]?.text.map(number(ofInvite:))
    }

    static func number(ofInvite code: String) -> Int64 {
        let sum = code.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int64(sum >> 1)
    }

    /// Made since, by the bot where that is told, and called as it was to be called.
    private static func isWanted(
        _ item: JSON, _ creation: Creation, _ subject: LookUp.Subject, _ channel: ID<Channel>?
    ) -> Bool {
        switch (creation, subject.parcel.effect) {
        case (.channel, .openChannel(_, let plan, _)):
            let parent = plan.parent?.known
            return slug(item["name"]) == slug(.clipped(plan.name, 100)) && isSince(item, subject)
                && (plan.parent != nil && parent == nil || item["parent_id"]?.id(Channel.self) == parent)
        case (.thread, .openThread(_, _, let name, _)), (.thread, .openForumPost(_, let name, _, _)):
            return item["parent_id"]?.id() == channel && item["name"] == .clipped(name, 100) && isSince(item, subject)
                && isOurs(item["owner_id"], subject)
        case (.role, .openRole(_, let name, _, _)): return item["name"] == .string(name) && isSince(item, subject)
        case (.event, .openEvent(_, let plan, _)):
            return item["name"] == .string(plan.name) && isSince(item, subject) && isOurs(item["creator_id"], subject)
        case (.invite, .openInvite(_, let plan, _)):
            let made = item["created_at"]?.text.flatMap { Instant(rfc3339: $0) }
            return made.map { $0 >= subject.since - LookUp.leeway } ?? false && isOurs(item["inviter"]?["id"], subject)
                && item["max_age"] == .int(Int64(plan.lastsSeconds)) && item["max_uses"] == .int(Int64(plan.uses))
        default: return false
        }
    }

    private static func isOurs(_ maker: JSON?, _ subject: LookUp.Subject) -> Bool {
        subject.bot.map { maker?.id(Member.self) == $0 } ?? true
    }

    private static func isSince(_ item: JSON, _ subject: LookUp.Subject) -> Bool {
        item["id"]?.id(Channel.self).map { $0.created >= subject.since - LookUp.leeway } ?? false
    }

    /// Text channels lose their capitals and spaces.
    private static func slug(_ name: JSON?) -> String { (name?.text ?? "").lowercased().replacing(" ", with: "-") }
}
