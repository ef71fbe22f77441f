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
        let (method, arguments) = try complaining { () throws(Complaint) in
            let resolution = try Resolution(line, exchange)
            if options.help { return (resolution.method, nil as Arguments?) }
            return (resolution.method, try Arguments(resolution.rest, for: resolution.method))
        }
        guard let arguments else {
            if !printer.world.write(Usage.page(method)) { throw .nobodyReads }
            return
        }
        try run(method, arguments.params)
    }

    func run(_ method: ControlMethod, _ own: [(key: String, value: JSON)]) throws(Failure) {
        let guild = try complaining { () throws(Complaint) in
            try GuildChoice(options, printer.world).id(for: method.scope, exchange)
        }
        let params = own + (guild.map { [("guild", $0)] } ?? []) + options.envelope.map { ($0.0, $0.1) }
        try perform(method.name, .object(JSON.Object(params)), changes: method.changes && !options.isDryRun)
    }

    func perform(_ method: String, _ params: JSON, changes: Bool) throws(Failure) {
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
