internal import Shared

/// The lines of a subscription.
enum WatchLine {
    static func snapshot(_ row: FeedRow, at place: Int, of subscription: Int) -> [UInt8] {
        var line = Array("{\"sub\":\"\(subscription)\",\"op\":\"snapshot\",\"key\":".utf8)
        JSON.write(row.key, into: &line)
        line += Array(",\"at\":\(place),\"row\":".utf8)
        line += row.body
        return line + Array("}\n".utf8)
    }

    static func change(_ rest: [UInt8], of subscription: Int) -> [UInt8] {
        Array("{\"sub\":\"\(subscription)\",".utf8) + rest + Array("}\n".utf8)
    }

    static func live(_ epoch: String, _ seq: Int64, of subscription: Int) -> [UInt8] {
        ReplyLine.ended(["sub": name(subscription), "op": "live", "epoch": .string(epoch), "seq": .int(seq)])
    }

    static func tick(_ epoch: String, _ seq: Int64, of subscription: Int) -> [UInt8] {
        ReplyLine.ended(["sub": name(subscription), "op": "tick", "epoch": .string(epoch), "seq": .int(seq)])
    }

    static func resync(_ reason: String, dropped: Int64, of subscription: Int) -> [UInt8] {
        ReplyLine.ended(["sub": name(subscription), "op": "resync", "reason": .string(reason), "dropped": .int(dropped)])
    }

    static func gone(_ subscription: Int) -> [UInt8] { ReplyLine.ended(["sub": name(subscription), "op": "gone"]) }

    static func name(_ subscription: Int) -> JSON { .string(String(subscription)) }
}
