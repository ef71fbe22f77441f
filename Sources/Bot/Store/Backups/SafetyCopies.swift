internal import Kit
internal import Machine
internal import Shared

/// Copies made before something is changed for good. A few are kept, the oldest goes first.
struct SafetyCopies {
    private static let kept = 5
    private let folder: String
    private let start: String

    init(of database: String, in folder: String?) {
        let name = database.split(separator: "/").last.map(String.init) ?? database
        self.folder = folder ?? DurableName.folder(of: database)
        start = name + ".before-"
    }

    /// Answers the path of the copy.
    func keep(_ library: SQLiteLibrary, before name: String, at now: Instant) throws(StoreError) -> String {
        try translating { () throws(SystemError) in try Files.makeFolder(folder) }
        let path = "\(folder)/\(start)\(name).\(now.fileStamp)"
        try library.backup(to: path)
        forgetOldest()
        return path
    }

    /// Names end in their moment, which sorts as time does.
    private func forgetOldest() {
        let names = ((try? Files.names(in: folder)) ?? []).filter { $0.hasPrefix(start) && !$0.hasSuffix(".new") }
        let byAge = names.sorted { moment(of: $0) < moment(of: $1) }
        // A copy that cannot be removed takes space and harms nothing.
        for name in byAge.dropLast(Self.kept) { try? Files.remove("\(folder)/\(name)") }
    }

    private func moment(of name: String) -> Substring { name.split(separator: ".").last ?? "" }
}

extension Instant {
    /// Such as 20260214T093000000Z: sorts as time does, and no shell minds it.
    var fileStamp: String {
        let wall = WallTime(local: milliseconds)
        let day = wall.day.description.filter(\.isNumber)
        return
            "\(day)T\(padded(wall.hour, 2))\(padded(wall.minute, 2))\(padded(wall.second, 2))\(padded(wall.millisecond % 1000, 3))Z"
    }
}
