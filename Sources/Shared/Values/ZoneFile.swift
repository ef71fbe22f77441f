/// What a TZif file says (RFC 8536, version 2 and later): the offsets of a zone, when each began, and the rule that goes on.
struct ZoneFile {
    /// Milliseconds since 1970, rising.
    private(set) var starts: [Int64] = []
    /// Milliseconds east of Greenwich, from the start of the same index.
    private(set) var offsets: [Int32] = []
    /// The offset before all of them.
    private(set) var first: Int32 = 0
    private(set) var rule: ZoneRule?

    /// The year 10680: what names a later change is damaged.
    private static let latest: Int64 = 1 << 38

    private struct Counts {
        let isUT, isStandard, leaps, times, types, letters: Int

        func size(ofTimes width: Int) -> Int {
            times * (width + 1) + types * 6 + letters + leaps * (width + 4) + isStandard + isUT
        }
    }

    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        guard let old = Self.header(&rest), rest.count >= old.size(ofTimes: 4) else { return nil }
        rest = rest.dropFirst(old.size(ofTimes: 4))
        guard let counts = Self.header(&rest), rest.count >= counts.size(ofTimes: 8), counts.leaps == 0 else { return nil }
        let times = (0..<counts.times).map { _ in Self.number(&rest, 8) }
        let kinds = rest.prefix(counts.times).map(Int.init)
        rest = rest.dropFirst(counts.times)
        let types = (0..<counts.types).map { _ in
            defer { rest = rest.dropFirst(2) }
            return Int32(truncatingIfNeeded: Self.number(&rest, 4))
        }
        rest = rest.dropFirst(counts.letters + counts.isStandard + counts.isUT)
        guard let standard = types.first, types.allSatisfy({ abs(Int($0)) < 26 * 3600 }),
            kinds.allSatisfy(types.indices.contains),
            zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }), times.last ?? 0 < Self.latest
        else { return nil }
        // Some files begin at the big bang, too early for milliseconds.
        let earliest = Int64.min / 4000
        starts = times.map { max($0, earliest) * 1000 }
        offsets = kinds.map { types[$0] * 1000 }
        first = standard * 1000
        guard rest.popFirst() == 0x0A else { return nil }
        let footer = rest.prefix { $0 != 0x0A }
        guard footer.count < rest.count else { return nil }
        if !footer.isEmpty {
            guard let rule = ZoneRule(posix: String(decoding: footer, as: UTF8.self)) else { return nil }
            self.rule = rule
        }
    }

    private static func header(_ rest: inout ArraySlice<UInt8>) -> Counts? {
        guard rest.count >= 44, rest.starts(with: Array("TZif".utf8)) else { return nil }
        guard rest[rest.startIndex + 4] >= UInt8(ascii: "2") else { return nil }
        rest = rest.dropFirst(20)
        let counts = (0..<6).map { _ in Int(number(&rest, 4)) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
        return Counts(
            isUT: counts[0], isStandard: counts[1], leaps: counts[2], times: counts[3], types: counts[4], letters: counts[5])
    }

    /// A signed number, the highest byte first.
    private static func number(_ rest: inout ArraySlice<UInt8>, _ width: Int) -> Int64 {
        let value = rest.prefix(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(width)
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }
}
