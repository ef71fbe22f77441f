internal import CLinux

/// The zones that this machine knows: the compiled IANA database, which every program here shares.
package struct ZoneFiles: Sendable {
    package static let folder = "/usr/share/zoneinfo"
    private let folder: String

    package init(folder: String = ZoneFiles.folder) { self.folder = folder }

    /// All names, as the database lists them.
    package var names: [String] {
        let lines = String(decoding: read("tzdata.zi") ?? [], as: UTF8.self).split(separator: "\n")
        return lines.compactMap { line in
            let words = line.split(separator: " ")
            switch words.first {
            case "Z" where words.count > 2: return String(words[1])
            case "L" where words.count == 3: return String(words[2])
            default: return nil
            }
        }
    }

    func table(named name: String) -> ZoneTable? {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case 43, 45, 47...57, 65...90, 95, 97...122: true
            default: false
            }
        }
        guard isName, !name.isEmpty, !name.hasPrefix("/"), name.utf8.count < 64 else { return nil }
        return read(name).flatMap { ZoneTable(tzif: $0) }
    }

    /// The nearest name, or the one of a city that was named alone.
    static func suggestion(for name: String, among names: [String]) -> String? {
        let city = name.lowercased().replacing(" ", with: "_")
        if let exact = names.first(where: { $0.lowercased().hasSuffix("/" + city) }) { return exact }
        if let whole = nearest(to: name, among: names) { return whole }
        let cities = names.compactMap { $0.split(separator: "/").last.map(String.init) }
        guard let near = nearest(to: city, among: cities) else { return nil }
        return names.first { $0.hasSuffix("/" + near) } ?? near
    }

    private func read(_ name: String) -> [UInt8]? {
        let file = hearth_open("\(folder)/\(name)", O_RDONLY | O_CLOEXEC, 0)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 1 << 20 {
            let count = CLinux.read(file, &chunk, chunk.count)
            if count < 0 && hearth_errno() == EINTR { continue }
            guard count > 0 else { return count == 0 ? bytes : nil }
            bytes.append(contentsOf: chunk[0..<count])
        }
        return nil
    }
}
