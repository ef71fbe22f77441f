internal import Machine
internal import Shared

/// What `hearth setup` can be told beforehand, so that it has nothing to ask.
struct SetupFlags {
    var configuration: String?
    /// A file with the token; "-" is standard input.
    var tokenFile: String?
    var mayBeAnother = false
    var guild: String?
    var staff: String?
    /// Days of history that are read; 0 for none.
    var history: Int?
    var agreesToAll = false
    var wantsHelp = false
    var timeout = 60_000

    init(_ words: some Collection<String>) throws(Complaint) {
        var queue = Array(words)[...]
        while let word = queue.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            func value() throws(Complaint) -> String {
                if parts.count == 2 { return parts[1] }
                guard let next = queue.popFirst() else { throw Complaint(.usage, "\(parts[0]) wants a value", Self.advice) }
                return next
            }
            switch parts[0] {
            case "--config": configuration = try value()
            case "--token-file": tokenFile = try value()
            case "--another": mayBeAnother = true
            case "--guild": guild = try value()
            case "--staff": staff = try value()
            case "--history": history = try Self.days(try value())
            case "--yes": agreesToAll = true
            case "--timeout":
                guard let seconds = Int(try value()), (1...86_400).contains(seconds) else {
                    throw Complaint(.usage, "--timeout wants seconds", Self.advice)
                }
                timeout = seconds * 1000
            case "--help", "-h": wantsHelp = true
            default:
                let known = ["--config", "--token-file", "--another", "--guild", "--staff", "--history", "--yes", "--timeout"]
                let guess = nearest(to: parts[0], among: known).map { "Did you mean \($0)?" }
                throw Complaint(.usage, "setup knows no \(Redaction().redacted(word))", guess ?? Self.advice)
            }
        }
    }

    private static func days(_ word: String) throws(Complaint) -> Int {
        if word == "no" { return 0 }
        guard let days = Int(word), (1...3650).contains(days) else {
            throw Complaint(.usage, "--history wants days, 1 to 3650, or no", advice)
        }
        return days
    }

    private static let advice = "See hearth setup --help."

    static let usage = """
        Sets a bot up, from its token to the first board; whatever is done already is left as it is.

          hearth setup [flags]

          --config FILE       The configuration of hearthd (else HEARTH_CONFIG, or where hearthd looks)
          --token-file FILE   The bot's token; - for standard input. Nothing takes a token on the command line
          --another           The house may be another bot than it has been
          --guild ID|NAME     Which server, where the bot is in several
          --staff CHANNEL     The channel in which staff are told what does not work
          --history DAYS|no   How many days of history are read
          --yes               Ask nothing, take what is proposed
          --timeout SECONDS   How long the bot and its server are waited for when nobody can be asked (60)

        """
}
