internal import Machine
internal import Settings
internal import Shared

/// Everything that has to be known before anything is opened.
struct Preparation {
    var configuration: Configuration
    var file: String?
    var warnings: [Complaint]
    var token: Secret?
    var oracleKey: Secret?

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// What was taken out of the environment, where it is found only once.
    struct Taken {
        var token: Secret?
        var oracleKey: Secret?

        /// First of all, while there is one thread and no copy.
        static func fromEnvironment() -> Taken {
            Taken(
                token: Secret.takeFromEnvironment("DISCORD_TOKEN"), oracleKey: Secret.takeFromEnvironment("ORACLE_KEY"))
        }
    }

    init(_ options: Invocation.Options, _ taken: Taken = .fromEnvironment()) throws(Refused) {
        let environment = Environment.read()
        do {
            let loaded = try Configuration.load(
                file: options.configuration, environment: environment, isRoot: Accounts.effectiveUser == 0)
            configuration = loaded.configuration
            file = loaded.file
            warnings = loaded.warnings
        } catch {
            throw Refused(description: error.description)
        }
        if let socket = options.socket ?? environment["HEARTH_SOCKET"] { configuration.control.socket = socket }
        do {
            token = try configuration.findToken(environment: environment, taken: taken.token)
            oracleKey = try configuration.findOracleKey(environment: environment, taken: taken.oracleKey)
        } catch {
            throw Refused(description: error.description)
        }
        if let reason = configuration.oracle.fault { throw Refused(description: reason) }
    }

    func requireToken() throws(Refused) -> Secret {
        guard let token else {
            throw Refused(
                description: """
                    There is no bot token. Put it in a file that only hearthd can read and name it as discord.token_file, or set \
                    DISCORD_TOKEN. To look around without one: make run
                    """)
        }
        return token
    }
}
