import Kit
import Shared
import Testing

/// What every adapter of the store's port keeps, whatever database is under it. An adapter's own suite calls each of these
/// with a way to open an empty store.
struct Conformance {
    typealias Opened = (writer: any WritingConnection, library: any Library)
    let open: () throws -> Opened

    init(_ open: @escaping () throws -> Opened) { self.open = open }

    func openWithThings() throws -> Opened {
        let opened = try open()
        try opened.writer.run(
            """
            CREATE TABLE things (
                id BIGINT PRIMARY KEY, name TEXT NOT NULL, weight DOUBLE PRECISION, picture BYTEA, CHECK (id <> 13)
            )
            """)
        try opened.writer.run("CREATE TABLE tags (thing BIGINT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (thing, tag))")
        _ = opened.writer.takeTouchedTables()
        return opened
    }

    func count(_ connection: any Connection) throws -> Int64 {
        try #require(try connection.first("SELECT count(*) FROM things") { $0.int(0) })
    }

    func keepsEveryKindOfValue() throws {
        let (writer, _) = try openWithThings()
        let name = "naïve 日本\u{0}after ' \" ; -- $1 👩‍👩‍👧"
        let picture: [UInt8] = [0, 255, 1, 0]
        try writer.run(
            "INSERT INTO things (id, name, weight, picture) VALUES (\(Int64.max), \(name), \(0.1), \(picture))")
        try writer.run(
            "INSERT INTO things (id, name, weight, picture) VALUES (\(Int64.min), \(""), \(SQLValue.null), \([UInt8]()))")
        var seen = 0
        try writer.each("SELECT id, name, weight, picture FROM things ORDER BY id") { row in
            seen += 1
            if seen == 1 {
                #expect(row.int(0) == Int64.min)
                #expect(!row.isNull(1) && row.text(1).isEmpty)
                #expect(row.isNull(2))
                #expect(!row.isNull(3) && row.bytes(3).isEmpty)
            } else {
                #expect(row.int(0) == Int64.max)
                #expect(row.text(1) == name)
                #expect(row.double(2) == 0.1)
                #expect(row.bytes(3) == picture)
            }
        }
        #expect(seen == 2)
    }

    func bindsByNumberNotByOrder() throws {
        let (writer, _) = try openWithThings()
        try writer.repeated("INSERT INTO things (name, id) VALUES ($2, $1)", count: 2) { index, binder in
            binder.bind(1, Int64(index) + 40)
            binder.bind(2, "thing \(index)")
        }
        #expect(try writer.all("SELECT name FROM things WHERE id = \(41)") { $0.text(0) } == ["thing 1"])
    }

    func forgetsTheLastRowsValues() throws {
        let (writer, _) = try openWithThings()
        try writer.repeated("INSERT INTO things (id, name, weight) VALUES ($1, $2, $3)", count: 2) { index, binder in
            binder.bind(1, Int64(index))
            binder.bind(2, "")
            if index == 0 { binder.bind(3, 2.5) }
        }
        #expect(try writer.all("SELECT weight FROM things ORDER BY id") { $0.isNull(0) } == [false, true])
    }

    func countsChangedRows() throws {
        let (writer, _) = try openWithThings()
        let insert: StaticString = "INSERT INTO things (id, name) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING"
        func add(_ count: Int) throws -> Int {
            try writer.repeated(insert, count: count) { index, binder in
                binder.bind(1, Int64(index))
                binder.bind(2, "a")
            }
        }
        #expect(try add(5) == 5)
        #expect(try add(7) == 2)
        #expect(try writer.run("UPDATE things SET name = \("b") WHERE id >= \(4)") == 3)
        #expect(try writer.run("UPDATE things SET name = \("b") WHERE id = \(99)") == 0)
        #expect(try writer.run("DELETE FROM things") == 7)
        #expect(try writer.run("CREATE TABLE others (id BIGINT PRIMARY KEY)") == 0)
    }

    func undoesAndReleasesNested() throws {
        let (writer, _) = try openWithThings()
        try writer.begin()
        try writer.run("INSERT INTO things (id, name) VALUES (1, 'kept')")
        try writer.savepoint()
        try writer.run("INSERT INTO things (id, name) VALUES (2, 'undone with the outer')")
        try writer.savepoint()
        try writer.run("INSERT INTO things (id, name) VALUES (3, 'undone')")
        try writer.undo()
        #expect(try count(writer) == 2)
        try writer.run("INSERT INTO things (id, name) VALUES (4, 'after undo')")
        try writer.release()
        #expect(try count(writer) == 3)
        try writer.undo()
        #expect(try count(writer) == 1)
        try writer.release()
        try writer.commit()
        #expect(try writer.all("SELECT name FROM things") { $0.text(0) } == ["kept"])
    }

    func showsReadersOnlyCommits() throws {
        let (writer, library) = try openWithThings()
        let reader = try library.openReader()
        try writer.begin()
        try writer.run("INSERT INTO things (id, name) VALUES (1, 'a')")
        #expect(try count(writer) == 1)
        #expect(try count(reader) == 0)
        try writer.commit()
        #expect(try count(reader) == 1)
        try writer.begin()
        try writer.run("DELETE FROM things")
        #expect(try count(reader) == 1)
        try writer.rollback()
        #expect(try count(reader) == 1)
        #expect(try count(writer) == 1)
    }

