internal import Discord
internal import Kit
internal import Machine
internal import Settings
internal import Shared

/// `hearthd introduce`: finds out whose a token is and what is wrong with it, and puts it and a configuration where hearthd
/// finds them. The token comes on standard input and goes nowhere but into its file; one line of JSON tells who asked.
struct Introduction {
    /// Why it cannot be, in words for people, and under a name for programs.
    struct Trouble: Error {
        enum Kind: String { case missing, malformed, refused, another, unreachable, configuration }
        var kind: Kind
        var words: String
        var hint: String

        var json: JSON { ["trouble": .string(kind.rawValue), "words": .string(words), "hint": .string(hint)] }
    }

    private let environment: [String: String]
    private let isRoot: Bool
    private let file: String
    /// The token may be of another bot than the one that this house has been.
    private let mayBeAnother: Bool

    private static let portal = "https://discord.com/developers/applications"

    init(_ options: Invocation.Options, mayBeAnother: Bool, environment: [String: String], isRoot: Bool) {
        self.environment = environment
        self.isRoot = isRoot
        self.mayBeAnother = mayBeAnother
        let usual = Places.configurations(environment: environment, isRoot: isRoot)
        file =
            options.configuration ?? environment["HEARTH_CONFIG"] ?? usual.first(where: Files.exists) ?? usual.first
            ?? "hearth.yml"
    }

    /// Without a token, the one that is known is looked at.
    func run(_ words: Secret?) throws(Trouble) -> JSON {
        let given = words.map { Secret(BotToken.bare($0)) }
        let configuration = try read()
        let known = try knownToken(configuration)
        guard let token = given ?? known else {
            throw Trouble(
                kind: .missing, words: "There is no token yet.",
                hint: "Make an application at \(Self.portal), then copy its token from the page Bot (Reset Token).")
        }
        if let fault = BotToken.fault(token) {
            throw Trouble(
                kind: .malformed, words: fault, hint: "Copy the token from the page Bot of your application (Reset Token).")
        }
        if let known, given != nil, !mayBeAnother, let before = BotToken.owner(known), let now = BotToken.owner(token),
            before != now
        {
            throw Trouble(
                kind: .another, words: "That token is of the bot \(now); this house has been the bot \(before) until now.",
                hint: "Take the token of that one, or say that the house shall be another bot from now on.")
        }
        let answer = try ask(token, configuration)
        var written: [String] = []
        if given != nil, known?.revealed() != token.revealed() { written = try write(token, configuration) }
        return report(answer, try read(), written)
    }

    private func read() throws(Trouble) -> Configuration {
        do {
            let named = Files.exists(file) ? file : nil
            return try Configuration.load(file: named, environment: environment, isRoot: isRoot).configuration
        } catch {
            throw Trouble(kind: .configuration, words: error.description, hint: "Mend \(file), then try again.")
        }
    }

    private func knownToken(_ configuration: Configuration) throws(Trouble) -> Secret? {
        do {
            var looked = configuration
            if looked.discord.tokenFile.isEmpty, Files.exists(tokenFile(configuration)) {
                looked.discord.tokenFile = tokenFile(configuration)
            }
            // A configured file that is not there yet is one to be written.
            if !looked.discord.tokenFile.isEmpty, !Files.exists(looked.discord.tokenFile) { return nil }
            return try looked.findToken(environment: environment, taken: nil)
        } catch {
            throw Trouble(kind: .configuration, words: error.description, hint: "Mend that, then try again.")
        }
    }

    private func ask(_ token: Secret, _ configuration: Configuration) throws(Trouble) -> Portal.Answer {
        let link = LinkConfiguration(configuration, token, House.version)
        let portal = Portal(
            base: configuration.discord.apiBase.description,
            certificates: configuration.discord.certificates.isEmpty ? nil : configuration.discord.certificates,
            version: House.version)
        do throws(Portal.Trouble) {
            return try portal.look(token, wanting: link.intents)
        } catch {
            switch error {
            case .refused:
                throw Trouble(
                    kind: .refused, words: "Discord refuses this token: it was reset since, or a part of it is missing.",
                    hint: "Copy a new one from the page Bot of your application (Reset Token).")
            case .unreachable(let reason):
                throw Trouble(
                    kind: .unreachable, words: "Discord cannot be asked: \(reason)",
                    hint: "Is this machine online, and may it reach \(configuration.discord.apiBase)?")
            }
        }
    }

