/// What a member did on one day in each channel, packed as it lies in the ledger's row: for each channel its id in eight
/// bytes, two bytes that say which figures follow, and those figures in sevens of bits, the lowest first.
struct DayPlaces: Hashable, Sendable {
    private(set) var bytes: [UInt8]

    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    /// Adds to a channel's figures; a new channel comes last.
    mutating func add(_ tally: Tally, in channel: Int64) {
        guard let known = place(of: channel) else { return append(tally, in: channel) }
        var sum = tally
        sum.add(Self.read(bytes, known))
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { room in
            let count = Self.write(sum, into: room)
            bytes.replaceSubrange(known.figures, with: UnsafeBufferPointer(rebasing: room[..<count]))
        }
    }

    /// Where the member spoke.
    func hasSpoken(in channel: Int64) -> Bool { place(of: channel).map { Self.read(bytes, $0).messages > 0 } ?? false }
    var spoken: Int { all.count { $0.tally.messages > 0 } }

    var all: [(channel: Int64, tally: Tally)] {
        var found: [(channel: Int64, tally: Tally)] = []
        var at = 0
        while let place = next(from: at) {
            found.append((place.channel, Self.read(bytes, place)))
            at = place.figures.upperBound
        }
        return found
    }

    // MARK: - Bytes

    private struct Place {
        var channel: Int64
        var kinds: UInt16
        /// The two bytes of kinds and the figures.
        var figures: Range<Int>
    }

    private mutating func append(_ tally: Tally, in channel: Int64) {
        withUnsafeBytes(of: channel.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longest) { room in
            let count = Self.write(tally, into: room)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<count]))
        }
    }

    private func place(of channel: Int64) -> Place? {
        var at = 0
        while let place = next(from: at) {
            if place.channel == channel { return place }
            at = place.figures.upperBound
        }
        return nil
    }

    /// The place that begins here; nil at the end, and where bytes are cut short.
    private func next(from at: Int) -> Place? {
        bytes.withUnsafeBytes { raw in
            guard at + 10 <= raw.count else { return nil }
            let channel = Int64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: Int64.self))
            let kinds = UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: at + 8, as: UInt16.self))
            var end = at + 10
            for _ in 0..<kinds.nonzeroBitCount {
                while end < raw.count, raw[end] & 0x80 != 0 { end += 1 }
                end += 1
            }
            return end <= raw.count ? Place(channel: channel, kinds: kinds, figures: at + 8..<end) : nil
        }
    }

    private static func read(_ bytes: [UInt8], _ place: Place) -> Tally {
        var tally = Tally()
        var at = place.figures.lowerBound + 2
        for kind in 0..<Tally.kinds where place.kinds & 1 << UInt16(kind) != 0 {
            var number: UInt64 = 0
            var shift: UInt64 = 0
            while true {
                number |= UInt64(bytes[at] & 0x7F) << shift
                shift += 7
                at += 1
                if bytes[at - 1] & 0x80 == 0 { break }
            }
            // Zigzag: a reaction that is taken back may leave a day below nothing.
            tally[kind] = Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
        }
        return tally
    }

    /// The two bytes of kinds, and ten for each figure.
    private static let longest = 2 + 10 * Tally.kinds

    /// Answers how many bytes it took.
    private static func write(_ tally: Tally, into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var kinds: UInt16 = 0
        for kind in 0..<Tally.kinds where tally[kind] != 0 { kinds |= 1 << UInt16(kind) }
        room[0] = UInt8(truncatingIfNeeded: kinds)
        room[1] = UInt8(truncatingIfNeeded: kinds >> 8)
        var count = 2
        for kind in 0..<Tally.kinds where tally[kind] != 0 {
            var rest = UInt64(bitPattern: tally[kind] << 1 ^ tally[kind] >> 63)
            while rest > 0x7F {
                room[count] = UInt8(truncatingIfNeeded: rest) | 0x80
                rest >>= 7
                count += 1
            }
            room[count] = UInt8(rest)
            count += 1
        }
        return count
    }
}
