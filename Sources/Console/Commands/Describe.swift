internal import Shared

/// `hearth describe` and `hearth methods`: what the daemon says of itself.
struct Describe {
    let exchange: Exchange
    let printer: Printer

    func run(_ words: [String]) throws(CallMethod.Failure) {
        do throws(Complaint) {
            guard !words.isEmpty else { return try print(everything()) }
            let resolution = try Resolution(words.map(Options.Argument.word), exchange)
            if let extra = resolution.rest.first { throw Complaint(.usage, "describe takes one method; what is \(extra)?") }
            if printer.format == .plain {
                if !printer.world.write(Usage.page(resolution.method)) { throw Complaint(.done, "") }
            } else {
                try print(try exchange.call("meta.describe", ["method": .string(resolution.method.name)]).result)
            }
        } catch {
            throw error.exit == .done ? .nobodyReads : .complaint(error)
        }
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

    private func print(_ json: JSON) throws(Complaint) {
        do throws(Printer.NobodyReads) { try printer.result(json, card: nil) } catch { throw Complaint(.done, "") }
    }
}
