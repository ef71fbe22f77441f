import CLinux
import Machine
import Shared

/// Texts that must be seen nowhere, also in the disguises that careless writers give them: in base64, and in hexadecimal, as
/// memory is printed.
struct Canaries {
    private let songs: [(name: String, bytes: [UInt8])]

    init(_ secrets: [(name: String, text: String)]) {
        songs = secrets.flatMap { name, text in
            let bytes = Array(text.utf8)
            let pairs = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }
            return [
                (name, bytes), ("\(name) in base64", Self.base64(bytes)),
                ("\(name) in hexadecimal", Array(pairs.joined().utf8)),
                ("\(name) as memory is printed", Array(pairs.joined(separator: " ").utf8)),
            ]
        }
    }

    /// The names of those that sing in it.
    func heard(in bytes: [UInt8]) -> [String] { songs.filter { Self.contains(bytes, $0.bytes) }.map(\.name) }
    func heard(in text: String) -> [String] { heard(in: Array(text.utf8)) }

    /// Every file below a folder, by its contents and by its name, but those that are meant to hold a secret.
    func heard(below folder: String, but exempt: Set<String>) throws -> [String] {
        try Files.names(in: folder).flatMap { name -> [String] in
            let path = folder + "/" + name
            let inName = heard(in: name).map { "\($0) in a name in \(folder)" }
            guard !exempt.contains(name) else { return inName }
            switch try PathEntry(at: path)?.kind {
            case .folder: return inName + (try heard(below: path, but: exempt))
            case .file: return inName + heard(in: try Files.read(path, atMost: 256 << 20)).map { "\($0) in \(name)" }
            default: return inName
            }
        }
    }

    private static func contains(_ bytes: [UInt8], _ song: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { all in
            song.withUnsafeBytes { wanted in
                guard var place = all.baseAddress, let first = wanted.first else { return false }
                let end = place + all.count
                while place + wanted.count <= end,
                    let hit = memchr(place, Int32(first), place.distance(to: end) - wanted.count + 1)
                {
                    if UnsafeRawBufferPointer(start: hit, count: wanted.count).elementsEqual(wanted) { return true }
                    place = UnsafeRawPointer(hit) + 1
                }
                return false
            }
        }
    }

    /// Without its padding and its last letters, which depend on what follows.
    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        return stride(from: 0, to: bytes.count - bytes.count % 3, by: 3).flatMap { start -> [UInt8] in
            let three = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
            return [18, 12, 6, 0].map { letters[three >> $0 & 63] }
        }
    }
}
