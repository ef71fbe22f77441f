internal import Kit
internal import Machine
internal import Shared

/// What a key lets its holder read: the answers of commands that change nothing, as everybody else gets them. A new command
/// is here because it is declared, and for no other reason.
final class Keyhole: Sendable {
    static let root = "/api/v1"

    private let desk: any WebDesk
    private let now: @Sendable () -> MonotonicTime
    private let budgets = Lock(KeyBudgets())

    init(desk: any WebDesk, now: @escaping @Sendable () -> MonotonicTime) {
        self.desk = desk
        self.now = now
    }

    func answer(_ request: WebRequest, then say: @escaping @Sendable (WebAnswer) -> Void) {
        guard let text = Self.bearer(request.authorization) else { return say(Self.locked("A key is needed here.")) }
        desk.key(SHA256.hex(of: text.utf8)) { [self] key in
            guard let key else { return say(Self.locked("This key opens nothing; it may have been revoked or have expired.")) }
            if let seconds = budgets.locked({ $0.spend(key.id, limit: key.limit, at: now()) }) {
                var refusal = WebAnswer.refused(
                    429, "limited", "That was \(key.limit) requests in a minute, which is this key's limit.",
                    hint: "Ask again in \(seconds) seconds.")
                refusal.headers["Retry-After"] = String(seconds)
                return say(refusal)
            }
            read(request, key, then: say)
        }
    }

    private static func bearer(_ authorization: String?) -> String? {
        let words = (authorization ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "bearer", words[1].hasPrefix(AccessKey.prefix),
            words[1].utf8.count < 200
        else { return nil }
        return String(words[1])
    }

    private static func locked(_ sentence: String) -> WebAnswer {
        var refusal = WebAnswer.refused(
            401, "unauthorized", sentence,
            hint: "Send it as: Authorization: Bearer \(AccessKey.prefix)… An admin makes keys with: hearth keys create")
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal
    }

    private func read(_ request: WebRequest, _ key: AccessKey, then say: @escaping @Sendable (WebAnswer) -> Void) {
        let name = request.path.dropFirst(Self.root.count).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if name.allSatisfy(\.isEmpty) { return say(WebAnswer(200, contents(for: key))) }
        guard let command = desk.catalogue.command(name.joined(separator: ".")), command.isReadable else {
            return say(
                .refused(404, "not_found", "There is nothing of that name to read.", hint: "\(Self.root) lists all there is."))
        }
        guard key.features.contains(command.feature) else {
            return say(.refused(403, "forbidden", "This key is not for \(command.feature)."))
        }
        guard key.role >= command.access.role else {
            return say(.refused(403, "forbidden", "\(command.name) is for \(command.access.spelled)."))
        }
        var params = JSON.Object()
        for pair in request.query {
            guard params[pair.name] == nil else {
                return say(.refused(400, "invalid", "\(pair.name) is given twice.", field: pair.name))
            }
            params[pair.name] = .string(pair.value)
        }
        desk.ask(Request(command, params: params, guild: key.guild, person: key.person)) { say(Self.answer($0)) }
    }

    /// What this key can read, and how it is asked for.
    private func contents(for key: AccessKey) -> JSON {
        let readable = desk.catalogue.commands.filter {
            $0.isReadable && key.features.contains($0.feature) && key.role >= $0.access.role
        }
        let rows = readable.map { command -> JSON in
            [
                "path": .string("\(Self.root)/\(command.feature)/\(command.verb)"), "summary": .string(command.summary),
                "parameters": .array(
                    command.parameters.map { parameter in
                        .fields([
                            "name": .string(parameter.name), "summary": .string(parameter.summary),
                            "required": .bool(parameter.isRequired), "default": parameter.standard,
                        ])
                    }),
            ]
        }
        return ["key": .string(key.name), "guild": .id(key.guild), "rows": .array(rows)]
    }

    private static func answer(_ answered: Answered) -> WebAnswer {
        switch answered {
        case .reply(let data, let next, _, _):
            guard let next, var object = data.object else { return WebAnswer(200, data) }
            object["next"] = .string(next)
            return WebAnswer(200, .object(object))
        case .replayed(let data), .planned(_, _, let data): return WebAnswer(200, data)
        case .refused(let refusal):
            var answer = WebAnswer.refused(
                refusal.kind.status, refusal.kind.rawValue, refusal.sentence, hint: refusal.hint, field: refusal.field)
            if let wait = refusal.retryMilliseconds { answer.headers["Retry-After"] = String((wait + 999) / 1000) }
            return answer
        case .failed(let reference):
            return .refused(500, "failed", "That went wrong on my side.", hint: "Tell an admin this reference: \(reference)")
        }
    }
}

extension Command {
    /// A key holds no member's wishes and belongs to one guild, so what is one member's or the whole house's is not for keys.
    fileprivate var isReadable: Bool {
        !changes && !isForMembers && scope != .house && !parameters.contains { $0.name == "guild" }
    }
}

extension AccessKey {
    /// Nobody's account: the number that no user has.
    fileprivate var person: Asker.Operator { .init(user: .max, name: "key \(name)", role: role, client: "web") }
}

extension Refusal.Kind {
    fileprivate var status: Int {
        switch self {
        case .invalid: 400
        case .forbidden: 403
        case .notFound: 404
        case .conflict, .unconfirmed: 409
        case .limited: 429
        case .unavailable: 503
        }
    }
}