    /// A reader in the middle of its rows sees one moment, and the writer does not wait for it.
    func letsTheWriterGoOnWhileOthersRead() throws {
        let (writer, library) = try openWithThings()
        try writer.repeated("INSERT INTO things (id, name) VALUES ($1, 'a')", count: 100) { $1.bind(1, Int64($0) + 100) }
        let reader = try library.openReader()
        var seen = 0
        try reader.each("SELECT id FROM things") { _ in
            if seen == 0 {
                try writer.begin()
                try writer.run("DELETE FROM things")
                try writer.commit()
            }
            seen += 1
        }
        #expect(seen == 100)
        #expect(try count(reader) == 0)
    }

    func refusesWritingReaders() throws {
        let (_, library) = try openWithThings()
        let reader = try library.openReader()
        #expect(throws: StoreError.readOnly) { try reader.run("INSERT INTO things (id, name) VALUES (1, 'a')") }
    }

    func tellsTouchedTables() throws {
        let (writer, _) = try openWithThings()
        try writer.run("INSERT INTO things (id, name) VALUES (1, 'a')")
        #expect(writer.takeTouchedTables() == ["things"])
        #expect(writer.takeTouchedTables().isEmpty)
        try writer.run("DELETE FROM tags")
        _ = try count(writer)
        #expect(writer.takeTouchedTables().isEmpty, "nothing was there to delete")
        try writer.begin()
        try writer.run("UPDATE things SET name = 'b'")
        try writer.savepoint()
        try writer.run("INSERT INTO tags (thing, tag) VALUES (1, 'x')")
        try writer.undo()
        try writer.release()
        try writer.commit()
        #expect(writer.takeTouchedTables() == ["things"])
        try writer.begin()
        try writer.run("DELETE FROM things")
        try writer.rollback()
        #expect(writer.takeTouchedTables().isEmpty)
    }

    func saysWhichRuleWasBroken() throws {
        let (writer, _) = try openWithThings()
        try writer.begin()
        try writer.run("INSERT INTO things (id, name) VALUES (1, 'a')")
        try writer.savepoint()
        for broken: SQL in [
            "INSERT INTO things (id, name) VALUES (1, 'again')", "INSERT INTO things (id, name) VALUES (13, 'checked')",
            "INSERT INTO things (id, name) VALUES (2, \(SQLValue.null))",
        ] {
            let error = #expect(throws: StoreError.self) { try writer.run(broken) }
            guard case .constraint = error else {
                Issue.record("\(broken.text) gave \(String(describing: error))")
                continue
            }
            try writer.undo()
        }
        try writer.release()
        try writer.commit()
        #expect(try count(writer) == 1)
    }

    func refusesWrongStatements() throws {
        let (writer, _) = try openWithThings()
        #expect(throws: StoreError.self) { try writer.run("SELECT * FROM nowhere") }
        #expect(throws: StoreError.self) { try writer.run("DELETE FROM things; DELETE FROM tags") }
        #expect(throws: StoreError.self) { try writer.run("SELECT \"no such column\" FROM things") }
        #expect(throws: StoreError.self) {
            try writer.repeated("INSERT INTO things (id, name) VALUES ($1, $2)", count: 1) { $1.bind(3, Int64($0)) }
        }
        #expect(throws: StoreError.self) { try writer.commit() }
        try writer.begin()
        #expect(throws: StoreError.self) { try writer.begin() }
        try writer.rollback()
    }

    /// A body that throws ends the walk, and the same words can be used again, even inside their own rows.
    func walksWithinWalks() throws {
        struct Enough: Error {}
        let (writer, _) = try openWithThings()
        try writer.repeated("INSERT INTO things (id, name) VALUES ($1, 'a')", count: 3) { $1.bind(1, Int64($0)) }
        let words: SQL = "SELECT id FROM things ORDER BY id"
        var pairs: [[Int64]] = []
        try writer.each(words) { outer in
            let first = outer.int(0)
            try writer.each(words) { pairs.append([first, $0.int(0)]) }
        }
        #expect(pairs == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [2, 0], [2, 1], [2, 2]])
        #expect(throws: Enough.self) { try writer.each(words) { _ in throw Enough() } }
        #expect(try writer.all(words) { $0.int(0) } == [0, 1, 2])
    }

    /// More different words than any cache keeps, twice, while one of them is being walked.
    func answersMoreWordsThanItRemembers() throws {
        let (writer, _) = try openWithThings()
        try writer.repeated("INSERT INTO things (id, name) VALUES ($1, 'a')", count: 3) { $1.bind(1, Int64($0)) }
        var seen: [Int64] = []
        try writer.each("SELECT id FROM things ORDER BY id") { outer in
            for number in 0..<300 {
                let sum = try writer.first(SQL(stringLiteral: "SELECT count(*) + \(number) FROM things")) { $0.int(0) }
                #expect(sum == Int64(number) + 3)
            }
            seen.append(outer.int(0))
        }
        #expect(seen == [0, 1, 2])
    }
}
