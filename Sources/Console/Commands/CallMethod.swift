internal import Shared

/// Runs one command of the daemon and prints what it answers.
struct CallMethod {
    let exchange: Exchange
    let printer: Printer
    var options: Options { printer.options }

    enum Failure: Error {
        case complaint(Complaint)
        case nobodyReads
    }

    /// `hearth FEATURE VERB --flags`.
    func words(_ line: [Options.Argument]) throws(Failure) {
        let resolution = try complaining { () throws(Complaint) in try Resolution(line, exchange) }
        let own = Options.yielding.intersection(resolution.method.parameters.map(\.name.dashed))
        guard own.isEmpty else { return try words(resolution.method, keeping: own) }
        try words(resolution.method, resolution.rest)
    }

    /// Reads the line once more, now that it is known which flags on it are the command's.
    private func words(_ method: ControlMethod, keeping own: Set<String>) throws(Failure) {
        let world = printer.world
        let read = try complaining { () throws(Complaint) -> (options: Options, rest: [Options.Argument]) in
            let (options, line) = try Options.parse(world.arguments, own: own)
            return (options, try Resolution(line, exchange).rest)
        }
        let again = CallMethod(exchange: exchange, printer: Printer(world: world, options: read.options))
        try again.words(method, read.rest)
    }

    private func words(_ method: ControlMethod, _ rest: [Options.Argument]) throws(Failure) {
        let arguments = try complaining { () throws(Complaint) in
            options.help
                ? nil
                : try Arguments(rest, for: method, LongText(for: method, options, printer.world)).reading(printer.world)
        }
        guard let arguments else {
            if !printer.world.write(Usage.page(method)) { throw .nobodyReads }
            return
        }
        try run(method, arguments.params)
    }

    func run(_ method: ControlMethod, _ own: [(key: String, value: JSON)]) throws(Failure) {
        let params = try complaining { () throws(Complaint) in
            let guild = try GuildChoice(options, printer.world).id(for: method.scope, exchange)
            let beside = try options.envelope.map { member throws(Complaint) in
                (member.0, member.0 == "as" ? try MemberChoice(member.1, in: guild).id(exchange) : member.1)
            }
            return own + (guild.map { [("guild", $0)] } ?? []) + beside
        }
        try perform(
            method.name, .object(JSON.Object(params)), changes: method.changes && !options.isDryRun, document: method.document)
    }

    func perform(_ method: String, _ params: JSON, changes: Bool, document: String? = nil) throws(Failure) {
        let card = printer.format == .plain && options.columns.isEmpty
        var first = true
        var told: Int64 = 0
        var params = params
        while true {
            let (result, face) = try complaining { () throws(Complaint) in
                do throws(Complaint) {
                    return try exchange.call(method, params, card: card)
                } catch  where changes && error.exit == .unreachable {
                    throw Complaint(
                        .uncertain, error.sentence + " before it answered: the change may or may not have been made",
                        "Look first. With --idem KEY a line can be repeated without doing it twice.")
                }
            }
            let next = result["next"]?.text.flatMap { $0.isEmpty ? nil : $0 }
            do throws(Printer.NobodyReads) {
                if let document, let text = result[document]?.text, try printer.document(text) { return }
                guard options.stream, result["rows"] != nil else { return try printer.result(result, card: face) }
                try printer.page(result, first: first)
            } catch {
                throw .nobodyReads
            }
            told += Int64(result["rows"]?.array?.count ?? 0)
            if next != nil, let total = result["total"]?.int { printer.note("\(told) of \(total)") }
            guard let next, case .object(var object) = params else { return }
            object["cursor"] = .string(next)
            params = .object(object)
            first = false
        }
    }

    private func complaining<Answer>(_ body: () throws(Complaint) -> Answer) throws(Failure) -> Answer {
        do throws(Complaint) { return try body() } catch { throw .complaint(error) }
    }
}
