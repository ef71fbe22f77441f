internal import Calls
internal import Kit
package import Shared

/// What the developer portal says of a token, asked once and before anything runs.
package struct Portal {
    /// Whose token it is, and what is not switched on for it.
    package struct Answer: Sendable {
        package var application: ID<Application>
        package var name: String
        package var bot: ID<Member>
        package var botName: String
        /// As the portal calls the switches.
        package var switchedOff: [String]
    }

    package enum Trouble: Error {
        /// Discord takes no such token.
        case refused
        case unreachable(String)
    }

    private let base: String
    private let certificates: String?
    private let agent: String

    package init(base: String, certificates: String?, version: String) {
        self.base = base
        self.certificates = certificates
        agent = "DiscordBot (hearth, \(version))"
    }

    package func look(_ token: Secret, wanting intents: Intents) throws(Trouble) -> Answer {
        let transport = CurlTransport(trusting: certificates, longestAnswer: 1 << 20)
        let wiring = Wiring(base: base, token: token, agent: agent)
        let user = try Self.ask(.ownUser, wiring, transport)
        let application = try Self.ask(.ownApplication, wiring, transport)
        guard let bot = user["id"]?.id(Member.self), let id = application["id"]?.id(Application.self) else {
            throw .unreachable("its answer is no answer of Discord's")
        }
        let missing = intents.intersection(.privileged).subtracting(
            Intents.granted(byFlags: Int(application["flags"]?.int ?? 0)))
        return Answer(
            application: id, name: application["name"]?.text ?? "", bot: bot, botName: user["username"]?.text ?? "",
            switchedOff: [Intents.members, .messageContent].filter(missing.contains).map(\.spelled))
    }

    private static func ask(_ route: Route, _ wiring: Wiring, _ transport: CurlTransport) throws(Trouble) -> JSON {
        transport.begin(wiring.write(RESTRequest(route), number: 1))
        for _ in 0..<40 {
            guard let answer = transport.wait(milliseconds: 1000).first else { continue }
            switch answer.outcome {
            case .answered(let response) where response.status == 401: throw .refused
            case .answered(let response) where response.status == 200:
                guard let json = response.json else { throw .unreachable("its answer is garbled") }
                return json
            case .answered(let response): throw .unreachable(RefusedWords.of(response))
            case .notSent(let reason), .lost(let reason): throw .unreachable(reason)
            }
        }
        throw .unreachable("it does not answer")
    }
}
