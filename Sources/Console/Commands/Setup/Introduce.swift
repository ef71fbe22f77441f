internal import Machine
internal import Shared

/// Asks hearthd about a token: whose it is, what is wrong with it, where it was written. hearthd alone knows Discord and the
/// configuration; the token goes to it through a pipe, so that no list of processes shows it.
struct Introduce {
    enum Answer {
        case known(BotCard)
        case trouble(kind: String, words: String, hint: String)
    }

    let configuration: String?

    func ask(_ token: Secret?, mayBeAnother: Bool = false) throws(Complaint) -> Answer {
        var command = [DaemonProgram.path, "introduce"]
        if let configuration { command += ["--config", configuration] }
        if mayBeAnother { command.append("--another") }
        let bytes: [UInt8]
        do {
            let daemon = try Child(command)
            _ = Streams.write(Array(((token?.revealed() ?? "") + "\n").utf8), to: daemon.conversation.number)
            daemon.conversation.finishWriting()
            bytes = Streams.readAll(from: daemon.conversation.number)
        } catch {
            throw Complaint(.failed, "hearthd cannot be started: \(error)", "It is installed beside hearth.")
        }
        guard let answer = try? JSON(parsing: bytes) else {
            throw Complaint(.failed, "hearthd gave no answer", "Does `hearthd --version` work?")
        }
        if let kind = answer["trouble"]?.text {
            return .trouble(kind: kind, words: answer["words"]?.text ?? "", hint: answer["hint"]?.text ?? "")
        }
        return .known(BotCard(answer))
    }
}

/// What hearthd says of a token that is good.
struct BotCard {
    let bot: String
    let application: String
    let switchedOff: [String]
    let portal: String
    let invite: String
    let rights: String
    let written: [String]
    let socket: String
    let start: String

    init(_ json: JSON) {
        func text(_ name: String) -> String { json[name]?.text ?? "" }
        bot = text("bot")
        application = text("application")
        switchedOff = (json["switched_off"]?.array ?? []).compactMap(\.text)
        portal = text("portal")
        invite = text("invite")
        rights = text("rights")
        written = (json["written"]?.array ?? []).compactMap(\.text)
        socket = text("socket")
        start = text("start")
    }
}
