internal import Shared

/// Lines to a client. None is longer than a reader of the protocol must accept.
enum ReplyLine {
    static let longest = 1 << 20

    static func result(_ result: JSON, id: JSON, beside: KeyValuePairs<String, JSON?> = [:]) -> [UInt8] {
        var line = JSON.Object([("jsonrpc", "2.0"), ("id", id), ("result", result)])
        for (name, value) in beside { line[name] = value }
        let bytes = ended(.object(line))
        guard bytes.count <= longest else {
            return failure(
                Failure(
                    .invalidValue, "The answer has \(bytes.count) bytes; a line carries \(longest).",
                    hint: "Ask for less, for example with a smaller limit."), id: id)
        }
        return bytes
    }

    static func failure(_ failure: Failure, id: JSON) -> [UInt8] {
        ended(["jsonrpc": "2.0", "id": id, "error": failure.json])
    }

    static let overflow = ended(["op": "overflow"])

    static func ended(_ json: JSON) -> [UInt8] {
        var bytes = json.bytes
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }
}
