import Machine

/// Somebody at a terminal, who reads what a program says and types what it asks for. The terminal is script(1)'s.
final class Robot {
    private let shell: Child
    private(set) var seen = ""
    /// What nobody has waited for yet.
    private var unread = ""

    struct Disappointed: Error, CustomStringConvertible {
        let description: String
    }

    init(_ program: String, _ words: [String], environment: [String: String]) throws {
        let path = try OwnProgram.path(of: program)
        let line = (["env"] + environment.map { "\($0)=\($1)" } + [path] + words).map { "'\($0)'" }.joined(separator: " ")
        shell = try Child(["script", "-qc", line + "; echo ended with $?", "/dev/null"])
    }

    func types(_ text: String) { _ = Streams.write(Array(text.utf8), to: shell.conversation.number) }

    /// Reads on until these words have come; what was before them has been read.
    func expects(_ words: String) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: 60_000)
        while true {
            if let found = unread.firstRange(of: words) {
                unread = String(unread[found.upperBound...])
                return
            }
            guard MonotonicTime.now < deadline, hears() else {
                throw Disappointed(description: "waited in vain for \"\(words)\"; seen:\n\(seen)")
            }
        }
    }

    /// The number that was shown last after these words.
    func number(after words: String) -> UInt64? {
        seen.ranges(of: words).last.flatMap { UInt64(seen[$0.upperBound...].prefix { $0.isNumber }) }
    }

    /// False when the terminal is gone.
    private func hears() -> Bool {
        guard Streams.waitUntilReady(shell.conversation.number, toWrite: false, milliseconds: 1000) else { return true }
        guard let bytes = Streams.read(from: shell.conversation.number), !bytes.isEmpty else { return false }
        let words = String(decoding: bytes, as: UTF8.self)
        seen += words
        unread += words
        return true
    }
}
