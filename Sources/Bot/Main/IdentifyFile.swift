internal import Discord
internal import Machine
internal import Shared

/// How many sessions may still be begun today and when the last ones were, kept in a file beside the database: asked for by
/// the net thread, which must not wait for the engine, and right also when the process dies at once.
final class IdentifyFile: IdentifyLedger, Sendable {
    private let path: String
    private let log: Log

    init(_ path: String, log: Log) {
        self.path = path
        self.log = log
    }

    func record() -> IdentifyRecord? {
        guard let bytes = try? Files.read(path, atMost: 4096), let json = try? JSON(parsing: bytes) else { return nil }
        var record = IdentifyRecord(concurrency: Int(max(1, json["concurrency"]?.int ?? 1)))
        if let total = json["total"]?.int, let remaining = json["remaining"]?.int, let resets = json["resets_ms"]?.int {
            record.budget = IdentifyBudget(
                total: Int(total), remaining: Int(remaining), resets: Instant(milliseconds: resets))
        }
        for (key, begun) in json["begun_ms"]?.object?.members ?? [] {
            if let key = Int(key), let begun = begun.int { record.begun[key] = Instant(milliseconds: begun) }
        }
        return record
    }

    func keep(_ record: IdentifyRecord) {
        let begun = record.begun.sorted { $0.key < $1.key }.map { (key: "\($0.key)", value: JSON.int($0.value.milliseconds)) }
        let json = JSON.fields([
            "total": record.budget.map { .int(Int64($0.total)) }, "remaining": record.budget.map { .int(Int64($0.remaining)) },
            "resets_ms": record.budget.map { .int($0.resets.milliseconds) }, "concurrency": .int(Int64(record.concurrency)),
            "begun_ms": .object(JSON.Object(begun)),
        ])
        do { try Files.write(json.bytes, to: path) } catch {
            log.warn("the identify budget cannot be kept: \(error)")
        }
    }
}
