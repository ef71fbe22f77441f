extension ConfigurationKey {
    /// Every key there is, in the order of the file. Unknown ones are refused by this table, the example file is made from it.
    package static let all: [ConfigurationKey] = house + discord + store + control + web + log + oracle + features

    private static let house = [
        ConfigurationKey("name", \.name, .word, "The bot's name, as its own texts say it."),
        ConfigurationKey("description", \.description, .text, "What the bot says it is for."),
        ConfigurationKey(
            "owners", \.owners, .list(of: .id(), "a list of member ids"),
            "Members who may use the commands of the house's owner. Ids, as \"Copy User ID\" gives them."),
        ConfigurationKey(
            "prefixes", \.prefixes, .list(of: .word, "a list of texts that are not empty"),
            "What begins a command that is typed as a message. A guild can choose others; a mention of the bot always works."),
        ConfigurationKey(
            "prefixes_match_case", \.prefixesMatchCase, .yesNo,
            "Whether E! is another prefix than e!. Guilds' own prefixes follow it too."),
    ]

    private static let discord = [
        ConfigurationKey(
            "discord.token_file", \.discord.tokenFile, .path,
            "A file that holds the bot's token and that only its owner can read. When this is empty, the systemd credential\n"
                + "\"token\" is taken, and without one the variable DISCORD_TOKEN, which is wiped from the process at once."),
        ConfigurationKey(
            "discord.api_base", \.discord.apiBase, .address, also: "DISCORD_API_BASE",
            "Where Discord's API answers. http:// is for loopback addresses only."),
        ConfigurationKey(
            "discord.ca_file", \.discord.certificates, .path, also: "HEARTH_CA_FILE",
            "A file with the certificate authorities to trust in place of the machine's own, such as that of a proxy.\n"
                + "Certificates are always verified."),
        ConfigurationKey(
            "discord.compression", \.discord.compression, .choice(),
            "How the gateway packs what it sends: zlib-stream, zstd-stream or none."),
        ConfigurationKey(
            "discord.shards", \.discord.shards, .shards,
            "Connections to the gateway: auto takes the number that Discord recommends."),
        ConfigurationKey(
            "discord.intents.members", \.discord.intents.members, .yesNo,
            "Ask for joins, leaves and member lists. Needs \"Server Members Intent\" in the developer portal;\n"
                + "without it the bot goes on and says what is missing."),
        ConfigurationKey(
            "discord.intents.message_content", \.discord.intents.messageContent, .yesNo,
            "Ask for the text of messages, which prefix commands need. Needs \"Message Content Intent\" in the\n"
                + "developer portal; without it the bot goes on with slash commands and mentions."),
        ConfigurationKey(
            "discord.test_guilds", \.discord.testGuilds, .list(of: .id(), "a list of guild ids"),
            "For staging: slash commands are registered in these guilds, where they change at once, instead of everywhere."),
    ]

    private static let store = [
        ConfigurationKey(
            "store.path", \.store.path, .path,
            "The database. Empty: hearth.db in systemd's StateDirectory, in /var/lib/hearth for root, else in\n"
                + "$XDG_STATE_HOME/hearth (~/.local/state/hearth)."),
        ConfigurationKey(
            "store.cache_mb", \.store.cacheMegabytes, .whole(1...4096),
            "How much of the database its writer keeps in memory, in megabytes; the system keeps the rest as well as it can."),
        ConfigurationKey(
            "store.backups", \.store.backups, .path,
            "The folder for backups. Empty: the folder \"backups\" beside where the database lies by default."),
        ConfigurationKey(
            "store.backup_hours", \.store.backupHours, .whole(0...720),
            "How often a backup is made by itself, in hours. 0: never."),
        ConfigurationKey(
            "store.backup_keep", \.store.backupKeep, .whole(1...1000),
            "How many of those are kept in any case, the newest; the others go, but for those below. What was made by hand stays."
        ),
        ConfigurationKey(
            "store.backup_days", \.store.backupDays, .whole(0...366), "Of so many days the last one of each is kept as well."),
        ConfigurationKey(
            "store.backup_weeks", \.store.backupWeeks, .whole(0...520), "Of so many weeks the last one of each is kept as well."
        ),
        ConfigurationKey(
            "store.drill_days", \.store.drillDays, .whole(0...366),
            "How often the newest one is restored apart to see that it can be, in days; it takes as much space again for a\n"
                + "moment. 0: never."),
    ]

    private static let control =
        [
            ConfigurationKey(
                "control.socket", \.control.socket, .path, also: "HEARTH_SOCKET",
                "The socket for the console and for programs. Empty: control.sock in systemd's RuntimeDirectory, in\n"
                    + "/run/hearth for root, else in $XDG_RUNTIME_DIR/hearth."),
            ConfigurationKey(
                "control.view_socket", \.control.viewSocket, .path,
                "A second socket, on which everybody who can reach it may look and nobody may change anything: for containers\n"
                    + "whose users have other numbers inside. Empty: there is none."),
            ConfigurationKey(
                "control.clients", \.control.clients, .whole(1...4096), "How many programs may be connected at the same time."),
            ConfigurationKey(
                "control.clients_of_one_user", \.control.clientsOfOneUser, .whole(1...4096),
                "How many of them may be of one user of this machine."),
        ]
        + grants("viewer", \.control.roles.viewer.users, \.control.roles.viewer.groups, "see everything, change nothing.")
        + grants("moderator", \.control.roles.moderator.users, \.control.roles.moderator.groups, "do what a moderator does.")
        + grants("admin", \.control.roles.admin.users, \.control.roles.admin.groups, "do what the owner of a guild does.")
        + grants(
            "owner", \.control.roles.owner.users, \.control.roles.owner.groups,
            "do everything. Root and the daemon's own user always may.")

    private static let web = [
        ConfigurationKey(
            "web.listen", \.web.listen, .webPlace,
            "Where /healthz, /metrics and the read interface /api/v1 answer over HTTP: a port of this machine's loopback, or an\n"
                + "address in digits with a port. There is no TLS: for others than this machine, put a proxy in front. Empty: there\n"
                + "is none."),
        ConfigurationKey(
            "web.hosts", \.web.hosts, .list(of: .word, "a list of host names"),
            "Names by which a proxy or a scraper asks for it, beside localhost and the address itself; other names are refused."
        ),
    ]

    private static let log = [
        ConfigurationKey("log.level", \.log.level, .choice(), "What is logged: this and what matters more."),
        ConfigurationKey("log.format", \.log.format, .choice(), "One line each, as json or as logfmt."),
        ConfigurationKey("log.file", \.log.file, .path, "Empty: standard error, which systemd keeps in its journal."),
        ConfigurationKey(
            "log.rotate_mb", \.log.rotateMegabytes, .whole(1...1024), "A new file begins when one has this many megabytes."),
        ConfigurationKey("log.keep", \.log.keep, .whole(1...100), "How many full files are kept beside the current one."),
    ]

    private static let oracle = [
        ConfigurationKey(
            "oracle.url", \.oracle.url, .addressOrNone,
            "A language model that phrases conversation starters, where an interface as OpenAI's answers; the path goes up to\n"
                + "the version, as in https://api.example.com/v1. Empty: there is none, and built-in texts are used."),
        ConfigurationKey("oracle.model", \.oracle.model, .text, "Which of its models is asked."),
        ConfigurationKey(
            "oracle.key_file", \.oracle.keyFile, .path,
            "A file that holds its key and that only its owner can read. When this is empty, the systemd credential\n"
                + "\"oracle-key\" is taken, without one the variable ORACLE_KEY, which is wiped from the process at once, and\n"
                + "without that no key is sent."),
        ConfigurationKey(
            "oracle.timeout_seconds", \.oracle.timeoutSeconds, .whole(1...600), "How long one answer is waited for."),
        ConfigurationKey(
            "oracle.per_minute", \.oracle.perMinute, .whole(1...1000), "How often it is asked in a minute, at most."),
    ]

    private static let features = [
        ConfigurationKey(
            "features.on", \.features.on, .list(of: .word, "a list of features"),
            "Features that are on in every guild that has not decided otherwise, though they are off by default."),
        ConfigurationKey(
            "features.off", \.features.off, .list(of: .word, "a list of features"),
            "Features that are off in every guild that has not decided otherwise, though they are on by default."),
        ConfigurationKey(
            "features.first", \.features.first, .list(of: .word, "a list of features"),
            "Features that are loaded before the others, in this order; what they need comes before them."),
    ]

    private typealias Accounts = WritableKeyPath<Configuration, [Configuration.Account]> & Sendable

    private static func grants(
        _ role: String, _ users: any Accounts, _ groups: any Accounts, _ may: String
    ) -> [ConfigurationKey] {
        [
            ConfigurationKey(
                "control.roles.\(role).users", users, .list(of: .account, "a list of user names or numbers"),
                "Users of this machine who may \(may)"),
            ConfigurationKey(
                "control.roles.\(role).groups", groups, .list(of: .account, "a list of group names or numbers"),
                "The same by group."),
        ]
    }
}
