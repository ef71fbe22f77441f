import Shared

/// The head of a response, line by line as libcurl hands it over. A new status line begins anew: of several answers on one
/// call, such as one that says to continue, the last counts.
package struct HTTPHeaders {
    /// Names in lower case.
    package private(set) var values: [String: String] = [:]

    package init() {}

    package mutating func note(line: String) {
        if line.hasPrefix("HTTP/") { values = [:] }
        guard let colon = line.firstIndex(of: ":") else { return }
        values[line[..<colon].lowercased()] = trimmed(line[line.index(after: colon)...])
    }
}
