/// What a subscription tells, one line each.
package enum ControlEvent: Hashable, Sendable {
    case snapshot(key: String, at: Int, row: JSON)
    case live(epoch: String, seq: Int64)
    case upsert(epoch: String, seq: Int64, key: String, at: Int, row: JSON)
    case delete(epoch: String, seq: Int64, key: String)
    case move(epoch: String, seq: Int64, key: String, at: Int)
    case tick(epoch: String, seq: Int64)
    case resync(reason: String, dropped: Int64)
    case gone

    init?(_ json: JSON) {
        let epoch = json["epoch"]?.text ?? ""
        let seq = json["seq"]?.int ?? 0
        let key = json["key"]?.text ?? ""
        let at = Int(clamping: json["at"]?.int ?? Int64(Int.max))
        let row = json["row"] ?? .null
        switch json["op"]?.text {
        case "snapshot": self = .snapshot(key: key, at: at, row: row)
        case "live": self = .live(epoch: epoch, seq: seq)
        case "upsert": self = .upsert(epoch: epoch, seq: seq, key: key, at: at, row: row)
        case "delete": self = .delete(epoch: epoch, seq: seq, key: key)
        case "move": self = .move(epoch: epoch, seq: seq, key: key, at: at)
        case "tick": self = .tick(epoch: epoch, seq: seq)
        case "resync": self = .resync(reason: json["reason"]?.text ?? "", dropped: json["dropped"]?.int ?? 0)
        case "gone": self = .gone
        default: return nil
        }
    }
}
