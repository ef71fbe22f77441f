/// What a feature keeps in memory because reading it back for each event would cost too much. It is only ever a copy of
/// rows: written to them before each commit, and forgotten when a transaction is rolled back.
package protocol Hot: AnyObject {
    init()
    /// Writes what has changed since the last time.
    func write(to store: any Connection) throws
    /// Forgets everything; the rows are read again when they are wanted.
    func forget()
}
