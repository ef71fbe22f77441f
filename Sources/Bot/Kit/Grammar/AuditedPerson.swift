package import Shared

/// Whoever asked, as an entry of the audit names them: what the kernel, the person and Discord say, as far as they do.
package struct AuditedPerson {
    package let asker: JSON
    package let member: ID<Member>?

    package init(asker: JSON, member: ID<Member>?) {
        self.asker = asker
        self.member = member
    }

    /// For people: `ann (bots), Ann in Discord`, `bots`, `job pings.fire`, or a member's name.
    package func name(in guild: ID<Guild>?, _ directory: any Directory) -> String {
        if let account = asker["name"]?.text {
            let spelled = Asker.Operator.spell(alias: asker["alias"]?.text ?? "", account: account)
            guard let linked: ID<Member> = asker["linked"]?.id() else { return spelled }
            return spelled + ", \(directory.name(of: linked, in: guild) ?? linked.description) in Discord"
        }
        if let job = asker["job"]?.text { return "job \(job)" }
        return member.map { directory.name(of: $0, in: guild) ?? $0.description } ?? "unknown"
    }
}
