internal import Kit
internal import Machine

/// Reads an existing database before anything is allowed to write to it.
struct Examination {
    let path: String
    let stamp: EpochStamp

    struct Findings {
        var isNew = true
        /// False when the last daemon was not able to say goodbye.
        var wasStoppedCleanly = true
        var applied: [AppliedMigration] = []
        var quarantinedSince: Int64?
        var remarks: [String] = []
    }

    /// Files up to this many bytes are checked in a moment, so at every start; larger ones only after a crash.
    private static let checkedAlways: Int64 = 32 << 20
    /// Of files larger than this only the house's own tables are checked, since all would take too long.
    private static let checkedWhole: Int64 = 256 << 20

    func examine() throws(OpeningRefusal) -> Findings {
        do {
            return try read()
        } catch let refusal as OpeningRefusal {
            throw refusal
        } catch let error as StoreError {
            throw OpeningRefusal(error, at: path)
        } catch {
            throw OpeningRefusal(.failed, "\(path): \(error).", remedy: OpeningRefusal.restore)
        }
    }

    private func read() throws -> Findings {
        let connection = try SQLiteReader(SQLiteLibrary(path: path))
        let tables = try connection.all("SELECT name FROM sqlite_schema WHERE type = 'table'") { $0.text(0) }
        guard tables.contains("house_state") else {
            if tables.isEmpty {
                // A young database may lie in its log alone.
                try compareEpochs(0)
                return Findings()
            }
            throw OpeningRefusal(
                .foreign, "\(path) is a database of another program.", remedy: "Name another file for Hearth's database.")
        }
        try compareEpochs(try HouseState.number(.epoch, on: connection) ?? 0)
        var findings = Findings()
        findings.isNew = false
        findings.wasStoppedCleanly = try HouseState.read(.running, on: connection) != "1"
        findings.quarantinedSince = try HouseState.number(.quarantinedSince, on: connection)
        try check(connection, tables, &findings)
        if tables.contains("house_migrations") { findings.applied = try AppliedMigration.all(on: connection) }
        return findings
    }

    private func compareEpochs(_ epoch: Int64) throws(OpeningRefusal) {
        guard let last = stamp.read(), epoch < last else { return }
        throw OpeningRefusal(
            .lostCommits,
            "\(path) is older (epoch \(epoch)) than when it was last used (epoch \(last)): its log \(path)-wal is lost, "
                + "or the file was replaced.",
            remedy: "Put the log back or restore a backup (hearthd restore FILE); "
                + "to go on without what is lost: rm \(quoted(stamp.path))")
    }

    private func check(_ connection: SQLiteReader, _ tables: [String], _ findings: inout Findings) throws {
        let size = (try? Files.status(path))?.size ?? 0
        if findings.wasStoppedCleanly && size > Self.checkedAlways { return }
        let isWhole = size <= Self.checkedWhole
        let questions: [SQL] = isWhole ? ["PRAGMA quick_check(1)"] : tables.filter { $0.hasPrefix("house_") }.map(Self.question)
        for question in questions {
            let answer = try connection.all(question) { $0.text(0) }
            if answer != ["ok"] { throw StoreError.corrupt(answer.first ?? "no answer") }
        }
        if !findings.wasStoppedCleanly {
            let extent = isWhole ? "it was checked and is whole" : "it is large, so only the house's own tables were checked"
            findings.remarks.append("The database was not closed cleanly; \(extent).")
        }
    }

    /// The check of one table. Its name is bound, for it was read from the file.
    private static func question(_ table: String) -> SQL { "SELECT quick_check FROM pragma_quick_check(\(table))" }
}
