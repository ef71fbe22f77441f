import Kit
import Shared
import Simulator
import Testing

/// What people do in a story, and what they see of the bot.
extension Story {
    func member(_ name: String) -> ID<Member> { discord.member(name, in: guild) }
    /// A channel of this name. A daemon that is at home has heard of it: what names a channel is refused where there is none.
    func channel(_ name: String) -> ID<Channel> {
        let channel = discord.channel(name, in: guild)
        if isAtHome {
            try? waits("#\(name) is known") { try number("SELECT COUNT(*) FROM house_channels WHERE channel = \(channel)") > 0 }
        }
        return channel
    }

    @discardableResult
    func says(_ member: ID<Member>, in channel: ID<Channel>? = nil, _ text: String) throws -> Said {
        try discord.says(member, in: channel ?? general, text)
    }

    @discardableResult
    func replies(_ member: ID<Member>, to said: Said, _ text: String) throws -> Said {
        try discord.replies(member, to: said, text)
    }

    /// Writes a command into a channel and sees what the bot answered; nothing when it kept silent.
    func writes(_ member: ID<Member>, in channel: ID<Channel>? = nil, _ line: String) throws -> String {
        let said = try says(member, in: channel, line)
        try quiet()
        let answers = discord.botMessages(in: said.channel).filter { $0.reference == said }
        guard answers.count <= 1 else { throw Overdue(description: "\(answers.count) answers to \(line)") }
        return answers.first.map(Self.words) ?? ""
    }

    /// Uses a slash command and sees the answer.
    func uses(
        _ member: ID<Member>, _ command: String, _ options: KeyValuePairs<String, OptionValue> = [:],
        in channel: ID<Channel>? = nil
    ) throws -> String {
        let interaction = try discord.uses(member, command, options, in: channel ?? general)
        return try answer(to: interaction)
    }

    func answer(to interaction: ID<Interaction>) throws -> String {
        try waits("an answer to the interaction") { discord.reply(to: interaction) != nil }
        try quiet()
        return discord.reply(to: interaction).map(Self.words) ?? ""
    }

    /// All that a message says, framed or not.
    static func words(_ message: MessageRecord) -> String {
        var parts = [message.content]
        for embed in message.embeds {
            parts += [embed["title"]?.text, embed["description"]?.text].compactMap(\.self)
            for field in embed["fields"]?.array ?? [] {
                parts += [field["name"]?.text, field["value"]?.text].compactMap(\.self)
            }
            parts += [embed["footer"]?["text"]?.text].compactMap(\.self)
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The sum of a member's points, undecayed, as the socket tells it.
    func points(of member: ID<Member>) throws -> Double { try profile(of: member, "points") }
    func streak(of member: ID<Member>) throws -> Int { Int(try profile(of: member, "streak")) }

    func profile(of member: ID<Member>, _ figure: String) throws -> Double {
        try quiet()
        return try asks("activity.profile", ["member": .id(member)])[figure]?.double ?? .nan
    }
}
