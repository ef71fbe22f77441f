package import Shared

/// A channel to be made.
package struct ChannelPlan: Hashable, Sendable, Codable {
    package enum Kind: Int, Hashable, Sendable, Codable {
        case text = 0, voice = 2, category = 4, announcement = 5, stage = 13, forum = 15
    }

    package var name: String
    package var kind: Kind
    package var parent: Place<Channel>?
    package var topic: String
    package var slowSeconds: Int
    package var overwrites: [Overwrite]

    package init(
        _ name: String, kind: Kind = .text, parent: Place<Channel>? = nil, topic: String = "", slowSeconds: Int = 0,
        overwrites: [Overwrite] = []
    ) {
        self.name = name
        self.kind = kind
        self.parent = parent
        self.topic = topic
        self.slowSeconds = slowSeconds
        self.overwrites = overwrites
    }
}

/// What is done to a channel or a thread that is there.
package enum ChannelDeed: Hashable, Sendable, Codable {
    case edit([ChannelEdit])
    case delete
    /// What a role or a member may do here beyond, or short of, what they may do elsewhere.
    case permit(Overwrite)
    /// A role or a member is like everybody again.
    case unpermit(target: Int64)
    /// A member is let into a thread, or out of it.
    case admit(ID<Member>)
    case dismiss(ID<Member>)
}

/// One thing about a channel; the last four are a thread's alone.
package enum ChannelEdit: Hashable, Sendable, Codable {
    case name(String)
    case topic(String)
    case parent(ID<Channel>?)
    case slow(seconds: Int)
    case position(Int)
    case overwrites([Overwrite])
    case archived(Bool)
    case locked(Bool)
    case archiveMinutes(Int)
    case tags([ID<Tag>])
}

/// An invitation to be made; its code comes with the receipt's answer.
package struct InvitePlan: Hashable, Sendable, Codable {
    /// 0: for ever.
    package var lastsSeconds: Int
    /// 0: as often as anybody likes.
    package var uses: Int
    package var isTemporary: Bool
    /// What who comes by it is given.
    package var roles: [ID<Role>]

    package init(lastsSeconds: Int = 0, uses: Int = 0, isTemporary: Bool = false, roles: [ID<Role>] = []) {
        self.lastsSeconds = lastsSeconds
        self.uses = uses
        self.isTemporary = isTemporary
        self.roles = roles
    }
}
