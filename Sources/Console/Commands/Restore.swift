internal import Machine

/// `hearth restore FILE`: a restore needs the database and no daemon, so it is hearthd's to do; this becomes it.
enum Restore {
    static func run(_ world: World) throws(Complaint) {
        let words = Array(world.arguments.dropFirst())
        guard words.contains(where: { !$0.hasPrefix("-") }) else {
            throw Complaint(.usage, "restore which backup? hearth restore FILE [--config FILE]")
        }
        let error = Processes.become([DaemonProgram.path, "restore"] + words)
        throw Complaint(.failed, "hearthd, which restores, cannot be started: \(error)", "It is installed beside hearth.")
    }
}
