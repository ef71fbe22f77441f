/// What a feature keeps in memory because reading it back for each event would cost too much. It never holds what could not be
/// made again from rows: what must not be lost is written with each commit, what follows from that may be written later, and
/// all of it is forgotten when a transaction is rolled back.
package protocol Hot: AnyObject, SendableMetatype {
    init()
    /// Makes again what the rows that were written in time say and the later ones do not yet. Called in a transaction, before
    /// anything else happens.
    func open(_ turn: Turn) throws
    /// Writes what has changed since the last time and must not be lost with this commit.
    func write(to store: any Connection) throws
    /// Brings all its rows up to date: somebody is going to read them.
    func settle(to store: any Connection) throws
    /// Some rows say less than what is kept here.
    var isBehind: Bool { get }
    /// Forgets everything; the rows are read again when they are wanted.
    func forget()
}

/// As long as everything is written with each commit, nothing is ever behind.
extension Hot {
    package func open(_: Turn) {}
    package func settle(to store: any Connection) throws { try write(to: store) }
    package var isBehind: Bool { false }
}
