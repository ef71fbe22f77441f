import Kit
import Shared
import Store

/// How far a daemon has come, as its rows on disk say: looked at from outside, so that looking costs it nothing.
final class Progress {
    private let house: RunningHouse
    private let reader: any ReadingConnection

    init(_ house: RunningHouse) throws {
        self.house = house
        reader = try SQLiteLibrary(path: house.folder + "/hearth.db").openReader()
    }

    /// The newest message that is committed.
    func newestMessage() throws -> Int64 {
        try reader.first("SELECT COALESCE(MAX(newest), 0) FROM house_sessions") { $0.int(0) } ?? 0
    }

    func reaches(guilds count: Int) throws {
        try house.waits("\(count) guilds", atMost: 60_000, every: 5) { try guilds() == count }
    }

    private func guilds() throws -> Int {
        Int(try reader.first("SELECT COUNT(*) FROM house_guilds WHERE state = 'here'") { $0.int(0) } ?? 0)
    }
}
