import CLinux
import Kit
import Machine
import Shared
import Store

/// A folder of the test's own with a database in it, removed afterwards.
final class Place: Sendable {
    let folder: String
    var database: String { folder + "/hearth.db" }

    init() throws {
        var name = Array("/tmp/hearth-store-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw SystemError.last("mkdtemp") }
        folder = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeAll(folder) }

    private static func removeAll(_ folder: String) {
        for name in (try? Files.names(in: folder)) ?? [] where unlink("\(folder)/\(name)") != 0 {
            removeAll("\(folder)/\(name)")
        }
        rmdir(folder)
    }

    static let counting: FeatureMigrations = (
        "counting", [Migration("counting-001-begin", "CREATE TABLE counting_marks (id BIGINT PRIMARY KEY, mark TEXT NOT NULL)")]
    )

    func opening(_ features: [FeatureMigrations] = [Place.counting], at now: Instant = Place.moment) -> StoreOpening {
        StoreOpening(path: database, features: features, version: "1.2.3", now: now)
    }

    static let moment = Instant(milliseconds: 1_770_000_000_123)

    /// A database with some marks, stopped cleanly.
    func fill(_ count: Int = 10) throws {
        let opened = try opening().open()
        try Place.mark(opened.writer, 0..<count)
        try opened.writer.stop()
    }

    static func mark(_ writer: SQLiteWriter, _ range: Range<Int>, length: Int = 8) throws {
        let mark = String(repeating: "x", count: length)
        try writer.begin()
        try writer.repeated("INSERT INTO counting_marks (id, mark) VALUES ($1, $2)", count: range.count) { index, binder in
            binder.bind(1, Int64(range.lowerBound + index))
            binder.bind(2, mark)
        }
        try writer.commit()
    }

    static func marks(_ connection: any Connection) throws -> Int64? {
        try connection.first("SELECT count(*) FROM counting_marks") { $0.int(0) }
    }

    /// Files and their bytes, without what may come and go beside them: the lock and the shared index of the log.
    func contents() throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in try Files.names(in: folder) where !name.hasSuffix(".lock") && !name.hasSuffix("-shm") {
            let bytes = try Files.read("\(folder)/\(name)", atMost: 64 << 20)
            if !(bytes.isEmpty && name.hasSuffix("-wal")) { contents[name] = bytes }
        }
        return contents
    }

    func names(with part: String) throws -> [String] { try Files.names(in: folder).filter { $0.contains(part) } }

    func edit(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = try Files.read(path, atMost: 64 << 20)
        change(&bytes)
        try Files.write(bytes, to: path)
    }

    func copy(_ from: String, to: String) throws { try Files.write(try Files.read(from, atMost: 64 << 20), to: to) }
}
