internal import Discord
internal import Machine
internal import Shared

/// How many sessions may still be begun today, kept in a file beside the database: asked for by the net thread, which must
/// not wait for the engine, and right also when the process dies at once.
final class IdentifyFile: IdentifyLedger, Sendable {
    private let path: String
    private let log: Log

    init(_ path: String, log: Log) {
        self.path = path
        self.log = log
    }

    func budget() -> IdentifyBudget? {
        guard let bytes = try? Files.read(path, atMost: 1024), let json = try? JSON(parsing: bytes),
            let total = json["total"]?.int,
            let remaining = json["remaining"]?.int, let resets = json["resets_ms"]?.int
        else { return nil }
        return IdentifyBudget(total: Int(total), remaining: Int(remaining), resets: Instant(milliseconds: resets))
    }

    func keep(_ budget: IdentifyBudget) {
        let json = JSON.fields([
            "total": .int(Int64(budget.total)), "remaining": .int(Int64(budget.remaining)),
            "resets_ms": .int(budget.resets.milliseconds),
        ])
        do { try Files.write(json.bytes, to: path) } catch {
            log.warn("the identify budget cannot be kept: \(error)")
        }
    }
}
