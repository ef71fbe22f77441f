/// Numbers of a head, as far as they make sense: whatever a server or something before it writes there, nothing here overflows.
extension HTTPResponse {
    /// Nobody allows less than nothing, or more than a million calls.
    package func count(_ header: String) -> Int? { headers[header].flatMap { Int($0) }.map { min(max($0, 0), 1_000_000) } }

    /// Neither endless nor no number at all.
    package func seconds(_ header: String) -> Double? {
        headers[header].flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }

    /// A pause in milliseconds; a day is the longest that we believe in.
    package static func pause(seconds: Double) -> Int { Int((min(max(seconds, 0), 86_400) * 1_000).rounded(.up)) }
}
