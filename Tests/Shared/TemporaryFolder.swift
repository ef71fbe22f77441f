import Machine
import Testing

/// A folder of one test, gone when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init(_ name: String = #function) throws {
        let word = name.prefix { $0.isLetter || $0.isNumber }
        path = "/tmp/hearth-test-\(word)-\(UInt64.random(in: 0 ... .max))"
        try Files.makeFolder(path)
    }

    deinit {
        do {
            for name in try Files.names(in: path) { try Files.remove(path + "/" + name) }
            try Files.removeFolder(path)
        } catch {
            Issue.record("the folder \(path) stays behind: \(error)")
        }
    }

    func file(_ name: String, _ text: String = "", mode: UInt32 = 0o600) throws -> String {
        try Files.write(Array(text.utf8), to: "\(path)/\(name)", mode: mode)
        return "\(path)/\(name)"
    }
}
