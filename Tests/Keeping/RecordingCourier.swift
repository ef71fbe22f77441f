import Kit
import Machine
import Shared

/// Carries nothing; remembers what it was handed.
final class RecordingCourier: Courier {
    private let parcels = Lock<[Parcel]>([])

    var carried: [Parcel] { parcels.locked { $0 } }

    func carry(_ more: [Parcel]) { parcels.locked { $0 += more } }
    func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool) {}
    func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice]) {}
    func openForm(_ interaction: ID<Interaction>, token: String, form: Form) {}
    func committed(shard: Int, sequence: Int64) {}
    func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) {}
    func requestMembers(_ guild: ID<Guild>, shard: Int) {}
    func fetch(_ page: MissedPage) {}
}
