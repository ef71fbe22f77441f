internal import FoundationEssentials

/// How a job's payload lies in its row: JSON that later versions of the bot still read.
package enum JobPayload {
    package static func write(_ payload: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(Wrapped(value: payload)), as: UTF8.self)
    }

    package static func read<Payload: Decodable>(_ text: String) throws -> Payload {
        try JSONDecoder().decode(Unwrapped<Payload>.self, from: Data(text.utf8)).value
    }

    static func write(key: String, _ state: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(Keyed(key: key, value: state)), as: UTF8.self)
    }

    static func readLong<State: Decodable>(_ text: String) throws -> (String, State) {
        let keyed = try JSONDecoder().decode(UnwrappedKeyed<State>.self, from: Data(text.utf8))
        return (keyed.key, keyed.value)
    }

    private struct Wrapped<Value: Encodable>: Encodable { var value: Value }
    private struct Unwrapped<Value: Decodable>: Decodable { var value: Value }
    private struct Keyed<Value: Encodable>: Encodable { var key: String; var value: Value }
    private struct UnwrappedKeyed<Value: Decodable>: Decodable { var key: String; var value: Value }
}
