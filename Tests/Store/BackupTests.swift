import CLinux
import Kit
import Machine
import Shared
import Store
import Testing

@Suite struct BackupTests {
    @Test func `a backup taken while somebody writes holds one moment`() throws {
        let place = try Place()
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 0..<100_000)
        let backup = place.folder + "/backup.db"
        var steps = 0
        var last = (done: 0, all: 0)
        try opened.library.backup(to: backup) { done, all in
            steps += 1
            last = (done, all)
            #expect(throws: Never.self) { () throws in
                try Place.mark(opened.writer, (100_000 + steps * 10)..<(100_010 + steps * 10))
            }
        }
        #expect(steps > 1 && last.done == last.all && last.all > 0)
        let report = try BackupReport(verifying: backup)
        #expect(report.rows["counting_marks"] == 100_000)
        #expect(report.migrations == ["counting-001-begin"])
        #expect(report.epoch >= 1)
        #expect(try Place.marks(opened.writer) == Int64(100_000 + 10 * steps))
        #expect(try Files.status(backup).permissions == 0o600)
        #expect(try place.names(with: "backup") == ["backup.db"], "one file, nothing beside it")
    }

    @Test func `the writer's own backup holds what is committed and leaves its transaction open`() throws {
        let place = try Place()
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 0..<5)
        try opened.writer.begin()
        try opened.writer.run("DELETE FROM counting_marks")
        try opened.writer.backup(to: place.folder + "/backup.db") { _, _ in }
        try opened.writer.commit()
        #expect(try BackupReport(verifying: place.folder + "/backup.db").rows["counting_marks"] == 5)
        #expect(try Place.marks(opened.writer) == 0)
    }

    @Test func `an existing file is never replaced by a backup, and a failed one leaves nothing`() throws {
        let place = try Place()
        let opened = try place.opening().open()
        let backup = place.folder + "/backup.db"
        try Files.write([1, 2, 3], to: backup)
        #expect(throws: StoreError.self) { try opened.library.backup(to: backup) }
        #expect(try Files.read(backup) == [1, 2, 3])
        #expect(throws: StoreError.self) { try opened.library.backup(to: place.folder + "/none/backup.db") }
        #expect(try place.names(with: ".new").isEmpty)
    }

    @Test func `a damaged backup is found out`() throws {
        let place = try Place()
        try place.fill(2000)
        let backup = place.folder + "/backup.db"
        try SQLiteLibrary(path: place.database).backup(to: backup)
        try place.edit(backup) { $0[4096 * 3] = 77 }
        let error = #expect(throws: StoreError.self) { try BackupReport(verifying: backup) }
        guard case .corrupt = error else {
            Issue.record("gave \(String(describing: error))")
            return
        }
        let before = try place.contents()
        let refusal = #expect(throws: OpeningRefusal.self) {
            try Restore(to: place.database, now: Place.moment).run(from: backup)
        }
        #expect(refusal?.cause == .damaged)
        #expect(try place.contents() == before)
    }

    @Test func `a restored database is quarantined, newer than the old one, and the old one is kept`() throws {
        let place = try Place()
        let backup = place.folder + "/backup.db"
        var epoch: Int64 = 0
        do {
            let opened = try place.opening().open()
            try Place.mark(opened.writer, 0..<10)
            try opened.library.backup(to: backup)
            try Place.mark(opened.writer, 10..<30)
            epoch = opened.epoch
            // No clean stop: the log stays and must not be played into what is restored.
            try place.copy(place.database, to: place.folder + "/crash.db")
            try place.copy(place.database + "-wal", to: place.folder + "/crash.db-wal")
        }
        rename(place.folder + "/crash.db", place.database)
        rename(place.folder + "/crash.db-wal", place.database + "-wal")
        let outcome = try Restore(to: place.database, now: Place.moment).run(from: backup)
        #expect(outcome.report.rows["counting_marks"] == 10)
        let replaced = try #require(outcome.replaced)
        #expect(try Place.marks(SQLiteLibrary(path: replaced).openWriter()) == 30)
        let opened = try place.opening().open()
        #expect(try Place.marks(opened.writer) == 10)
        #expect(opened.quarantinedSince == Place.moment)
        #expect(opened.epoch > epoch)
        let state = try opened.writer.all("SELECT value FROM house_state WHERE key = 'quarantined_since'") { $0.text(0) }
        #expect(state == ["\(Place.moment.milliseconds)"])
    }

    @Test func `a restore is refused while a daemon runs`() throws {
        let place = try Place()
        let opened = try place.opening().open()
        let backup = place.folder + "/backup.db"
        try opened.library.backup(to: backup)
        let refusal = #expect(throws: OpeningRefusal.self) {
            try Restore(to: place.database, now: Place.moment).run(from: backup)
        }
        #expect(refusal?.cause == .inUse)
        #expect(try Place.marks(opened.writer) == 0)
        withExtendedLifetime(opened.lock) {}
    }

    @Test func `a backup restored where nothing was makes a database`() throws {
        let (place, other) = (try Place(), try Place())
        try place.fill()
        let outcome = try Restore(to: other.database, now: Place.moment).run(from: place.database)
        #expect(outcome.replaced == nil)
        let opened = try other.opening().open()
        #expect(try Place.marks(opened.writer) == 10)
        #expect(opened.quarantinedSince == Place.moment)
    }
}
