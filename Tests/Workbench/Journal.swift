package import Kit
import Machine
package import Shared

/// What the engine did that others can see, in order: commits and what was handed to the courier.
package final class Journal: Courier {
    package enum Entry: Sendable {
        case commit
        case carried([Parcel])
        case acknowledged(ID<Interaction>, updates: Bool)
        case completed([Choice])
        case formed(Form)
        case committed(shard: Int, sequence: Int64)
        case members(ID<Guild>)
        case fetched(MissedPage)
        case rights(ID<Guild>, ID<Member>?)
    }

    private let entries = Lock<[Entry]>([])

    package init() {}

    package func note(_ entry: Entry) { entries.locked { $0.append(entry) } }
    package var all: [Entry] { entries.locked { $0 } }
    package func clear() { entries.locked { $0 = [] } }

    package func carry(_ parcels: [Parcel]) { note(.carried(parcels)) }
    package func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool) {
        note(.acknowledged(interaction, updates: updates))
    }
    package func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice]) { note(.completed(choices)) }
    package func openForm(_ interaction: ID<Interaction>, token: String, form: Form) { note(.formed(form)) }
    package func committed(shard: Int, sequence: Int64) { note(.committed(shard: shard, sequence: sequence)) }
    package func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) { note(.rights(guild, member)) }
    package func requestMembers(_ guild: ID<Guild>, shard: Int) { note(.members(guild)) }
    package func fetch(_ page: MissedPage) { note(.fetched(page)) }

    package var parcels: [Parcel] {
        all.flatMap { entry -> [Parcel] in if case .carried(let parcels) = entry { parcels } else { [] } }
    }

    package var forms: [Form] {
        all.compactMap { entry in if case .formed(let form) = entry { form } else { nil } }
    }

    package var sequences: [Int64] {
        all.compactMap { entry in if case .committed(_, let sequence) = entry { sequence } else { nil } }
    }

    /// The cards of everything that was posted or answered.
    package var cards: [Card] {
        parcels.compactMap { parcel in
            switch parcel.effect {
            case .post(_, let post), .edit(_, _, let post), .privately(_, let post): post.card
            case .answer(let answer): answer.card
            default: nil
            }
        }
    }
}
