internal import Shared

/// `hearth describe` and `hearth methods`: what the daemon says of itself.
struct Describe {
    let exchange: Exchange
    let printer: Printer

    func run(_ words: [String]) throws(CallMethod.Failure) {
        let answer: (method: ControlMethod?, json: JSON)
        do throws(Complaint) { answer = try ask(words) } catch { throw .complaint(error) }
        if let method = answer.method, printer.format == .plain {
            if !printer.world.write(Usage.page(method)) { throw .nobodyReads }
            return
        }
        do throws(Printer.NobodyReads) { try printer.result(answer.json, card: nil) } catch { throw .nobodyReads }
    }

    private func ask(_ words: [String]) throws(Complaint) -> (method: ControlMethod?, json: JSON) {
        guard !words.isEmpty else { return (nil, try everything()) }
        let resolution = try Resolution(words.map(Options.Argument.word), exchange)
        guard resolution.rest.isEmpty else { throw Complaint(.usage, "describe takes one method") }
        return (resolution.method, try exchange.call("meta.describe", ["method": .string(resolution.method.name)]).result)
    }

    private func everything() throws(Complaint) -> JSON {
        if printer.format != .json { return try exchange.call("meta.methods").result }
        var methods: [JSON] = []
        for row in try MethodRow.all(exchange) {
            methods.append(try exchange.call("meta.describe", ["method": .string(row.name)]).result)
        }
        return .fields([
            "info": try exchange.call("meta.info").result, "methods": .array(methods),
            "panels": try exchange.call("meta.panels").result["rows"],
        ])
    }
}
