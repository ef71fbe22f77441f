import Discord
import Kit
import Shared
import Simulator

/// Compares what the receipts say with what really happened.
struct Judge {
    private(set) var doubled: [String] = []
    private(set) var lost: [String] = []
    private(set) var uncertain = 0
    private(set) var expired = 0
    private let discord: Simulation
    /// How often each text was written as a message.
    private let written: [String: Int]
    /// How often each mark stands in an audit log, by the action's number.
    private let marked: [String: Int]

    init(_ loads: [Cargo.Load], _ strait: Strait) {
        discord = strait.discord
        written = strait.discord.ledger.sent.reduce(into: [:]) { $0[$1.content, default: 0] += 1 }
        marked = Set(loads.map(\.port.guild)).reduce(into: [:]) { marks, guild in
            for entry in strait.discord.read({ $0.guild(guild)?.audit ?? [] }) {
                let mark = entry.reason?.split(separator: " ").last.map(String.init) ?? ""
                marks["\(entry.action) \(mark)", default: 0] += 1
            }
        }
        for load in loads { judge(load, load.parcels.map { strait.rows[$0.id]?.receipt }) }
    }

    private mutating func judge(_ load: Cargo.Load, _ receipts: [Receipt?]) {
        for receipt in receipts {
            switch receipt?.outcome {
            case nil: lost.append("\(load.cargo) \(load.number) was never settled")
            case .uncertain?: uncertain += 1
            case .expired?: expired += 1
            default: break
            }
        }
        count(load, receipts)
        if receipts.allSatisfy({ if case .done? = $0?.outcome { true } else { false } }) { inspect(load) }
    }

    // MARK: - Counting

    /// What cannot be done twice without a trace: messages, and what the audit log names.
    private mutating func count(_ load: Cargo.Load, _ receipts: [Receipt?]) {
        var messages = 0
        for (step, effect) in load.effects.enumerated() {
            let isDone = if case .done? = receipts[step]?.outcome { true } else { false }
            if effect.writes, isDone { messages += 1 }
            guard let action = effect.action else { continue }
            let times = marked["\(action) [\(load.nonce(step))]"] ?? 0
            if times > 1 { doubled.append("\(load.cargo) \(load.number) was made \(times) times") }
            if isDone, times == 0 { lost.append("\(load.cargo) \(load.number) was said to be made") }
        }
        let most = load.effects.filter(\.writes).count
        let times = written[load.words] ?? 0
        if times > most { doubled.append("\(load.cargo) \(load.number) was written \(times) times, not \(most)") }
        if times < messages { lost.append("\(load.cargo) \(load.number) was written \(times) times, not \(messages)") }
    }

    // MARK: - Looking

    /// What is so in the end, when all was said to be done.
    private mutating func inspect(_ load: Cargo.Load) {
        if !isSo(load) { lost.append("\(load.cargo) \(load.number) is not so") }
    }

    private func isSo(_ load: Cargo.Load) -> Bool {
        let (port, number) = (load.port, load.number)
        let guild = discord.read { $0.guild(port.guild) }
        func named(_ text: String) -> Int { discord.read { $0.channels(named: text).count } }
        func reactions() -> [ReactionRecord] { load.messages.first.flatMap { discord.message($0)?.reactions } ?? [] }
        let member = load.member.flatMap { guild?.members[$0] }
        switch load.cargo {
        case .edit: return discord.botMessages(in: port.channel).contains { $0.content == "edited \(number)" }
        case .delete: return !discord.botMessages(in: port.channel).contains { $0.content == load.words }
        case .pin: return discord.botMessages(in: port.channel).contains { $0.content == load.words && !$0.isPinned }
        case .react: return reactions().map(\.users) == [[discord.bot]]
        case .unreact: return reactions().isEmpty
        case .grant: return member?.roles == [port.role]
        case .strip: return member?.roles == []
        case .rename: return member?.nick == "nick \(number)"
        case .timeOut: return member?.timedOutUntil != nil
        case .kick: return member == nil
        case .ban: return member == nil && load.member.map { guild?.bans[$0] == nil } ?? false
        case .channel: return named("cargo-\(number)") == 0
        case .thread, .messageThread, .forumPost: return named("cargo-\(number)") == 1
        case .role: return guild?.roles.values.contains { $0.name == "cargo-\(number)" } == false
        case .event: return guild?.events.values.contains { $0.name == "cargo-\(number)" } == false
        case .permit:
            return discord.read { $0.channel(port.channel)?.overwrites.contains { $0.id == port.role.number } } == false
        case .deleteMany: return load.messages.allSatisfy { discord.message($0) == nil }
        case .answer, .deferred: return load.interaction.flatMap { discord.reply(to: $0)?.content } == load.words
        case .post, .twins, .whisper, .invite, .fetch: return true
        }
    }
}

extension Effect {
    fileprivate var writes: Bool {
        switch self {
        case .post, .privately, .openForumPost, .answer: true
        default: false
        }
    }

    /// The audit log's number of what it makes.
    fileprivate var action: Int? {
        switch self {
        case .openChannel: 10
        case .openRole: 30
        case .openInvite: 40
        case .openEvent: 100
        case .openThread(_, nil, _, _), .openForumPost: 110
        default: nil
        }
    }
}
