internal import Machine
internal import Shared

/// `hearth call METHOD [JSON|-]`: parameters as the wire has them.
struct RawCall {
    let exchange: Exchange
    let printer: Printer

    func run(_ line: [Options.Argument]) throws(CallMethod.Failure) {
        let method: String
        let params: JSON
        do throws(Complaint) { (method, params) = try read(line) } catch { throw .complaint(error) }
        try CallMethod(exchange: exchange, printer: printer).perform(method, params, changes: !printer.options.isDryRun)
    }

    private func read(_ line: [Options.Argument]) throws(Complaint) -> (String, JSON) {
        var words: [String] = []
        for argument in line {
            switch argument {
            case .word(let word): words.append(word)
            case .flag(let name, _):
                throw Complaint(.usage, "call takes JSON, not --\(name)", "Usage: hearth call METHOD [JSON|-]")
            }
        }
        guard let method = words.first, words.count <= 2 else {
            throw Complaint(.usage, "call wants a method and at most one JSON object", "Usage: hearth call METHOD [JSON|-]")
        }
        var params = JSON.Object()
        if words.count == 2 {
            let bytes = words[1] == "-" ? Streams.readAll(from: printer.world.input) : Array(words[1].utf8)
            params = try Self.object(bytes)
        }
        for (key, value) in printer.options.envelope { params[key] = value }
        if printer.options.guild != nil {
            params["guild"] = try GuildChoice(printer.options, printer.world).id(for: .guild, exchange)
        }
        return (method, .object(params))
    }

    private static func object(_ bytes: [UInt8]) throws(Complaint) -> JSON.Object {
        let json: JSON
        do { json = try JSON(parsing: bytes) } catch { throw Complaint(.usage, "the parameters are no JSON: \(error)") }
        guard case .object(let object) = json else { throw Complaint(.usage, "the parameters must be one JSON object: {…}") }
        return object
    }
}
