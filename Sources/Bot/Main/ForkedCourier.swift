internal import Discord
internal import Kit
internal import Oracle
internal import Shared

/// Where parcels part: inquiries go to the language model, where there is one, and all others to Discord.
struct ForkedCourier: Courier {
    let discord: DiscordLink
    let oracle: Oracle?
    let inbox: any Inbox

    func carry(_ parcels: [Parcel]) {
        var others: [Parcel] = []
        for parcel in parcels {
            guard case .consult(let inquiry) = parcel.effect else {
                others.append(parcel)
                continue
            }
            if let oracle { oracle.ask(parcel.id, inquiry) } else { inbox.deliver([Self.unasked(parcel)]) }
        }
        if !others.isEmpty { discord.carry(others) }
    }

    private static func unasked(_ parcel: Parcel) -> Receipt {
        Receipt(
            parcel: parcel.id, outcome: .expired("The house is connected with no language model any more."),
            tries: parcel.tries)
    }

    func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool) {
        discord.acknowledge(interaction, token: token, isEphemeral: isEphemeral, updates: updates)
    }
    func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice]) {
        discord.complete(interaction, token: token, choices: choices)
    }
    func openForm(_ interaction: ID<Interaction>, token: String, form: Form) {
        discord.openForm(interaction, token: token, form: form)
    }
    func committed(shard: Int, sequence: Int64) { discord.committed(shard: shard, sequence: sequence) }
    func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) { discord.rightsChanged(in: guild, of: member) }
    func requestMembers(_ guild: ID<Guild>, shard: Int) { discord.requestMembers(guild, shard: shard) }
    func fetch(_ page: MissedPage) { discord.fetch(page) }
}
