import Engine
import Kit
import Machine
import Shared
import Simulator
import Store
import hearthd

/// What a power cut has left of a house, in a folder of its own, opened as a start opens it.
struct Remains {
    private let store: OpenedStore

    /// Throws when the daemon would refuse it.
    init(_ image: [String: [UInt8]], in folder: String) throws {
        try Self.lay(image, in: folder)
        let house = [(feature: "house", migrations: HouseSchema.migrations)]
        let schemas = house + House.features.map { (feature: $0.name, migrations: $0.schema) }
        store = try StoreOpening(
            path: folder + "/hearth.db", features: schemas.filter { !$0.migrations.isEmpty }, version: House.version,
            now: Instant(milliseconds: wallMilliseconds())
        ).open()
    }

    /// Puts the files where the disk had them, and nothing else.
    static func lay(_ image: [String: [UInt8]], in folder: String) throws {
        for name in ["hearth.db", "hearth.db-wal", "hearth.db-shm", "hearth.db-journal", "hearth.db.epoch"] {
            if Files.exists(folder + "/" + name) { try Files.remove(folder + "/" + name) }
        }
        for (name, bytes) in image { try Files.write(bytes, to: folder + "/" + name) }
    }

    /// The database's files as they lie there; an empty log says nothing, and whoever looks in may leave one.
    static func files(in folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in ["hearth.db", "hearth.db-wal", "hearth.db-journal", "hearth.db.epoch"] {
            guard Files.exists(folder + "/" + name) else { continue }
            let bytes = try Files.read(folder + "/" + name, atMost: 256 << 20)
            if !(bytes.isEmpty && name == "hearth.db-wal") { files[name] = bytes }
        }
        return files
    }

    /// What is wrong with it, measured by what the world had seen and by what happened in all.
    func faults(after glance: RecordedLife.Glance, _ truth: Ledger) throws -> [String] {
        var faults: [String] = []
        let checked = try store.writer.all("PRAGMA integrity_check") { $0.text(0) }
        if checked != ["ok"] { faults.append("integrity_check: \(checked.first ?? "")") }
        let nonces = Set(try store.writer.all("SELECT nonce FROM house_outbox") { $0.text(0) })
        let lost = glance.world.ledger.sent.filter { $0.nonce.map { !nonces.contains($0) } ?? true }
        if let first = lost.first { faults.append("\(lost.count) messages were sent that nobody knows of: \(first.content)") }
        let sequence = try number("SELECT MAX(sequence) FROM house_sessions")
        if sequence < glance.world.acknowledged {
            faults.append("Discord may forget up to \(glance.world.acknowledged), on disk is \(sequence)")
        }
        let version = try number("SELECT MAX(version) FROM house_settings WHERE name = 'activity.voice'")
        if version < glance.answered { faults.append("\(glance.answered) changes were answered, \(version) are on disk") }
        let newest = try number("SELECT MAX(message) FROM activity_facts")
        let counted = try number("SELECT COUNT(*) FROM activity_facts")
        let spoken = truth.spoken.filter { $0.isSpeech && $0.message.number <= newest }.count
        if counted != spoken { faults.append("\(counted) messages are counted of \(spoken) up to \(newest)") }
        return faults
    }

    private func number(_ sql: SQL) throws -> Int64 { try store.writer.first(sql) { $0.optionalInt(0) ?? 0 } ?? 0 }
}
