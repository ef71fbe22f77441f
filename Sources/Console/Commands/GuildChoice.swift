internal import Shared

/// Which guild a line is about: the one named by id or by name, else the only one there is.
struct GuildChoice {
    private let wanted: String?

    init(_ options: Options, _ world: World) {
        wanted = options.guild ?? world.environment["HEARTH_GUILD"].flatMap { $0.isEmpty ? nil : $0 }
    }

    func id(for scope: ControlMethod.Scope, _ exchange: Exchange) throws(Complaint) -> JSON? {
        guard let wanted else {
            guard scope == .guild else { return nil }
            let guilds = try Self.all(exchange)
            if guilds.count == 1 { return .string(guilds[0].id) }
            throw Complaint(
                .usage, guilds.isEmpty ? "the bot is in no guild yet" : "which guild? Say it with --guild", Self.list(guilds))
        }
        if scope == .house { return nil }
        return .string(try resolve(wanted, exchange))
    }

    private func resolve(_ wanted: String, _ exchange: Exchange) throws(Complaint) -> String {
        if let id = ID<Guild>(wanted) { return id.description }
        let guilds = try Self.all(exchange)
        let found = guilds.filter { $0.name.lowercased() == wanted.lowercased() }
        if found.count == 1 { return found[0].id }
        if found.count > 1 {
            throw Complaint(.usage, "several guilds are called '\(wanted)': name one by its id", Self.list(found))
        }
        let guess = nearest(to: wanted, among: guilds.map(\.name)).map { "Did you mean '\($0)'?" }
        throw Complaint(.notFound, "the bot is in no guild called '\(wanted)'", guess ?? Self.list(guilds))
    }

    static func all(_ exchange: Exchange) throws(Complaint) -> [(id: String, name: String)] {
        let hello = try exchange.call("hello", ["proto": [1], "client": "hearth"]).result
        return (hello["guilds"]?.array ?? []).compactMap { guild in
            guard let id = guild["id"]?.text else { return nil }
            return (id, guild["name"]?.text ?? id)
        }
    }

    private static func list(_ guilds: [(id: String, name: String)]) -> String {
        let shown = guilds.prefix(10).map { "\($0.id) \($0.name)" }.joined(separator: ", ")
        return guilds.isEmpty ? "Invite it first." : "There are: " + shown + (guilds.count > 10 ? ", …" : "")
    }
}
