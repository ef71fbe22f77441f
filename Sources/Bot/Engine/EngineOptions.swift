package import Shared

/// What the engine is told about its house at the start.
package struct EngineOptions: Sendable {
    package var owners: [ID<Member>]
    package var prefixes: [String]
    package var prefixesMatchCase = false
    /// Switches at start-up, stronger than what is stored.
    package var featuresOff: Set<String>
    package var featuresOn: Set<String>
    /// Where backups go.
    package var backups: String
    /// The file that says who was forgotten; without one, a restored backup remembers everybody.
    package var erasures: String?
    /// What settings are as long as nobody has set them, where the environment says so.
    package var standards: [String: JSON]

    package init(
        owners: [ID<Member>] = [], prefixes: [String] = ["E!"], featuresOff: Set<String> = [], featuresOn: Set<String> = [],
        backups: String = ".", erasures: String? = nil, standards: [String: JSON] = [:]
    ) {
        self.owners = owners
        self.prefixes = prefixes
        self.featuresOff = featuresOff
        self.featuresOn = featuresOn
        self.backups = backups
        self.erasures = erasures
        self.standards = standards
    }
}

/// The clocks, handed in: the wall for what people see, the steady one for how long something took.
package struct Clocks: Sendable {
    package var wall: @Sendable () -> Instant
    package var steadyNanoseconds: @Sendable () -> Int64
    /// What the asking thread has worked: it stands still while others have the machine. Where it is not told, a batch is
    /// cut by its count alone.
    package var workNanoseconds: @Sendable () -> Int64
    package init(
        wall: @escaping @Sendable () -> Instant, steadyNanoseconds: @escaping @Sendable () -> Int64,
        workNanoseconds: @escaping @Sendable () -> Int64 = { 0 }
    ) {
        self.wall = wall
        self.steadyNanoseconds = steadyNanoseconds
        self.workNanoseconds = workNanoseconds
    }
}
