import Kit
import Shared
import Store
import Testing

@Suite struct MigrationTests {
    private let first = Migration(
        "counting-001-begin", "CREATE TABLE counting_marks (id BIGINT PRIMARY KEY, mark TEXT NOT NULL)")
    private let second = Migration(
        "counting-002-weigh", "ALTER TABLE counting_marks ADD COLUMN weight BIGINT NOT NULL DEFAULT 1",
        "CREATE INDEX counting_by_weight ON counting_marks (weight)")

    private func open(_ place: Place, _ migrations: [Migration], at now: Instant = Place.moment) throws -> OpenedStore {
        try place.opening([("counting", migrations)], at: now).open()
    }

    private func refusal(_ place: Place, _ features: [FeatureMigrations]) throws -> OpeningRefusal? {
        let before = try place.contents()
        let refusal = #expect(throws: OpeningRefusal.self) { try place.opening(features).open() }
        #expect(try place.contents() == before, "a refusal changes nothing")
        return refusal
    }

    @Test func `each is run once, in order, and written down`() throws {
        let place = try Place()
        try #expect(open(place, [first]).migrated == ["counting-001-begin"])
        try #expect(open(place, [first]).migrated.isEmpty)
        let opened = try open(place, [first, second])
        #expect(opened.migrated == ["counting-002-weigh"])
        let rows = try opened.writer.all(
            "SELECT name, feature, version, applied, digest FROM house_migrations ORDER BY name"
        ) { row in (row.text(0), row.text(1), row.text(2), row.instant(3), row.text(4)) }
        #expect(rows.map(\.0) == ["counting-001-begin", "counting-002-weigh"])
        #expect(rows.allSatisfy { $0.1 == "counting" && $0.2 == "1.2.3" && $0.3 == Place.moment && $0.4.utf8.count == 64 })
        #expect(Set(rows.map(\.4)).count == 2)
    }

    @Test func `a key of numbers is the row itself, and bytes stay bytes`() throws {
        let place = try Place()
        let things = Migration(
            "counting-001-begin",
            """
            CREATE TABLE things (id bigint
                PRIMARY  KEY, picture BYTEA DEFAULT '12', note TEXT DEFAULT 'BYTEA BIGINT PRIMARY KEY', "BYTEA" TEXT)
            """)
        let opened = try open(place, [things])
        try opened.writer.run("INSERT INTO things (id, picture) VALUES (\(7), \([UInt8](arrayLiteral: 49, 50)))")
        let kinds = try opened.writer.all("SELECT rowid = id, typeof(picture), note, \"BYTEA\" IS NULL FROM things") {
            "\($0.int(0)) \($0.text(1)) \($0.text(2)) \($0.int(3))"
        }
        #expect(kinds == ["1 blob BYTEA BIGINT PRIMARY KEY 1"])
        let plan = try opened.writer.all("EXPLAIN QUERY PLAN SELECT note FROM things WHERE id = 7") { $0.text(3) }
        #expect(plan == ["SEARCH things USING INTEGER PRIMARY KEY (rowid=?)"])
    }

    @Test func `an edited one is refused`() throws {
        let place = try Place()
        try place.fill()
        let edited = Migration("counting-001-begin", "CREATE TABLE counting_marks (id BIGINT PRIMARY KEY, mark TEXT)")
        let refusal = try refusal(place, [("counting", [edited])])
        #expect(refusal?.cause == .editedMigration)
        #expect(refusal?.reason.contains("counting-001-begin has been edited since version 1.2.3") == true)
    }

    @Test func `a newer database is refused, whether a step or a whole feature is unknown`() throws {
        let place = try Place()
        do { _ = try open(place, [first, second]) }
        let step = try refusal(place, [("counting", [first])])
        #expect(step?.cause == .newerSchema)
        #expect(step?.reason.contains("version 1.2.3 (counting-002-weigh)") == true)
        let feature = try refusal(place, [])
        #expect(feature?.cause == .newerSchema)
    }

    @Test func `one that was slipped in before others is refused`() throws {
        let place = try Place()
        do { _ = try open(place, [first, second]) }
        do {
            let writer = try SQLiteLibrary(path: place.database).openWriter()
            try writer.run("DELETE FROM house_migrations WHERE name = 'counting-001-begin'")
        }
        #expect(try refusal(place, [("counting", [first, second])])?.cause == .missedMigration)
    }

    @Test(
        "names are told to be in order",
        arguments: [
            ["counting-002-begin"], ["counting-001-begin", "counting-001-begin"], ["counting-001-begin", "counting-003-more"],
            ["other-001-begin"], ["counting-001-"], ["counting-001-Begin"], ["counting-1-begin"],
        ]) func misnamed(names: [String]) throws
    {
        let place = try Place()
        try place.fill(0)
        #expect(try refusal(place, [("counting", names.map { Migration($0) })])?.cause == .misnamedMigration)
    }

    @Test func `one that fails in its middle leaves the schema as it was, and those before it`() throws {
        let place = try Place()
        try place.fill()
        let broken = Migration(
            "counting-003-break", "CREATE TABLE counting_more (id BIGINT PRIMARY KEY)", "DELETE FROM counting_marks",
            "ALTER TABLE nowhere ADD COLUMN x TEXT")
        let refusal = #expect(throws: OpeningRefusal.self) { try open(place, [first, second, broken]) }
        #expect(refusal?.cause == .failedMigration)
        #expect(refusal?.reason.contains("counting-003-break failed and was undone") == true)
        let opened = try open(place, [first, second])
        #expect(opened.migrated.isEmpty, "the second had been run for good")
        #expect(try Place.marks(opened.writer) == 10)
        #expect(try opened.writer.all("SELECT 1 FROM sqlite_schema WHERE name = 'counting_more'") { _ in }.isEmpty)
    }

    @Test func `a crash in the middle of one leaves the schema as it was`() throws {
        let (place, crashed) = (try Place(), try Place())
        let opened = try open(place, [first])
        try opened.writer.begin()
        for statement in second.statements { try opened.writer.run(SQL(stringLiteral: statement)) }
        // What the disk holds at this moment is what a crash leaves.
        for suffix in ["", "-wal", ".epoch"] {
            try place.copy(place.database + suffix, to: crashed.database + suffix)
        }
        try opened.writer.rollback()
        #expect(try open(crashed, [first, second]).migrated == ["counting-002-weigh"])
    }

    @Test func `a copy is kept before a database is changed, and only a few of them`() throws {
        let place = try Place()
        try place.fill()
        #expect(try place.names(with: "before").isEmpty, "nothing was there to be kept")
        var migrations = [first]
        for number in 2...9 {
            migrations.append(Migration("counting-00\(number)-more", "CREATE TABLE counting_\(number) (id BIGINT PRIMARY KEY)"))
            let now = Instant(milliseconds: Place.moment.milliseconds + Int64(number))
            let opened = try open(place, migrations, at: now)
            #expect(opened.remarks.contains { $0.contains("before-counting-00\(number)-more") })
        }
        let kept = try place.names(with: "before")
        #expect(kept.count == 5)
        #expect(kept.allSatisfy { name in (5...9).contains { name.contains("counting-00\($0)-more") } })
        let report = try BackupReport(verifying: "\(place.folder)/\(try #require(kept.last))")
        #expect(report.migrations.count == 8)
        #expect(report.rows["counting_marks"] == 10)
    }
}
