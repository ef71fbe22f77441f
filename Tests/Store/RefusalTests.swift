import CLinux
import Disks
import Kit
import Machine
import Shared
import Store
import Testing

/// A bad database is refused, never worsened.
@Suite struct RefusalTests {
    private func refusal(_ place: Place, _ cause: OpeningRefusal.Cause, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let before = try place.contents()
        let refusal = #expect(throws: OpeningRefusal.self, sourceLocation: sourceLocation) { try place.opening().open() }
        #expect(refusal?.cause == cause, sourceLocation: sourceLocation)
        #expect(refusal?.remedy.isEmpty == false, sourceLocation: sourceLocation)
        #expect(try place.contents() == before, "the bytes are as they were", sourceLocation: sourceLocation)
    }

    @Test func `a folder that is missing`() throws {
        let opening = StoreOpening(path: "/nowhere/at/all/hearth.db", features: [], version: "1", now: Place.moment)
        let refusal = #expect(throws: OpeningRefusal.self) { try opening.open() }
        #expect(refusal?.cause == .folderMissing)
        #expect(refusal?.remedy == "Make it: install -d -m 700 /nowhere/at/all")
    }

    @Test func `a folder where anybody may write, and one where nobody may`() throws {
        let place = try Place()
        try place.fill()
        chmod(place.folder, 0o777)
        try refusal(place, .open)
        chmod(place.folder, 0o1777)
        #expect(try Place.marks(place.opening().open().writer) == 10)
        chmod(place.folder, 0o500)
        try refusal(place, .readOnly)
        chmod(place.folder, 0o700)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
    func `a file system that may only be read`() throws {
        let disk = try SmallDisk(bytes: 8 << 20)
        let opening = StoreOpening(path: disk.path + "/hearth.db", features: [Place.counting], version: "1", now: Place.moment)
        try opening.open().writer.stop()
        let before = try Files.read(disk.path + "/hearth.db", atMost: 8 << 20)
        try disk.becomeReadOnly()
        let refusal = #expect(throws: OpeningRefusal.self) { try opening.open() }
        #expect(refusal?.cause == .readOnly)
        #expect(refusal?.reason == "The file system with \(disk.path) is mounted read-only.")
        #expect(refusal?.remedy.contains("mount -o remount,rw") == true)
        #expect(try Files.read(disk.path + "/hearth.db", atMost: 8 << 20) == before)
    }

    @Test func `a file of another owner`() throws {
        let place = try Place()
        try place.fill()
        guard chown(place.database, 65_534, 65_534) == 0 else {
            // Only root can give a file away; then the daemon must not take the file of root.
            #expect(Accounts.effectiveUser != 0)
            return
        }
        try refusal(place, .wrongOwner)
    }

    @Test("a file's mode", arguments: [(UInt32(0o602), OpeningRefusal.Cause.open), (0o400, .readOnly)])
    func mode(mode: UInt32, cause: OpeningRefusal.Cause) throws {
        let place = try Place()
        try place.fill()
        chmod(place.database, mode)
        try refusal(place, cause)
    }

    @Test func `a link, and what is not a file`() throws {
        let place = try Place()
        try place.fill()
        rename(place.database, place.database + ".real")
        symlink(place.database + ".real", place.database)
        try refusal(place, .symbolicLink)
        unlink(place.database)
        mkdir(place.database, 0o700)
        let refusal = #expect(throws: OpeningRefusal.self) { try place.opening().open() }
        #expect(refusal?.cause == .notAFile)
    }

    @Test func `what is not a database, and one of another program`() throws {
        let place = try Place()
        try Files.write(Array("Dear diary, today I wrote a database by hand and it was good.".utf8), to: place.database)
        try refusal(place, .notADatabase)
        try Files.remove(place.database)
        do {
            let writer = try SQLiteLibrary(path: place.database).openWriter()
            try writer.run("CREATE TABLE bookmarks (url TEXT)")
        }
        chmod(place.database, 0o600)
        try refusal(place, .foreign)
    }

    @Test func `a file that has been cut short`() throws {
        let place = try Place()
        try place.fill(2000)
        let size = try Files.status(place.database).size
        for length in [size - 1, size - 4096, 5000, 4096, 60, 16] {
            truncate(place.database, Int(length))
            try refusal(place, .truncated)
        }
    }

    @Test func `a file that vanished or was emptied after it was used`() throws {
        let place = try Place()
        try place.fill()
        truncate(place.database, 0)
        try refusal(place, .databaseMissing)
        try Files.remove(place.database)
        try refusal(place, .databaseMissing)
        try Files.remove(place.database + ".epoch")
        #expect(try Place.marks(place.opening().open().writer) == 0)
    }

    @Test(
        "a bit turned in each kind of page", arguments: [(17, 1), (110, 3), (4096, 0), (4096 + 3, 1), (8192, 0), (12_288, 0)])
    func damaged(offset: Int, plus: Int) throws {
        let place = try Place()
        try place.fill(2000)
        try place.edit(place.database) { $0[offset] = ~$0[offset] }
        let before = try place.contents()
        let refusal = #expect(throws: OpeningRefusal.self) { try place.opening().open() }
        #expect([.damaged, .truncated, .failed].contains(refusal?.cause))
        #expect(try place.contents() == before)
    }

    @Test func `a database whose log was lost after a crash`() throws {
        let (place, crashed) = (try Place(), try Place())
        try place.fill()
        let opened = try place.opening().open()
        // Each of these is longer than the log may grow, so what the start wrote has long been in the file.
        for round in 1...3 { try Place.mark(opened.writer, (round * 20_000)..<((round + 1) * 20_000), length: 250) }
        try Place.mark(opened.writer, 10..<20)
        for suffix in ["", "-wal", ".epoch"] { try place.copy(place.database + suffix, to: crashed.database + suffix) }
        do {
            let again = try crashed.opening().open()
            #expect(try Place.marks(again.writer) == 60_020)
            #expect(again.remarks.contains { $0.contains("not closed cleanly") })
            #expect(again.epoch > opened.epoch)
        }
        for suffix in ["", "-wal", ".epoch"] { try place.copy(place.database + suffix, to: crashed.database + suffix) }
        try Files.remove(crashed.database + "-wal")
        try? Files.remove(crashed.database + "-shm")
        try refusal(crashed, .lostCommits)
        try Files.remove(crashed.database + ".epoch")
        #expect(try #require(try Place.marks(crashed.opening().open().writer)) < 60_020)
    }

    @Test func `a young database that lay in its log alone, when that was lost`() throws {
        let (place, crashed) = (try Place(), try Place())
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 0..<10)
        for suffix in ["", ".epoch"] { try place.copy(place.database + suffix, to: crashed.database + suffix) }
        try refusal(crashed, .lostCommits)
    }

