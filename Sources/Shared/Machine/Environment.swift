internal import CLinux
package import Shared

/// The environment that this process was given.
package enum Environment {
    /// A copy of all of it. Take secrets out first: a copy cannot be wiped.
    package static func read() -> [String: String] {
        var values: [String: String] = [:]
        for entry in entries() {
            let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, values[String(parts[0])] == nil { values[String(parts[0])] = String(parts[1]) }
        }
        return values
    }

    fileprivate static func entries() -> [UnsafeMutablePointer<CChar>] {
        var entries: [UnsafeMutablePointer<CChar>] = []
        while let entry = hearth_environment(Int32(entries.count)) { entries.append(entry) }
        return entries
    }
}

extension Secret {
    /// Takes a variable out of the environment and overwrites its bytes where they lie, so that neither `/proc/self/environ`
    /// nor a child process has it. To be called once, at start, before there is a second thread.
    package static func takeFromEnvironment(_ name: String) -> Secret? {
        var taken: Secret?
        for entry in Environment.entries() {
            let value = entry + name.utf8.count + 1
            guard strncmp(entry, name + "=", name.utf8.count + 1) == 0 else { continue }
            if taken == nil { taken = Secret(String(cString: value)) }
            explicit_bzero(value, strlen(value))
        }
        unsetenv(name)
        return taken
    }
}
