internal import Shared

/// On whose behalf a line is: a member named by id or by name.
struct MemberChoice {
    private let wanted: JSON
    private let guild: JSON?

    init(_ wanted: JSON, in guild: JSON?) {
        self.wanted = wanted
        self.guild = guild
    }

    /// Ids go as they are; a name is looked up as completion looks it up.
    func id(_ exchange: Exchange) throws(Complaint) -> JSON {
        guard let name = wanted.text, ID<Member>(name) == nil, let guild else { return wanted }
        let plain = name.hasPrefix("@") ? String(name.dropFirst()) : name
        let asked: JSON = ["method": "members.show", "parameter": "member", "text": .string(plain), "guild": guild]
        let found = try exchange.call("meta.complete", asked).result["choices"]?.array ?? []
        let exact = found.filter { $0["label"]?.text?.lowercased() == plain.lowercased() }
        if let only = exact.count == 1 ? exact.first : (found.count == 1 ? found.first : nil), let id = only["value"] {
            return id
        }
        guard !found.isEmpty else {
            throw Complaint(.notFound, "there is no member called '\(name)' here", "See them with hearth members list.")
        }
        let names = found.prefix(5).compactMap { $0["label"]?.text }.joined(separator: ", ")
        throw Complaint(.usage, "'\(name)' could be several members: \(names)", "Name one by the whole name or by the id.")
    }
}