    @Test func `a database whose log was lost while a part of it was in the file`() throws {
        let (place, crashed) = (try Place(), try Place())
        try place.fill()
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 10..<20)
        // A reader in the middle of its reading: what comes after it cannot be taken into the file.
        var isFirst = true
        try opened.library.openReader().each("SELECT id FROM counting_marks") { _ in
            if isFirst { try Place.mark(opened.writer, 100..<20_100, length: 250) }
            isFirst = false
        }
        for suffix in ["", "-wal", ".epoch"] { try place.copy(place.database + suffix, to: crashed.database + suffix) }
        try Files.remove(crashed.database + "-wal")
        try refusal(crashed, .lostCommits)
    }

    @Test func `a log that another tool has put into the file is not lost`() throws {
        let (place, crashed) = (try Place(), try Place())
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 0..<100)
        for suffix in ["", "-wal", ".epoch"] { try place.copy(place.database + suffix, to: crashed.database + suffix) }
        do {
            let tool = try SQLiteLibrary(path: crashed.database).openWriter()
            #expect(try Place.marks(tool) == 100)
        }
        #expect(!Files.exists(crashed.database + "-wal"))
        #expect(try Place.marks(crashed.opening().open().writer) == 100)
    }

    @Test func `a second daemon`() throws {
        let place = try Place()
        let opened = try place.opening().open()
        try Place.mark(opened.writer, 0..<3)
        let refusal = #expect(throws: OpeningRefusal.self) { try place.opening().open() }
        #expect(refusal?.cause == .inUse)
        #expect(refusal?.reason == "Process \(getpid()) is using the database \(place.database).")
        #expect(try Place.marks(opened.library.openReader()) == 3)
        withExtendedLifetime(opened.lock) {}
    }

    @Test func `of fifty that start at once one wins`() throws {
        let place = try Place()
        let (wins, losses) = (Mailbox<StoreLock>(), Mailbox<OpeningRefusal.Cause>())
        let threads = (0..<50).map { number in
            Thread("start \(number)", stack: 1 << 20) {
                do throws(OpeningRefusal) {
                    wins.send(try StoreLock.acquire(for: place.database))
                } catch {
                    losses.send(error.cause)
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(wins.receive(within: 0)?.count == 1)
        #expect(losses.receive(within: 0) == Array(repeating: .inUse, count: 49))
        #expect(throws: Never.self) { try StoreLock.acquire(for: place.database) }
    }

    @Test func `nothing is changed when there is nothing to do, save the mark of the start`() throws {
        let place = try Place()
        try place.fill()
        let before = try place.opening().open()
        let epoch = before.epoch
        #expect(before.migrated.isEmpty && before.quarantinedSince == nil)
        #expect(before.writer.takeTouchedTables().isEmpty)
        try before.writer.stop()
        #expect(try place.names(with: "before").isEmpty)
        #expect(epoch > 1)
    }

    @Test func `a share of another machine is known by its number, and a disk of this one is none`() {
        #expect([0x6969, 0xFE53_4D42, 0x00C3_6400].map(NetworkFileSystem.name) == ["NFS", "an SMB share", "Ceph"])
        #expect([0xEF53, 0x0102_1994, 0x9123_683E, 0].map(NetworkFileSystem.name) == [nil, nil, nil, nil])
    }

    @Test func `what was opened can be handed to the thread that will use it`() throws {
        let place = try Place()
        let handed = Lock<OpenedStore?>(try place.opening().open())
        let counted = Mailbox<Int64?>()
        Thread("engine") {
            handed.locked { opened in
                guard let writer = opened?.writer else { return }
                try? Place.mark(writer, 0..<4)
                counted.send(try? Place.marks(writer))
                opened = nil
            }
        }.join()
        #expect(counted.receive(within: 0) == [4])
    }
}
