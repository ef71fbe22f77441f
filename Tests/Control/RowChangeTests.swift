import Control
import Kit
import Shared
import Testing

@Suite struct RowChangeTests {
    private func rows(_ text: String) -> [FeedRow] {
        text.split(separator: " ").map { word in
            FeedRow(key: String(word.prefix(1)), body: Array(word.dropFirst().utf8))
        }
    }

    /// As the protocol's words say it: out of the old place, then into the new.
    private func applied(_ changes: [RowChange], to old: [FeedRow]) -> [FeedRow] {
        var rows = old
        for change in changes {
            switch change {
            case .delete(let key): rows.removeAll { $0.key == key }
            case .upsert(let key, let place, let body):
                rows.removeAll { $0.key == key }
                rows.insert(FeedRow(key: key, body: body), at: place)
            case .move(let key, let place):
                guard let from = rows.firstIndex(where: { $0.key == key }) else { continue }
                let row = rows.remove(at: from)
                rows.insert(row, at: place)
            }
        }
        return rows
    }

    @Test(arguments: [
        ("", "", 0), ("a b c", "a b c", 0), ("", "a b", 2), ("a b", "", 2), ("a b c", "b c a", 1), ("a b c", "c a b", 1),
        ("a b c d", "d c b a", 3), ("a1 b c", "a2 b c", 1), ("a b c", "b1 a c", 1), ("a b c d e", "a x c d", 3),
        ("a b c", "x y z", 6), ("a b c d e f", "a e b c d f", 1),
    ])
    func `the fewest changes lead from one list to the other`(_ old: String, _ new: String, _ count: Int) {
        let changes = RowChange.between(rows(old), rows(new))
        #expect(changes.count == count)
        #expect(applied(changes, to: rows(old)) == rows(new))
    }

    @Test func `any list becomes any other`() {
        var dice = Dice(seed: 20)
        for _ in 0..<3000 {
            func some() -> [FeedRow] {
                "abcdefghij".shuffled(using: &dice).prefix(Int.random(in: 0...10, using: &dice)).map {
                    FeedRow(key: String($0), body: [UInt8.random(in: 0...2, using: &dice)])
                }
            }
            let (old, new) = (some(), some())
            let changes = RowChange.between(old, new)
            #expect(applied(changes, to: old) == new)
            #expect(changes.count <= old.count + new.count)
        }
    }

    @Test func `a ring goes on from any number it still knows`() throws {
        var ring = DeltaRing(epoch: "e")
        for _ in 0..<3 { ring.append(.delete(key: "k")) }
        #expect(ring.seq == 3)
        #expect(ring.changes(after: 3)?.isEmpty == true && ring.changes(after: 0)?.count == 3)
        #expect(ring.changes(after: 4) == nil && ring.changes(after: -1) == nil)
        let last = try #require(ring.changes(after: 2)?.first)
        #expect(String(decoding: last, as: UTF8.self) == #""epoch":"e","seq":3,"op":"delete","key":"k""#)
        for _ in 0..<(3 * DeltaRing.longest) { ring.append(.move(key: "k", at: 1)) }
        let seq = ring.seq
        #expect(ring.changes(after: seq - Int64(DeltaRing.longest))?.count == DeltaRing.longest)
        #expect(ring.changes(after: seq - Int64(DeltaRing.longest) - 1) == nil)
    }

    @Test func `a ring of heavy rows forgets sooner, and stays in step`() {
        var ring = DeltaRing(epoch: "e")
        let body = [UInt8](repeating: 49, count: DeltaRing.heaviest / 4)
        for _ in 0..<9 { ring.append(.upsert(key: "k", at: 0, body: body)) }
        #expect(ring.seq == 9 && ring.changes(after: 6)?.count == 3 && ring.changes(after: 5) == nil)
    }
}