    // MARK: - Writing

    private var folder: String { file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "." }

    private func tokenFile(_ configuration: Configuration) -> String {
        configuration.discord.tokenFile.isEmpty ? folder + "/token" : configuration.discord.tokenFile
    }

    /// The service's token is handed over by systemd, whose unit names the file: the configuration says nothing of it then.
    private var isService: Bool { isRoot && file == "/etc/hearth/hearth.yml" }

    /// Answers which files were written. The token lies there before the configuration names it.
    private func write(_ token: Secret, _ configuration: Configuration) throws(Trouble) -> [String] {
        let path = tokenFile(configuration)
        do {
            try Files.makeFolder(folder)
            try Files.write(Array((token.revealed() + "\n").utf8), to: path, mode: 0o600)
            guard configuration.discord.tokenFile.isEmpty, !isService || !Files.exists(file) else { return [path] }
            let text =
                Files.exists(file)
                ? String(decoding: try Files.read(file, atMost: 1 << 20), as: UTF8.self) : ConfigurationSample.file
            if !isService {
                try Files.write(Array(try naming(path, in: text).utf8), to: file, mode: 0o600)
            } else {
                try Files.write(Array(text.utf8), to: file, mode: 0o644)
            }
            return [path, file]
        } catch let error as Trouble { throw error } catch {
            throw Trouble(
                kind: .configuration, words: "It cannot be written: \(error)",
                hint: "Run this as the user who owns \(folder), or name another file with --config.")
        }
    }

    /// The configuration's text with the token's file in it; whatever else an admin has written there stays.
    private func naming(_ path: String, in text: String) throws(Trouble) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let line = "  token_file: \(JSON.string(path).line)"
        if let sample = lines.firstIndex(where: { $0.hasPrefix("  #token_file:") }) {
            lines[sample] = line
        } else if let group = lines.firstIndex(where: { $0.hasPrefix("discord:") }) {
            lines.insert(line, at: group + 1)
        } else {
            lines += ["discord:", line, ""]
        }
        let new = lines.joined(separator: "\n")
        var reader = ConfigurationReader()
        reader.read(Array(new.utf8), named: file)
        guard reader.complaints.isEmpty, reader.configuration.discord.tokenFile == path else {
            throw Trouble(
                kind: .configuration, words: "\(file) is written in a way that this cannot change.",
                hint: "Write there yourself: discord.token_file: \(path)")
        }
        return new
    }

    // MARK: - Telling

    private func report(_ answer: Portal.Answer, _ configuration: Configuration, _ written: [String]) -> JSON {
        let rights = Self.rights(configuration)
        let socket = environment["HEARTH_SOCKET"] ?? configuration.control.socket
        return [
            "application": .string(answer.name), "bot": .string(answer.botName), "bot_id": .id(answer.bot),
            "switched_off": .array(answer.switchedOff.map(JSON.string)),
            "portal": .string("\(Self.portal)/\(answer.application)/bot"), "invite": .string(Self.invite(answer, rights)),
            "permissions": .string(String(rights.rawValue)), "rights": .string(rights.spelled), "config": .string(file),
            "token_file": .string(tokenFile(configuration)), "written": .array(written.map(JSON.string)),
            "socket": .string(socket),
            "start": .string(isService ? "systemctl enable --now hearthd" : "hearthd --config \(file)"),
        ]
    }

    /// What the features need that are on where nobody has decided otherwise; no more.
    static func rights(_ configuration: Configuration) -> Permissions {
        let off = Set(configuration.features.off)
        let on = Set(configuration.features.on)
        return House.features.filter { ($0.isOnByDefault || on.contains($0.name)) && !off.contains($0.name) }
            .reduce(into: Permissions()) { $0.formUnion($1.rights) }
    }

    private static func invite(_ answer: Portal.Answer, _ rights: Permissions) -> String {
        "https://discord.com/oauth2/authorize?client_id=\(answer.application)&scope=bot+applications.commands"
            + "&permissions=\(rights.rawValue)"
    }
}
