/// A connection that only reads, for one thread beside the engine's.
package protocol ReadingConnection: Connection {
    /// All that is read inside is of the same commit.
    func glance<Answer>(_ body: () throws -> Answer) throws -> Answer
}
