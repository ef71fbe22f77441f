import Machine
import Settings
import Shared
import Testing

@Suite("Damaged files")
struct DamagedFileTests {
    /// The same numbers for the same seed, on every machine.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &dice) {
            let place = Int.random(in: bytes.indices, using: &dice)
            switch Int.random(in: 0..<3, using: &dice) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
            case 1: bytes.removeSubrange(place..<min(bytes.count - 1, place + 9))
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
            }
        }
        return bytes
    }

    @Test("whatever befalls a configuration file, it is read or refused with a line that it has")
    func configuration() {
        let whole = Array(ConfigurationSample.file.replacing("#", with: "").utf8.suffix(1500))
        var dice = Dice(state: 1)
        for _ in 0..<1500 {
            let bytes = damaged(whole, &dice)
            var reader = ConfigurationReader()
            reader.read(bytes, named: "x")
            for complaint in reader.complaints {
                guard case .line(_, let line) = complaint.place else {
                    Issue.record("\(complaint) names no line")
                    continue
                }
                #expect((1...bytes.count { $0 == 0x0A } + 2).contains(line))
            }
        }
    }

    @Test("whatever befalls a zone's file, it is refused, or read into a zone that answers")
    func zone() throws {
        let whole = try Files.read(ZoneFiles.folder + "/America/New_York")
        var dice = Dice(state: 2)
        var read = 0
        for _ in 0..<1500 {
            guard let zone = Zone(name: "x", tzif: damaged(whole, &dice)) else { continue }
            read += 1
            for seconds: Int64 in [-10_000_000_000, 0, 1_785_585_731, 300_000_000_000] {
                let instant = Instant(seconds: seconds)
                #expect(abs(zone.offsetSeconds(at: instant)) < 26 * 3600)
                _ = zone.instant(at: zone.wallTime(at: instant))
            }
        }
        #expect(read > 10)
    }
}
