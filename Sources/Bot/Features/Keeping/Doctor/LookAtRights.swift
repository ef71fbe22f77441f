internal import Kit
internal import Shared

extension Doctor {
    /// What the bot cannot do without anywhere in a server.
    static let rights = CheckupReading { turn in
        let guild = try turn.requireGuild()
        let directory = turn.house.directory
        guard let bot = directory.bot, let profile = directory.member(bot, in: guild) else { return [] }
        let held = directory.roles(in: guild).filter { profile.roles.contains($0.id) || $0.id == guild.everyone }
        let own = held.reduce(into: Permissions()) { $0.formUnion($1.permissions) }
        guard !own.contains(.administrator), directory.guild(guild)?.owner != bot else { return [] }
        let missing = needed.subtracting(own)
        var found: [Symptom] = []
        if !missing.isEmpty {
            found.append(
                Symptom(
                    "doctor.rights", .bad, "I lack \(missing.spelled).",
                    fix: "Grant it to my role in the server's settings, under Roles."))
        }
        if !own.contains(.attachFiles) {
            found.append(
                Symptom(
                    "doctor.pictures", .warn, "Pictures and files are left out of what I write: I lack Attach Files.",
                    fix: "Grant it to my role in the server's settings, under Roles."))
        }
        let blind = directory.channels(in: guild).filter { channel in
            [0, 5].contains(channel.type)
                && directory.ownPermissions(in: channel.id, of: guild).map { !$0.contains(.viewChannel) } ?? false
        }
        if own.contains(.viewChannel), !blind.isEmpty {
            let names = blind.prefix(5).map { "#" + $0.name }.joined(separator: ", ")
            found.append(
                Symptom(
                    "doctor.blind", .warn,
                    "What is said in \(names)\(blind.count > 5 ? " and \(blind.count - 5) more" : "") does not count: I cannot see it.",
                    fix: "Let my role View Channel there, or leave it so."))
        }
        return found
    }

    private static let needed: Permissions = [.viewChannel, .sendMessages, .embedLinks, .readMessageHistory]
}
