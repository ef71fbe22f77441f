import Kit
import Shared
import Simulator
import Testing

/// Somebody who goes through an onboarding with their own eyes: they press what they see, and begin again where a press failed.
struct Newcomer {
    let id: ID<Member>
    let discord: Simulation
    /// What only they see, once the button under the rules has answered.
    var seen: Said?

    init(_ id: ID<Member>, _ discord: Simulation) {
        self.id = id
        self.discord = discord
    }

    var message: MessageRecord? { seen.flatMap { discord.message($0) } }
    var words: String { message.map(Story.words) ?? "" }

    /// What can be pressed or chosen from now.
    var buttons: [String] { parts.filter { $0["type"] == 2 }.compactMap { $0["label"]?.text } }
    var menu: JSON? { parts.first { $0["type"] == 3 } }
    private var parts: [JSON] { (message?.components ?? []).flatMap { $0["components"]?.array ?? [] } }

    func presses(_ button: String) throws -> ID<Interaction> {
        guard let seen else { throw Story.Overdue(description: "there is nothing to press \(button) on") }
        return try discord.clicks(id, button, on: seen)
    }

    func chooses(_ labels: String...) throws -> ID<Interaction> { try chooses(labels) }

    func chooses(_ labels: [String]) throws -> ID<Interaction> {
        guard let seen, let menu, let name = menu["custom_id"]?.text else {
            throw Story.Overdue(description: "there is no menu")
        }
        let options = menu["options"]?.array ?? []
        let values = labels.compactMap { label in options.first { $0["label"]?.text == label }?["value"]?.text }
        return try discord.selects(id, values, in: name, on: seen)
    }
}

extension Story {
    /// The message that everybody begins at.
    func notice(in channel: ID<Channel>) throws -> MessageRecord {
        try quiet()
        let found = discord.botMessages(in: channel).filter { message in
            message.components.contains { $0["components"]?[0]?["custom_id"] == "run onboarding.start" }
        }
        guard let only = found.first, found.count == 1 else {
            throw Overdue(description: "\(found.count) messages with a start button")
        }
        return only
    }

    /// A newcomer presses Start and sees what comes.
    func starts(_ newcomer: inout Newcomer, at notice: MessageRecord) throws {
        let pressed = try discord.clicks(newcomer.id, "Start", on: notice.said)
        try waits("an answer to Start") { discord.reply(to: pressed) != nil }
        newcomer.seen = discord.reply(to: pressed)?.said
        try quiet()
    }

    /// Waits for what a press changes on the newcomer's own message.
    func sees(_ newcomer: Newcomer, after interaction: ID<Interaction>) throws {
        try waits("the next step") { discord.interaction(interaction)?.answer != nil }
        try quiet()
    }

    /// A press that opens a window, and what is typed there.
    func fills(_ newcomer: Newcomer, _ opener: ID<Interaction>, _ values: [String: String]) throws {
        try waits("a window") { discord.form(of: opener) != nil }
        try quiet()
        try sees(newcomer, after: try discord.submitsModal(newcomer.id, opener, values))
    }
}
