internal import Machine

/// hearthd, as it lies beside this program; else whichever the path names.
enum DaemonProgram {
    static var path: String {
        let beside = Processes.folder.map { $0 + "/hearthd" }
        return beside.flatMap { Files.exists($0) ? $0 : nil } ?? "hearthd"
    }
}
