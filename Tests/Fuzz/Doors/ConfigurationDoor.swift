import Settings
import Shared

extension Door {
    /// A configuration file. Complaints name lines that are there; a file without complaints leaves values that are in range.
    static let configuration = Door("configuration", longest: 1 << 15) { bytes in
        var reader = ConfigurationReader()
        reader.read(bytes, named: "hearth.yml")
        let lines = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 2 + separators(bytes)
        for complaint in reader.complaints {
            guard case .line(_, let line) = complaint.place else { continue }
            try expect((1...lines).contains(line), "a complaint about line \(line) of \(lines)")
            try expect(!"\(complaint)".isEmpty, "a complaint without words")
        }
        let settings = reader.configuration
        try expect((1...1000).contains(settings.store.backupKeep), "\(settings.store.backupKeep) backups are kept")
    }

    /// NEL, LS and PS end lines of YAML too.
    private static func separators(_ bytes: [UInt8]) -> Int {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.count { [0x85, 0x2028, 0x2029].contains($0.value) }
    }
}
