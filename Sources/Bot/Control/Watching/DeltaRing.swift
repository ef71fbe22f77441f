internal import Shared

/// The last changes of one live table, numbered without gaps. Who knows an epoch and a number can go on from there, as long
/// as what followed is still here.
package struct DeltaRing {
    package static let longest = 4096
    package static let heaviest = 2 << 20

    package let epoch: String
    /// The number of the last change.
    package private(set) var seq: Int64 = 0
    private var lines: [[UInt8]] = []
    private var head = 0
    private var weight = 0

    package init(epoch: String) { self.epoch = epoch }

    package mutating func append(_ change: RowChange) {
        seq += 1
        let line = encode(change)
        lines.append(line)
        weight += line.count
        while lines.count - head > Self.longest || weight > Self.heaviest {
            weight -= lines[head].count
            lines[head] = []
            head += 1
        }
        if head > Self.longest {
            lines.removeFirst(head)
            head = 0
        }
    }

    /// What follows a number; nil when some of it is gone, or the number is not of this ring.
    package func changes(after number: Int64) -> ArraySlice<[UInt8]>? {
        guard number <= seq, number >= seq - Int64(lines.count - head) else { return nil }
        return lines[(lines.count - Int(seq - number))...]
    }

    /// Everything of the line but the subscription's name, which differs between those who watch.
    private func encode(_ change: RowChange) -> [UInt8] {
        var line: [UInt8] = Array("\"epoch\":".utf8)
        JSON.write(epoch, into: &line)
        line += Array(",\"seq\":\(seq),".utf8)
        switch change {
        case .delete(let key):
            line += Array("\"op\":\"delete\",\"key\":".utf8)
            JSON.write(key, into: &line)
        case .move(let key, let place):
            line += Array("\"op\":\"move\",\"key\":".utf8)
            JSON.write(key, into: &line)
            line += Array(",\"at\":\(place)".utf8)
        case .upsert(let key, let place, let body):
            line += Array("\"op\":\"upsert\",\"key\":".utf8)
            JSON.write(key, into: &line)
            line += Array(",\"at\":\(place),\"row\":".utf8)
            line += body
        }
        return line
    }
}
