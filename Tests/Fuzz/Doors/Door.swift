import Machine

/// A place where bytes of strangers come in, as a fuzzer and the replay of its corpus enter it: any bytes are read in order or
/// refused in order, and what must hold of every answer is checked behind the door.
package struct Door: Sendable {
    package let name: String
    /// Longer inputs are cut: what the door's own cap keeps out needs no fuzzing.
    package let longest: Int
    private let pass: @Sendable ([UInt8]) throws -> Void

    init(_ name: String, longest: Int, _ pass: @escaping @Sendable ([UInt8]) throws -> Void) {
        self.name = name
        self.longest = longest
        self.pass = pass
    }

    package func enter(_ bytes: [UInt8]) throws { try pass(Array(bytes.prefix(longest))) }

    package static let all = [
        webSocket, handshake, zlib, zstd, json, gateway, control, times, line, headers, configuration, recurrence, zone, text,
        rule, announcement,
    ]

    /// What one input may cost, in milliseconds of CPU and bytes of memory that the process did not hold before.
    package static let mostMilliseconds = 100
    package static let mostBytes = 64 << 20
}

/// Something that must hold for every input does not hold for this one.
package struct Broken: Error, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}

func expect(_ holds: Bool, _ sentence: @autoclosure () -> String) throws {
    if !holds { throw Broken(sentence()) }
}

/// Takes choices from the beginning of an input, so that a fuzzer can make them too.
struct Choices {
    private var bytes: ArraySlice<UInt8>
    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    mutating func next() -> Int { bytes.popFirst().map(Int.init) ?? 0 }
    var rest: [UInt8] { Array(bytes) }
    var restText: String { String(decoding: bytes, as: UTF8.self) }
}
