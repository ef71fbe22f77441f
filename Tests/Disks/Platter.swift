/// What is on a disk after so many deeds, and what a power cut may leave of it. Sectors of 512 bytes are written whole or not at
/// all; nothing else is certain of what has not been synced: neither order, nor that all of a page arrived.
package struct Platter {
    private struct File {
        /// As of its last sync.
        var durable: [UInt8] = []
        /// Whether it has ever been synced, and so certainly has its name.
        var isNamed = false
        var since: [Change] = []
    }

    private enum Change {
        case wrote(at: Int, [UInt8])
        case cut(to: Int)
    }

    private var files: [String: File] = [:]
    private static let sector = 512
    /// Images in which something that was written is missing, or was torn.
    package private(set) var harmed = 0

    package init() {}

    package mutating func take(_ deed: RecordingDisk.Deed) {
        switch deed {
        case .wrote(let file, let offset, let bytes): files[file, default: File()].since.append(.wrote(at: offset, bytes))
        case .cut(let file, let size): files[file, default: File()].since.append(.cut(to: size))
        case .removed(let file): files[file] = nil
        case .stamped(let file, let bytes): files[file] = File(durable: bytes, isNamed: true)
        case .synced(let file):
            var known = files[file] ?? File()
            for change in known.since { Self.apply(change, to: &known.durable) }
            known.since = []
            known.isNamed = true
            files[file] = known
        }
    }

    /// The files as the next start finds them.
    package mutating func image(using dice: inout some RandomNumberGenerator) -> [String: [UInt8]] {
        var image: [String: [UInt8]] = [:]
        var isHarmed = false
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            if !file.isNamed, Bool.random(using: &dice) {
                isHarmed = true
                continue
            }
            var bytes = file.durable
            // Of a whole disk's habits one is taken: all lost, all kept, or each for itself.
            let habit = Int.random(in: 0..<6, using: &dice)
            for change in file.since {
                switch habit == 0 ? 0 : habit == 1 ? 1 : Int.random(in: 0..<3, using: &dice) {
                case 0: isHarmed = true
                case 1: Self.apply(change, to: &bytes)
                default:
                    isHarmed = true
                    Self.tear(change, into: &bytes, using: &dice)
                }
            }
            image[name] = bytes
        }
        if isHarmed { harmed += 1 }
        return image
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .cut(let size): if size < bytes.count { bytes.removeLast(bytes.count - size) }
        case .wrote(let offset, let new):
            if bytes.count < offset + new.count {
                bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count)
            }
            bytes.replaceSubrange(offset..<(offset + new.count), with: new)
        }
    }

    /// Some sectors of a write arrive; where the file has grown for the others, there is nothing or what lay there before.
    private static func tear(_ change: Change, into bytes: inout [UInt8], using dice: inout some RandomNumberGenerator) {
        guard case .wrote(let offset, let new) = change else { return apply(change, to: &bytes) }
        var start = 0
        while start < new.count {
            let end = min(new.count, (offset + start) / sector * sector + sector - offset)
            let piece = Array(new[start..<end])
            switch Int.random(in: 0..<4, using: &dice) {
            case 0, 1: apply(.wrote(at: offset + start, piece), to: &bytes)
            case 2 where bytes.count < offset + end:
                let junk = piece.map { _ in UInt8.random(in: 0...255, using: &dice) }
                apply(.wrote(at: offset + start, junk), to: &bytes)
            default: break
            }
            start = end
        }
    }
}
