import Kit
import Shared

/// What other threads ask of the net thread.
enum GatewayCommand: Sendable {
    case begin(shards: Int, [Checkpoint])
    /// What `/gateway/bot` says.
    case learn(address: String, IdentifyBudget?, concurrency: Int)
    case connected(shard: Int, attempt: Int, Result<CurlSocket, CurlSocket.Unreachable>)
    case intents(Intents)
    /// Something that an admin should know, or knows no longer.
    case trouble(topic: String, String?)
    case bot(ID<Member>)
    case requestMembers(ID<Guild>, shard: Int)
    case stop(keepingSession: Bool)
}

/// What the net thread asks of the link around it.
enum GatewayWish: Sendable {
    /// The main address has to be asked for (again).
    case address
    /// Discord refuses these privileged intents.
    case intents(Intents)
    case begun(Ready)
}
