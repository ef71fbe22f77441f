import Machine
import Testing

/// A private folder of one story, gone with it: a database, a socket, a log, and a folder of backups.
final class StoryFolder: Sendable {
    let path: String

    init() throws {
        path = "/tmp/hearth-story-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        try Files.makeFolder(path)
    }

    deinit {
        do { try Self.empty(path) } catch { Issue.record("the folder \(path) stays behind: \(error)") }
    }

    private static func empty(_ folder: String) throws {
        for name in try Files.names(in: folder) {
            let inner = folder + "/" + name
            if (try? Files.names(in: inner)) == nil { try Files.remove(inner) } else { try empty(inner) }
        }
        try Files.removeFolder(folder)
    }
}
