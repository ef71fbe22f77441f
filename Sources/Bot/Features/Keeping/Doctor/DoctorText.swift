internal import Kit
internal import Shared

/// What the doctor says to staff.
enum DoctorText {
    static func findings(_ found: [Doctor.Found], _ turn: Turn) -> Card {
        guard !found.isEmpty else { return Card("All is well", text: "Nothing stands in anybody's way.", tone: .good) }
        let lines = found.prefix(20).map { one -> Phrase in
            let place: Phrase = turn.guild == nil ? one.guild.map { "\(server($0, turn)): " } ?? "" : ""
            let fix: Phrase = one.finding.fix.isEmpty ? "" : " \(one.finding.fix)"
            return place + "\(strong: one.finding.what)" + fix
        }
        let worst: Card.Tone = found.contains { $0.finding.state == .bad } ? .refused : .warning
        return Card(
            found.count == 1 ? "One thing does not work" : "\(found.count) things do not work", text: .lines(lines),
            footer: found.count > 20 ? "And \(found.count - 20) more." : nil, tone: worst,
            buttons: turn.guild == nil ? [] : Array(found.compactMap(\.finding.run).prefix(5).map(button)))
    }

    /// The command that mends it, at hand.
    private static func button(_ run: Invocation) -> Button {
        Button(String(run.line.prefix(80)), runs: run.command, run.arguments)
    }

    private static func server(_ guild: ID<Guild>, _ turn: Turn) -> String {
        turn.house.directory.guild(guild)?.name ?? guild.description
    }

    /// What helps when the house's own sign is not well.
    static func fix(_ sign: String) -> String {
        switch sign {
        case "gateway": "See house status; a refused token or a missing intent is put right in Discord's developer portal."
        case "latency": "Discord or the way to it is slow; look at the machine's network if it stays."
        case "store": "See how full and how fast the disk is; nothing is lost, and changes are taken again by themselves."
        case "clock": "Let the machine keep its clock by itself: timedatectl set-ntp true."
        case "disk": "Make room on it: old backups, logs, other programs' files; or move the database (store.path)."
        case "sqlite": "Update the package libsqlite3-0 of the system, then start the bot again."
        case "requests": "See house outbox for what Discord refused."
        case "faults": "See house faults; tell them to whoever maintains this bot."
        case "backups":
            "See house backups and how full the disk is; then make one with house backup and try it with house drill."
        case "uncertain": "See house outbox, and say what became of each with house resolve."
        default: "See house status."
        }
    }
}
