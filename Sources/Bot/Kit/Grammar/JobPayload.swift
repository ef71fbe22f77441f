internal import Shared

/// How a job's payload lies in its row: JSON that later versions of the bot still read.
package enum JobPayload {
    package static func write(_ payload: some Encodable) throws -> String {
        try JSON(encoding: Wrapped(value: payload)).line
    }

    package static func read<Payload: Decodable>(_ text: String) throws -> Payload {
        try JSON(parsing: text).decoded(as: Unwrapped<Payload>.self).value
    }

    static func write(key: String, _ state: some Encodable) throws -> String {
        try JSON(encoding: Keyed(key: key, value: state)).line
    }

    static func readLong<State: Decodable>(_ text: String) throws -> (String, State) {
        let keyed = try JSON(parsing: text).decoded(as: UnwrappedKeyed<State>.self)
        return (keyed.key, keyed.value)
    }

    private struct Wrapped<Value: Encodable>: Encodable { var value: Value }
    private struct Unwrapped<Value: Decodable>: Decodable { var value: Value }
    private struct Keyed<Value: Encodable>: Encodable { var key: String; var value: Value }
    private struct UnwrappedKeyed<Value: Decodable>: Decodable { var key: String; var value: Value }
}
