internal import CLinux
internal import Kit
internal import Machine

/// Files under a new name that a power cut cannot take away again.
enum DurableName {
    static func sync(_ path: String) throws(SystemError) {
        let file = Descriptor(try SystemError.check(hearth_open(path, O_RDONLY | O_CLOEXEC, 0), "open \(path)"))
        _ = try SystemError.check(fsync(file.number), "fsync \(path)")
    }

    static func move(_ old: String, to new: String) throws(SystemError) {
        _ = try SystemError.check(rename(old, new), "rename \(old) to \(new)")
        try sync(folder(of: new))
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Lets what the system says come out in the store's words.
func translating<Answer>(_ body: () throws(SystemError) -> Answer) throws(StoreError) -> Answer {
    do {
        return try body()
    } catch {
        if error.isDiskFull { throw .full }
        throw .failed(code: Int(error.code), message: error.description)
    }
}
