package import Shared

/// What the control socket asks of the engine. Answers come on some thread of the engine's, after the commit where there is
/// one.
package protocol Desk: Sendable {
    var catalogue: Catalogue { get }
    var facts: HouseFacts { get }
    func ask(_ request: Request, then answer: @escaping @Sendable (Answered) -> Void)
    /// The lines of a panel as of the last commit.
    func look(_ request: Look, then answer: @escaping @Sendable (Result<[Panel.Line], Refusal>) -> Void)
    func complete(_ request: Completion, then answer: @escaping @Sendable (Result<[Choice], Refusal>) -> Void)
    /// Guilds that the bot is in.
    func guilds(then answer: @escaping @Sendable ([GuildProfile]) -> Void)
    /// Tells after each commit which tables were written to. Listeners must return at once.
    func whenCommitted(_ tell: @escaping @Sendable (Set<String>) -> Void)
    /// Writes down that somebody was refused before a command was reached.
    func noteRefusal(_ person: Asker.Operator, method: String, sentence: String)
    /// Writes down that somebody has left the console: what happens from here on they have not seen.
    func noteDeparture(_ person: Asker.Operator)
}

package struct Request: Sendable {
    package var command: Command
    package var params: JSON.Object
    package var guild: ID<Guild>?
    package var person: Asker.Operator
    package var isDryRun = false
    package var confirm: String?
    /// The same key with the same params gets the stored answer.
    package var idem: String?
    package var ifVersion: Int64?
    /// The human form is wanted beside the data.
    package var wantsCard = false

    package init(_ command: Command, params: JSON.Object, guild: ID<Guild>?, person: Asker.Operator) {
        self.command = command
        self.params = params
        self.guild = guild
        self.person = person
    }
}

package enum Answered: Sendable {
    /// `lines` are the card as plain text, names resolved; both are drawn only for who wants them.
    case reply(data: JSON, next: String?, lines: [String], card: JSON)
    case planned(Plan, confirm: String?, data: JSON)
    /// An earlier answer to the same key.
    case replayed(data: JSON)
    case refused(Refusal)
    case failed(reference: String)
}

package struct Look: Sendable {
    package var panel: Panel
    package var params: JSON.Object
    package var guild: ID<Guild>?
    package var person: Asker.Operator
    package init(_ panel: Panel, params: JSON.Object, guild: ID<Guild>?, person: Asker.Operator) {
        self.panel = panel
        self.params = params
        self.guild = guild
        self.person = person
    }
}

package struct Completion: Sendable {
    package var command: Command
    package var parameter: String
    package var text: String
    package var guild: ID<Guild>?
    package var person: Asker.Operator
    package init(_ command: Command, parameter: String, text: String, guild: ID<Guild>?, person: Asker.Operator) {
        self.command = command
        self.parameter = parameter
        self.text = text
        self.guild = guild
        self.person = person
    }
}

/// What this process is.
package struct HouseFacts: Sendable {
    package var version: String
    /// Changes with every start, so that nobody takes a new process's counters for an old one's.
    package var epoch: String
    package var started: Instant
    /// The language model that inquiries go to; nil when the house is connected with none.
    package var oracle: String?

    package init(version: String, epoch: String, started: Instant, oracle: String? = nil) {
        self.version = version
        self.epoch = epoch
        self.started = started
        self.oracle = oracle
    }
}
