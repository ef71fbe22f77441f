/// What hearthd was asked to do.
enum Invocation: Equatable {
    case run(Options)
    case check(Options)
    case restore(file: String, Options)
    /// Ends the running daemon; with `leaving`, Discord is told that the bot goes offline.
    case stop(leaving: Bool, Options)
    /// Has the running daemon read its configuration again.
    case reload(Options)
    /// Looks at a token that comes on standard input, and writes it where it belongs.
    case introduce(mayBeAnother: Bool, Options)
    case help
    case version

    struct Options: Equatable {
        var configuration: String?
        var socket: String?
    }

    struct Misuse: Error, CustomStringConvertible {
        let description: String
    }

    init(_ words: [String]) throws(Misuse) {
        var options = Options()
        var plain: [String] = []
        var isCheck = false
        var leaves = false
        var mayBeAnother = false
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            func value() throws(Misuse) -> String {
                if parts.count == 2 { return parts[1] }
                guard let next = rest.popFirst() else { throw Misuse(description: "\(parts[0]) needs a value") }
                return next
            }
            switch parts[0] {
            case "--config", "-c": options.configuration = try value()
            case "--socket": options.socket = try value()
            case "--check-config": isCheck = true
            case "--leave": leaves = true
            case "--another": mayBeAnother = true
            case "--help", "-h":
                self = .help
                return
            case "--version":
                self = .version
                return
            case let flag where flag.hasPrefix("-"): throw Misuse(description: "there is no option \(flag)")
            default: plain.append(word)
            }
        }
        if plain == ["introduce"] {
            self = .introduce(mayBeAnother: mayBeAnother, options)
        } else {
            self = try Self.verb(plain, options, isCheck: isCheck, leaves: leaves)
        }
    }

    private static func verb(_ words: [String], _ options: Options, isCheck: Bool, leaves: Bool) throws(Misuse) -> Invocation {
        switch (words.first, words.count) {
        case (nil, _): return isCheck ? .check(options) : .run(options)
        case ("reload", 1): return .reload(options)
        case ("stop", 1): return .stop(leaving: leaves, options)
        case ("restore", 2): return .restore(file: words[1], options)
        case ("restore", _): throw Misuse(description: "restore takes one file: hearthd restore FILE")
        case ("help", 1): return .help
        case (let word?, _): throw Misuse(description: "there is no command \"\(word)\"")
        }
    }

    static let usage = """
        hearthd, the bot of a Hearth: it serves Discord and opens a control socket for the console `hearth`.

        usage: hearthd [options]              serves until it is told to stop
               hearthd stop [--leave]         stops the running daemon; it resumes where it was, or with --leave goes offline
               hearthd reload                has it read its configuration again; the session with Discord is kept
               hearthd restore FILE           puts a backup in the database's place while no daemon runs
               hearthd introduce [--another]  takes a token from standard input and tells in JSON what is wrong with it, for
                                              `hearth setup`; --another lets the house be another bot from now on

          -c, --config FILE   configuration (else HEARTH_CONFIG, ~/.config/hearth/hearth.yml, /etc/hearth/hearth.yml)
              --socket PATH   control socket (else HEARTH_SOCKET, the configuration, /run/hearth/control.sock)
              --check-config  reads the configuration and the token, says what is wrong, and ends
              --version       the version
          -h, --help          this text

        The token comes from discord.token_file, from systemd's credential "token", or from DISCORD_TOKEN.
        Every key of the configuration can be set in the environment too: discord.token_file is HEARTH_DISCORD_TOKEN_FILE.
        config/hearth.yml documents them all.

        signals: TERM and INT stop and keep the session with Discord; USR1 stops and leaves; HUP reads the configuration again and
        begins a new log file.
        exit codes: 0 stopped, 1 failed, 2 misused, 78 the configuration or the database is refused (the text says why)
        """
}
