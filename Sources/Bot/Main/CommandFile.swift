internal import Discord
internal import Machine
internal import Shared

/// Which slash commands Discord was last seen to know, kept in a file beside the database and not in it: a restored backup
/// would know what was registered then.
final class CommandFile: CommandLedger, Sendable {
    private let path: String
    private let log: Log

    init(_ path: String, log: Log) {
        self.path = path
        self.log = log
    }

    func known() -> KnownCommands? {
        guard let bytes = try? Files.read(path, atMost: 1024), let json = try? JSON(parsing: bytes),
            let application = json["application"]?.id(Application.self), let digest = json["digest"]?.text,
            let checked = json["checked_ms"]?.int
        else { return nil }
        return KnownCommands(application: application, digest: digest, checked: Instant(milliseconds: checked))
    }

    func keep(_ known: KnownCommands) {
        let json = JSON.fields([
            "application": .id(known.application), "digest": .string(known.digest),
            "checked_ms": .int(known.checked.milliseconds),
        ])
        do { try Files.write(json.bytes, to: path) } catch {
            log.warn("which slash commands are registered cannot be kept: \(error)")
        }
    }
}
