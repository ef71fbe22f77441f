internal import Shared

/// `hearth watch TOPIC`: the subscription's lines as they come, for as long as anybody reads.
struct Watch {
    let exchange: Exchange
    let world: World
    let options: Options

    func run(_ line: [Options.Argument]) throws(CallMethod.Failure) {
        do throws(Complaint) {
            let id = exchange.ask("sub.open", try request(line))
            exchange.watchForReader(world.output)
            try follow(id)
        } catch {
            throw .complaint(error)
        }
    }

    private func follow(_ id: Int64) throws(Complaint) {
        while let line = try exchange.next(before: nil) {
            switch ControlMessage(line) {
            case .failure(let about, let error) where about == nil || about == id: throw Complaint(error)
            case .event: if !world.write(line.line + "\n") { return }
            case .overflow:
                throw Complaint(.busy, "we read too slowly and were cut off", "Ask for less with --rate-hz or --limit.")
            default: continue
            }
        }
    }

    /// The topic's own parameters are typed as its panel describes them; the others are the subscription's.
    private func request(_ line: [Options.Argument]) throws(Complaint) -> JSON {
        guard case .word(let topic)? = line.first else { throw Complaint(.usage, "watch what? See `hearth describe`.") }
        let panels = (try exchange.call("meta.panels").result["rows"]?.array ?? []).compactMap(ControlPanel.init)
        guard let panel = panels.first(where: { $0.topic == topic }) else {
            let guess = nearest(to: topic, among: panels.map(\.topic)).map { "Did you mean \($0)?" }
            throw Complaint(.usage, "there is no topic '\(topic)'", guess ?? panels.map(\.topic).joined(separator: ", "))
        }
        var (own, rest) = try Self.separate(line.dropFirst())
        let arguments = try Arguments(rest, for: ControlMethod(watching: panel))
        var params = arguments.params
        if let guild = try GuildChoice(options, world).id(for: panel.scope, exchange) { params.append(("guild", guild)) }
        own.append(("topic", .string(topic)))
        own.append(("params", .object(JSON.Object(params))))
        own += options.envelope.filter { $0.0 == "limit" }.map { ($0.0, $0.1) }
        return .object(JSON.Object(own))
    }

    private static func separate(
        _ line: ArraySlice<Options.Argument>
    ) throws(Complaint) -> ([(key: String, value: JSON)], [Options.Argument]) {
        var own: [(key: String, value: JSON)] = []
        var rest: [Options.Argument] = []
        var queue = line
        while let argument = queue.popFirst() {
            guard case .flag(let name, let inline) = argument, ["from", "filter", "sort", "rate-hz"].contains(name.dashed)
            else {
                rest.append(argument)
                continue
            }
            var value = inline
            if value == nil, case .word(let next)? = queue.first {
                value = next
                queue.removeFirst()
            }
            guard let value else { throw Complaint(.usage, "--\(name) wants a value") }
            own.append((name.underscored, try read(name.dashed, value)))
        }
        return (own, rest)
    }

    private static func read(_ name: String, _ value: String) throws(Complaint) -> JSON {
        switch name {
        case "rate-hz":
            guard let rate = Double(value), rate > 0 else { throw Complaint(.usage, "--rate-hz wants a number above 0") }
            return Int64(exactly: rate).map(JSON.int) ?? .double(rate)
        case "from":
            guard let colon = value.lastIndex(of: ":"), let seq = Int64(value[value.index(after: colon)...]), seq >= 0 else {
                throw Complaint(.usage, "--from wants EPOCH:SEQ as a line of the watch showed them, not '\(value)'")
            }
            return ["epoch": .string(String(value[..<colon])), "seq": .int(seq)]
        default: return .string(value)
        }
    }
}

extension ControlMethod {
    /// A panel's parameters are given like a command's.
    fileprivate init(watching panel: ControlPanel) {
        self.init(
            name: "watch " + panel.topic, summary: panel.summary, scope: panel.scope, parameters: panel.parameters)
    }
}
