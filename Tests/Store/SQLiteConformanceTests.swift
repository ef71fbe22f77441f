import Kit
import Store
import Testing

/// The port's promises, kept by SQLite.
@Suite struct SQLiteConformanceTests {
    private let suite = Conformance {
        let library = try SQLiteLibrary.temporary()
        return (try library.openWriter(), library)
    }

    @Test func `every kind of value comes back as it was, NUL and emptiness included`() throws {
        try suite.keepsEveryKindOfValue()
    }
    @Test func `parameters are numbered, not ordered`() throws { try suite.bindsByNumberNotByOrder() }
    @Test func `a value that is not bound is NULL, not the last row's`() throws { try suite.forgetsTheLastRowsValues() }
    @Test func `changed rows are counted`() throws { try suite.countsChangedRows() }
    @Test func `savepoints nest`() throws { try suite.undoesAndReleasesNested() }
    @Test func `readers see only commits`() throws { try suite.showsReadersOnlyCommits() }
    @Test func `a reader in the middle of its rows stops nobody`() throws { try suite.letsTheWriterGoOnWhileOthersRead() }
    @Test func `readers cannot write`() throws { try suite.refusesWritingReaders() }
    @Test func `touched tables are those whose rows changed, and undoing forgets them`() throws {
        try suite.tellsTouchedTables()
    }
    @Test func `a broken rule is told as one and the transaction goes on`() throws { try suite.saysWhichRuleWasBroken() }
    @Test func `wrong statements are refused`() throws { try suite.refusesWrongStatements() }
    @Test func `the same words can be walked inside themselves`() throws { try suite.walksWithinWalks() }
    @Test func `more statements than are remembered still answer`() throws { try suite.answersMoreWordsThanItRemembers() }
}
