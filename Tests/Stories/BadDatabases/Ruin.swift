import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

/// A house that was lived in, as it was when it had been killed, and as it was when it had been stopped.
final class Ruin {
    let ordeal: Ordeal
    let killed: [String: [UInt8]]
    let stopped: [String: [UInt8]]
    private(set) var refused = 0

    init(_ ordeal: Ordeal) throws {
        self.ordeal = ordeal
        try ordeal.isBorn()
        try ordeal.dies()
        var killed: [String: [UInt8]] = [:]
        // Once in a hundred times the log has just been emptied into the file, and nobody would miss it.
        repeat {
            try ordeal.starts()
            try ordeal.goesOn("its session") { ordeal.isOnline }
            try ordeal.goesOn(for: 1000)
            try ordeal.isQuiet()
            try ordeal.dies()
            ordeal.looksAgain()
            killed = try Remains.files(in: ordeal.folder)
        } while try !Self.needsItsLog(killed, in: ordeal.folder)
        self.killed = killed
        try Self.furnish(SQLiteLibrary(path: ordeal.database).openWriter())
        ordeal.looksAgain()
        try ordeal.starts()
        try ordeal.isQuiet()
        ordeal.daemon?.stops()
        ordeal.looksAgain()
        stopped = try Remains.files(in: ordeal.folder)
    }

    /// Whether a message would be lost with the log.
    private static func needsItsLog(_ files: [String: [UInt8]], in folder: String) throws -> Bool {
        let counts = try [true, false].map { hasLog in
            try Remains.lay(files.filter { hasLog || $0.key != "hearth.db-wal" }, in: folder)
            let reader = try SQLiteLibrary(path: folder + "/hearth.db").openReader()
            return (try? reader.first("SELECT COUNT(*) FROM activity_facts") { $0.int(0) }) ?? 0
        }
        try Remains.lay(files, in: folder)
        return counts[0] != counts[1]
    }

    /// So that there are pages of every kind: an index with branches, something too long for a page, and something thrown away.
    private static func furnish(_ writer: SQLiteWriter) throws {
        let long = String(repeating: "long ", count: 20_000)
        try writer.begin()
        for number in Int64(1)...3 {
            try writer.run(
                """
                INSERT INTO house_audit_details (id, salt, asker, detail)
                VALUES (\(1_000_000 + number), '', '', \(long + String(number)))
                """)
        }
        for number in Int64(1)...400 {
            let cause = "\(number) \(long.prefix(120))"
            try writer.run(
                "INSERT INTO house_uses (cause, member, command, at) VALUES (\(cause), \(number), 'x', \(Int64.max))")
        }
        try writer.commit()
        try writer.run("DELETE FROM house_audit_details WHERE id = 1000002")
    }

    func mapped() throws -> PageMap {
        try Remains.lay(stopped, in: ordeal.folder)
        return try PageMap(of: ordeal.database, stopped["hearth.db"] ?? [])
    }

    func edit(_ change: (inout [UInt8]) -> Void) throws {
        var bytes = try Files.read(ordeal.database, atMost: 256 << 20)
        change(&bytes)
        try Files.write(bytes, to: ordeal.database)
    }

    func isRefused(_ name: String, _ words: [String], after harm: () throws -> Void) throws {
        try harm()
        let before = try Remains.files(in: ordeal.folder)
        let known = ordeal.said().count
        let program = try ordeal.program([])
        let deadline = MonotonicTime.now.adding(milliseconds: 20_000)
        let pause = Mailbox<Void>()
        while !program.hasEnded(), MonotonicTime.now < deadline { _ = pause.receive(within: 5) }
        #expect(program.ending == .exited(78), "\(name): it did not end with 78")
        program.dies()
        let said = ordeal.said().dropFirst(known).joined(separator: "\n")
        for word in words { #expect(said.contains(word), "\(name) is not told as \(word): \(said)") }
        #expect(try Remains.files(in: ordeal.folder) == before, "\(name): the files were changed")
        refused += 1
    }
}
