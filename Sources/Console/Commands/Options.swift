internal import Shared

/// How data is printed.
enum Format: Equatable { case json, csv, plain }

/// The client's own flags. They may stand anywhere on the line; what is left belongs to the command.
struct Options {
    var host: String?
    var socket: String?
    var timeout = 30_000
    var wait = false
    var format: Format?
    var columns: [String] = []
    var quiet = false
    var stream = false
    var help = false
    var version = false
    var guild: String?
    /// A lower role to work under.
    var role: String?
    /// Who asks, by the line of their key.
    var forcedName: String?
    /// Where the command's one long text lies; "-" is standard input.
    var file: String?
    /// Members of the request beside the command's own parameters.
    var envelope: [(String, JSON)] = []

    enum Argument: Equatable {
        case word(String)
        case flag(name: String, value: String?)
    }

    /// Every client flag, for parsing, help and completion alike.
    static let flags: [(name: String, value: String?, summary: String)] = [
        ("guild", "ID|NAME", "Which guild (else HEARTH_GUILD, else the only one)"),
        ("json", nil, "Print JSON (the default where nobody looks)"),
        ("csv", nil, "Print comma-separated values with a heading"),
        ("plain", nil, "Print text for people (the default on a terminal)"),
        ("columns", "A,B", "Only these members of each row, in this order"),
        ("stream", nil, "Follow all pages, one row per line"),
        ("limit", "N", "At most this many rows a page"),
        ("cursor", "TEXT", "Go on where a page ended"),
        ("file", "PATH|-", "The command's long text is what this file says; - for standard input"),
        ("dry-run", nil, "Show what would change, change nothing"),
        ("confirm", "TOKEN", "Confirm exactly the plan that was shown"),
        ("idem", "KEY", "Do it once, however often the line is run"),
        ("if-version", "N", "Only if nobody has changed it since"),
        ("as", "MEMBER", "On behalf of this member; with no command: who you are, where several share a login"),
        ("role", "ROLE", "Work under a lower role: viewer, moderator, admin"),
        ("host", "USER@SERVER", "Talk to the daemon there, through ssh"),
        ("socket", "PATH", "The control socket"),
        ("timeout", "TIME", "How long to wait for an answer: 5, 500ms, 2m (30s)"),
        ("wait", nil, "Wait for a daemon that is starting"),
        ("quiet", nil, "No notes, only errors"),
        ("help", nil, "Say what there is to say"),
        ("version", nil, "Print the version"),
    ]

    /// Flags of the client's that a command may have for itself, because they are not sent along with it.
    static let yielding: Set<String> = [
        "columns", "csv", "file", "host", "json", "plain", "quiet", "socket", "stream", "timeout", "wait",
    ]

    /// What the command has a parameter for is the command's, whatever the client would do with it.
    static func parse(_ words: [String], own: Set<String> = []) throws(Complaint) -> (Options, [Argument]) {
        var options = Options()
        var rest: [Argument] = []
        var queue = words[...]
        while let word = queue.popFirst() {
            if word == "--" {
                rest += queue.map(Argument.word)
                break
            }
            guard word.hasPrefix("--") || word == "-h" else {
                rest.append(.word(word))
                continue
            }
            let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = word == "-h" ? "help" : String(parts.first ?? "")
            var value = parts.count > 1 ? String(parts[1]) : nil
            guard let flag = flags.first(where: { $0.name == name.dashed }), !own.contains(flag.name) else {
                rest.append(.flag(name: name, value: value))
                continue
            }
            if flag.value == nil, value != nil { throw Complaint(.usage, "--\(flag.name) takes no value") }
            if flag.value != nil, value == nil { value = queue.popFirst() }
            if let example = flag.value, value == nil { throw Complaint(.usage, "--\(flag.name) wants a value: \(example)") }
            try options.take(flag.name, value ?? "")
        }
        return (options, rest)
    }

    private mutating func take(_ name: String, _ value: String) throws(Complaint) {
        switch name {
        case "guild": guild = value
        case "file": file = value
        case "json": format = .json
        case "csv": format = .csv
        case "plain": format = .plain
        case "columns": columns = value.split(separator: ",").map(String.init)
        case "stream": stream = true
        case "dry-run": envelope.append(("dry_run", true))
        case "confirm", "idem", "cursor", "as": envelope.append((name, .string(value)))
        case "limit", "if-version":
            guard let number = Int64(value) else { throw Complaint(.usage, "--\(name) wants a number, not '\(value)'") }
            envelope.append((name == "limit" ? "limit" : "if_version", .int(number)))
        case "host":
            guard !value.hasPrefix("-"), !value.isEmpty else { throw Complaint(.usage, "--host wants a server's name") }
            host = value
        case "socket": socket = value
        case "role": role = value
        case "timeout": timeout = try Self.milliseconds(value)
        case "wait": wait = true
        case "quiet": quiet = true
        case "help": help = true
        default: version = true
        }
    }

    /// What `--as` says: a member, or where no command follows, who sits here.
    var name: String? { envelope.last { $0.0 == "as" }?.1.text }

    var isDryRun: Bool { envelope.contains { $0.0 == "dry_run" } }

    private static func milliseconds(_ text: String) throws(Complaint) -> Int {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let units: [Substring: Double] = ["": 1000, "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000]
        guard let number = Double(digits), let unit = units[text.dropFirst(digits.count)], number > 0, number * unit < 1e9
        else { throw Complaint(.usage, "--timeout wants a time like 5, 500ms or 2m, not '\(text)'") }
        return max(1, Int(number * unit))
    }
}

extension String {
    /// Flags are written with dashes, parameters with underscores; either is understood.
    var dashed: String { String(map { $0 == "_" ? "-" : $0 }) }
    var underscored: String { String(map { $0 == "-" ? "_" : $0 }) }
}
