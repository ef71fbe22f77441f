internal import Calls
import Kit
import Machine
import Shared

/// One parcel on its way: where it stands, and what an answer means for it.
struct Errand {
    enum Stage: Equatable {
        /// Its pictures are being painted.
        case painting
        /// Its first try is being written down.
        case noting
        /// Its interaction is being acknowledged.
        case awaitingAcknowledgement
        case openingDirect
        case looking(LookUp)
        case acting
        case patching
    }

    enum Verdict: Equatable {
        case settled(Receipt.Outcome, JSON?)
        case next(Stage)
        case again
        /// Somebody else has it: ask for the direct channel anew.
        case reopen

        static func settled(_ outcome: Receipt.Outcome) -> Verdict { .settled(outcome, nil) }
    }

    private(set) var parcel: Parcel
    var stage = Stage.acting
    var tries: Int
    /// When it may have reached Discord for the first time.
    var firstTried: Instant?
    /// Something of it has left this machine.
    var hasLeft: Bool
    /// The id that it will have made, where that is known before: a thread has its message's.
    var makes: Int64?

    /// Discord is known to remember a nonce for this long.
    static let nonceWindow = 2.minutes
    /// An effect that could not be carried out in this time is of no use any more.
    static let patience = 24.hours
    /// How often an answer to an interaction is asked for again when only its words are missing.
    private static let retellings = 5

    init(_ parcel: Parcel) {
        self.parcel = parcel
        tries = parcel.tries
        firstTried = parcel.firstTried
        hasLeft = parcel.firstTried != nil
    }

    /// What has to be painted before it can be sent.
    var unpainted: [Drawing] { parcel.effect.files.filter { $0.bytes.isEmpty }.compactMap(\.drawing) }

    /// Its pictures are there; those that are not are left out.
    mutating func hang(_ pictures: [[UInt8]?]) {
        var rest = pictures[...]
        let files = parcel.effect.files.compactMap { file -> Attachment? in
            guard file.drawing != nil, file.bytes.isEmpty else { return file }
            guard let bytes = rest.popFirst() ?? nil else { return nil }
            var painted = file
            painted.bytes = bytes
            painted.drawing = nil
            return painted
        }
        parcel.effect = parcel.effect.with(files)
    }

    var repeating: Repeating {
        switch parcel.effect {
        case .post, .privately: .byNonce
        default: parcel.effect.creation == nil ? .freely : .afterLooking
        }
    }

    /// Whether it has to be looked for before it is sent, since it may be there already. A row written long ago may have
    /// been tried by a process that died before it could write that down.
    func wantsLook(_ wall: Instant) -> Bool {
        switch repeating {
        case .freely: false
        case .afterLooking: firstTried != nil
        case .byNonce: wall - (firstTried ?? parcel.created) > Self.nonceWindow
        }
    }

    func judge(_ outcome: HTTPOutcome, _ wall: Instant) -> Verdict {
        switch outcome {
        case .notSent(let reason), .lost(let reason): lastTry(wall, reason) ?? .again
        case .answered(let response): judge(response, wall)
        }
    }

    /// How it ends when it has been tried for too long.
    func lastTry(_ wall: Instant, _ reason: String) -> Verdict? {
        guard wall - parcel.created > Self.patience else { return nil }
        return .settled(hasLeft ? .uncertain(reason) : .expired("Discord could not be reached for a day: \(reason)"))
    }

    private func judge(_ response: HTTPResponse, _ wall: Instant) -> Verdict {
        if (200..<300).contains(response.status) {
            return succeeded(response) ?? lastTry(wall, "its answer is garbled") ?? .again
        }
        if response.status >= 500 || response.status == 408 {
            return lastTry(wall, "Discord answers \(response.status)") ?? .again
        }
        let code = Int(response.json?["code"]?.int ?? 0)
        if case .answer = parcel.effect { return answerRefused(code, response) }
        if let verdict = harmless(code) { return verdict }
        return .settled(.refused(code: code == 0 ? response.status : code, message: RefusedWords.of(response)))
    }

    /// Nil when the answer does not name what was made: then nobody knows, and asking again is the way to find out.
    private func succeeded(_ response: HTTPResponse) -> Verdict? {
        let json = response.json
        switch parcel.effect {
        case .answer:
            if response.body.isEmpty { return .settled(.done(made: nil)) }
            guard let json else { return tries < Self.retellings ? nil : .settled(.done(made: nil)) }
            let message = stage == .patching ? json["id"] : json["resource"]?["message"]?["id"] ?? json["id"]
            return .settled(.done(made: message?.id(Message.self)?.number))
        case .privately where stage == .openingDirect: return json?["id"]?.id(Channel.self).map { _ in .next(.acting) }
        case .post, .privately, .openChannel, .openThread, .openForumPost, .openRole, .openEvent:
            return json?["id"]?.id(Message.self).map { .settled(.done(made: $0.number)) }
        case .openInvite: return json?["code"]?.text.map { .settled(.done(made: Listing.number(ofInvite: $0)), json) }
        case .fetch: return json.map { .settled(.done(made: nil), $0) }
        default: return .settled(.done(made: nil))
        }
    }

    private func answerRefused(_ code: Int, _ response: HTTPResponse) -> Verdict {
        switch code {
        case 40060 where stage != .patching: .next(.patching)
        case 10062: .settled(.expired("The interaction was no longer known to Discord."))
        case 50027, 10008, 10015: .settled(.expired("The interaction's fifteen minutes were over."))
        default: .settled(.refused(code: code == 0 ? response.status : code, message: RefusedWords.of(response)))
        }
    }

    /// Refusals that say that what was wanted is so already.
    private func harmless(_ code: Int) -> Verdict? {
        switch (parcel.effect, code) {
        case (.delete, 10008), (.unpin, 10008), (.unreact, 10008), (.unreact, 10014), (.takeReaction, 10008),
            (.takeReaction, 10014), (.clearReactions, 10008), (.clearReactions, 10014), (.unban, 10026), (.kick, 10007),
            (.changeChannel(_, .delete, _), 10003), (.changeChannel(_, .unpermit, _), 10009),
            (.changeChannel(_, .dismiss, _), 10007), (.changeRole(_, _, .delete, _), 10011),
            (.changeEvent(_, _, .delete, _), 10070):
            .settled(.done(made: nil))
        // A repeated nonce whose message has been deleted since: it had arrived.
        case (.post, 10008) where tries > 1, (.privately, 10008) where tries > 1: .settled(.done(made: nil))
        // The thread is there: it has its message's id.
        case (.openThread, 160004) where makes != nil: .settled(.done(made: makes))
        case (.privately, 10003) where stage == .acting: .reopen
        default: nil
        }
    }
}
