package import Machine

/// Where the link writes what happened to it: nothing that is said here holds a token or a person's words.
package struct LinkLog: Sendable {
    private let write: @Sendable (LogLevel, String) -> Void

    package init(_ write: @escaping @Sendable (LogLevel, String) -> Void) { self.write = write }

    func callAsFunction(_ level: LogLevel, _ message: String) { write(level, message) }

    package static let silent = LinkLog { _, _ in }
}
