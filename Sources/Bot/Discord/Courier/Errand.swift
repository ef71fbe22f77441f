import Kit
import Machine
import Shared

/// One parcel on its way: where it stands, and what an answer means for it.
struct Errand {
    enum Stage: Equatable {
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
        case settled(Receipt.Outcome)
        case next(Stage)
        case again
        /// Somebody else has it: ask for the direct channel anew.
        case reopen
    }

    let parcel: Parcel
    var stage = Stage.acting
    var tries: Int
    /// When it may have reached Discord for the first time.
    var firstTried: Instant?

    /// Discord is known to remember a nonce for this long.
    static let nonceWindow = 2.minutes
    /// An effect that could not be carried out in this time is of no use any more.
    static let patience = 24.hours

    init(_ parcel: Parcel) {
        self.parcel = parcel
        tries = parcel.tries
        firstTried = parcel.firstTried
    }

    var repeating: Repeating {
        switch parcel.effect {
        case .post, .privately: .byNonce
        case .openChannel, .openThread(_, nil, _, _): .afterLooking
        default: .freely
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
        case .notSent(let reason), .lost(let reason): isTooOld(wall) ? .settled(.uncertain(reason)) : .again
        case .answered(let response): judge(response, wall)
        }
    }

    private func isTooOld(_ wall: Instant) -> Bool { wall - parcel.created > Self.patience }

    private func judge(_ response: HTTPResponse, _ wall: Instant) -> Verdict {
        if (200..<300).contains(response.status) { return succeeded(response) }
        if response.status >= 500 || response.status == 408 {
            return isTooOld(wall) ? .settled(.uncertain("Discord answers \(response.status)")) : .again
        }
        let code = Int(response.json?["code"]?.int ?? 0)
        if case .answer = parcel.effect { return answerRefused(code, response) }
        if let verdict = harmless(code) { return verdict }
        return .settled(.refused(code: code == 0 ? response.status : code, message: RefusedWords.of(response)))
    }

    private func succeeded(_ response: HTTPResponse) -> Verdict {
        let json = response.json
        if stage == .openingDirect { return .next(.acting) }
        switch parcel.effect {
        case .answer:
            let message = stage == .patching ? json?["id"] : json?["resource"]?["message"]?["id"] ?? json?["id"]
            return .settled(.done(made: message?.id(Message.self)?.number))
        case .post, .privately, .openChannel, .openThread:
            return .settled(.done(made: json?["id"]?.id(Message.self)?.number))
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
        case (.delete, 10008), (.unreact, 10008), (.unreact, 10014), (.unban, 10026), (.kick, 10007):
            .settled(.done(made: nil))
        // A repeated nonce whose message has been deleted since: it had arrived.
        case (.post, 10008) where tries > 1, (.privately, 10008) where tries > 1: .settled(.done(made: nil))
        // The thread is there: it has its message's id.
        case (.openThread(_, .known(let message), _, _), 160004): .settled(.done(made: message.number))
        case (.privately, 10003) where stage == .acting: .reopen
        default: nil
        }
    }
}
