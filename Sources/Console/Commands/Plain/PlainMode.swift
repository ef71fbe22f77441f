internal import Link
internal import Machine
internal import Shared

/// `hearth --plain`: the whole console as a conversation. Every list, command and live table of the daemon is here, described
/// by the daemon as everywhere; forms ask one question after the other.
final class PlainMode {
    let talk: PlainTalk
    private var options: Options
    private var connection: Exchange?
    private var isOver = false

    init(_ options: Options, _ world: World) {
        self.options = options
        self.options.format = .plain
        talk = PlainTalk(world)
    }

    /// What can end a line of it.
    enum Ending: Error {
        case complaint(Complaint)
        case unheard
    }

    func run() {
        do throws(PlainTalk.Unheard) {
            try talk.say("Hearth, line by line. help says what there is, quit leaves.")
            try greet()
            while !isOver, let line = try talk.ask("hearth>") { try obey(line) }
        } catch {}
    }

    /// A daemon that is away is no reason to leave: the next line tries again.
    private func obey(_ line: String) throws(PlainTalk.Unheard) {
        do throws(Ending) {
            try perform(try words(of: line))
        } catch {
            guard case .complaint(let complaint) = error else { throw PlainTalk.Unheard() }
            for text in complaint.lines { try talk.say(text) }
            if [.unreachable, .uncertain, .timeout].contains(complaint.exit) { connection = nil }
        }
    }

    private func greet() throws(PlainTalk.Unheard) {
        do throws(Complaint) {
            let hello = try exchange().call("hello", whoAsks.hello(client: "console")).result
            let name = hello["name"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? hello["account"]?.text ?? ""
            let servers = (hello["guilds"]?.array ?? []).compactMap { $0["name"]?.text }
            try say("You are \(name), \(hello["role"]?.text ?? "").")
            try say(servers.isEmpty ? "The bot is in no server yet." : "Servers: \(servers.joined(separator: ", ")).")
        } catch {
            for text in error.lines { try talk.say(text) }
        }
    }

    private func say(_ text: String) throws(Complaint) {
        do throws(PlainTalk.Unheard) { try talk.say(text) } catch { throw Complaint(.failed, "nobody reads") }
    }

    private var whoAsks: ControlIdentity { options.identity(talk.world, runsCommand: false) }

    func exchange() throws(Complaint) -> Exchange {
        if let connection { return connection }
        var opening = options
        opening.forcedName = whoAsks.name
        let made = try Exchange(opening, talk.world)
        connection = made
        return made
    }

    // MARK: - What can be said

    static let verbs: [(words: String, summary: String)] = [
        ("help", "This list"), ("commands [WORD]", "All commands, or those with the word in them"),
        ("tables", "All live tables"), ("show TABLE [FLAGS]", "A table as it is now"),
        ("watch TABLE [FLAGS]", "Every change of it as it happens, until Enter"),
        ("COMMAND [WORDS AND FLAGS]", "Run a command, such as: activity leaderboard --period day; it asks for what it needs"),
        ("ask COMMAND", "Run a command and be asked for everything it takes; ? lists what fits"),
        ("about COMMAND", "All about one command"), ("server NAME", "Which server you mean from here on"),
        ("quit", "Leave"),
    ]

    private func perform(_ words: [String]) throws(Ending) {
        guard let verb = words.first?.lowercased() else { return }
        let rest = Array(words.dropFirst())
        switch verb {
        case "quit", "exit", "q": isOver = true
        case "help", "?": try tell(Self.verbs.map { "\($0.words): \($0.summary)" })
        case "commands": try listCommands(rest.joined(separator: " "))
        case "tables": try listTables()
        case "show": try PlainTable(self).show(rest, watching: false)
        case "watch": try PlainTable(self).show(rest, watching: true)
        case "server": try chooseServer(rest.joined(separator: " "))
        case "about": try PlainForm(rest, in: self).explain()
        case "ask": try PlainForm(rest, in: self).run(asksAll: true)
        default: try PlainForm(words, in: self).run(asksAll: false)
        }
    }

    private func listCommands(_ wanted: String) throws(Ending) {
        let rows = try asking { () throws(Complaint) in try MethodRow.all(exchange()) }
        let found = rows.filter { row in
            !["hello", "meta", "sub"].contains { row.name == $0 || row.name.hasPrefix($0 + ".") }
                && (wanted.isEmpty || (row.name.spoken + " " + row.summary).lowercased().contains(wanted.lowercased()))
        }
        try tell(found.map { "\($0.name.spoken): \($0.summary)" }, none: "No command has that in it.")
    }

    private func listTables() throws(Ending) {
        try tell(try panels().map { "\($0.topic): \($0.summary)" }, none: "There are no tables.")
    }

    private func chooseServer(_ name: String) throws(Ending) {
        var wanted = options
        wanted.guild = name.isEmpty ? nil : name
        try asking { () throws(Complaint) in _ = try GuildChoice(wanted, talk.world).id(for: .guild, try exchange()) }
        options = wanted
        try tell([name.isEmpty ? "The only server there is." : "Now it is \(name)."])
    }

    // MARK: - For its parts

    func panels() throws(Ending) -> [ControlPanel] {
        try asking { () throws(Complaint) in
            (try exchange().call("meta.panels").result["rows"]?.array ?? []).compactMap(ControlPanel.init)
        }
    }

    /// A line's own flags beside what holds for all lines. How it is printed and where the daemon is has been said.
    func read(_ words: [String]) throws(Ending) -> (Options, [Options.Argument]) {
        try asking { () throws(Complaint) in
            var (own, line) = try Options.parse(words, own: Options.yielding)
            own.guild = own.guild ?? options.guild
            own.format = .plain
            own.timeout = options.timeout
            return (own, line)
        }
    }

    func asking<Answer>(_ body: () throws(Complaint) -> Answer) throws(Ending) -> Answer {
        do throws(Complaint) { return try body() } catch { throw .complaint(error) }
    }

    func heard<Answer>(_ body: () throws(PlainTalk.Unheard) -> Answer) throws(Ending) -> Answer {
        do throws(PlainTalk.Unheard) { return try body() } catch { throw .unheard }
    }

    func tell(_ lines: [String], none: String = "Nothing.") throws(Ending) {
        try heard { () throws(PlainTalk.Unheard) in
            for line in lines.isEmpty ? [none] : lines { try talk.say(line) }
        }
    }

    private func words(of line: String) throws(Ending) -> [String] {
        try asking { () throws(Complaint) in try ForcedLine.split(line) }
    }
}
