internal import Shared

/// Who one is here, who else is, and what one may do.
extension Model {
    private static let roles = ["viewer", "moderator", "admin", "owner"]

    /// Why a command is not for whoever sits here; nil where it is, or where nobody can tell.
    func objection(to method: String) -> String? {
        guard let mine = hello.flatMap({ Self.roles.firstIndex(of: $0.role) }),
            let wanted = methods.first(where: { $0.name == method })?.role, let least = Self.roles.firstIndex(of: wanted),
            mine < least
        else { return nil }
        return "that takes the role \(wanted), and yours is \(Self.roles[mine])"
    }

    static let peopleFeed = FeedKey("house.people")

    /// The others in the console, by the names they go by.
    var company: [String] {
        guard let hello, let feed = feeds[Self.peopleFeed] else { return [] }
        return feed.rows.filter { row in
            row.value["state"]?.text == "ok"
                && !(row.value["account"]?.text == hello.account && row.value["name"]?.text == hello.name)
        }.compactMap { row in
            let name = row.value["name"]?.text ?? ""
            return name.isEmpty ? row.value["account"]?.text : name
        }
    }

    /// Three names, and how many more.
    var companyNote: String? {
        let others = company
        guard !others.isEmpty else { return nil }
        let rest = others.count > 3 ? " and \(others.count - 3) more" : ""
        return "with " + others.prefix(3).joined(separator: ", ") + rest
    }

    /// What happened while one was away is shown once, when one comes, and only if there is something to say.
    mutating func showPast(_ result: JSON, _ card: JSON?) {
        guard result["quiet"]?.bool == false, overlays.isEmpty else { return }
        overlays.append(.card(CardView(card: CardText(card, result))))
    }
}
