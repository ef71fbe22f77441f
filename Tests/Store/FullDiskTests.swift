import Disks
import Kit
import Machine
import Shared
import Store
import Testing

@Suite struct FullDiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "only root may mount a small disk"))
    func `a full disk is told as one, what was committed stays, and freeing space is enough`() throws {
        let disk = try SmallDisk(bytes: 16 << 20)
        let database = disk.path + "/hearth.db"
        let ballast = disk.path + "/ballast"
        try Files.write([UInt8](repeating: 1, count: 10 << 20), to: ballast)
        let opened = try StoreOpening(path: database, features: [Place.counting], version: "1", now: Place.moment).open()
        var committed = 0
        var refused: StoreError?
        while refused == nil && committed < 1_000_000 {
            do {
                try Place.mark(opened.writer, committed..<(committed + 5000))
                committed += 5000
            } catch let error as StoreError {
                refused = error
                try opened.writer.rollback()
            }
        }
        #expect(refused == .full)
        #expect(committed > 0)
        #expect(try Place.marks(opened.writer) == Int64(committed), "reads go on")
        #expect(throws: StoreError.full) { try opened.library.backup(to: disk.path + "/backup.db") }
        #expect(try Files.names(in: disk.path).allSatisfy { !$0.contains("backup") })
        try Files.remove(ballast)
        try Place.mark(opened.writer, committed..<(committed + 5000))
        #expect(try Place.marks(opened.library.openReader()) == Int64(committed + 5000))
        try opened.writer.stop()
    }
}
