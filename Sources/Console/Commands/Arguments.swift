internal import Machine
internal import Shared

/// Fills a method's parameters from flags and words, as the method describes them.
struct Arguments {
    private(set) var params: [(key: String, value: JSON)] = []
    private let method: ControlMethod
    private var words: [String] = []

    init(_ line: [Options.Argument], for method: ControlMethod, _ long: LongText? = nil) throws(Complaint) {
        self.method = method
        if let long { try set(long.parameter, .string(long.text)) }
        var queue = line[...]
        while let argument = queue.popFirst() {
            switch argument {
            case .word(let word): words.append(word)
            case .flag(let name, let value): try take(name, value, &queue)
            }
        }
        try fillRequired()
        try fillFirst()
    }

    /// What a line leaves out that must be there.
    static func missing(_ line: [Options.Argument], for method: ControlMethod) throws(Complaint) -> [ControlParameter] {
        var bare = method
        for index in bare.parameters.indices { bare.parameters[index].required = false }
        var reading = Arguments(bare)
        var queue = line[...]
        while let argument = queue.popFirst() {
            switch argument {
            case .word(let word): reading.words.append(word)
            case .flag(let name, let value): try reading.take(name, value, &queue)
            }
        }
        let unsaid = method.parameters.filter { parameter in
            parameter.required && !reading.params.contains { $0.key == parameter.name }
        }
        return Array(unsaid.dropFirst(reading.words.count))
    }

    private init(_ method: ControlMethod) { self.method = method }

    /// What may stand behind a flag that could also stand alone.
    private static let yesAndNo: Set = ["yes", "no", "on", "off", "true", "false"]

    private mutating func take(_ name: String, _ value: String?, _ queue: inout ArraySlice<Options.Argument>) throws(Complaint)
    {
        let key = name.underscored
        if let parameter = method.parameters.first(where: { $0.name == key }) {
            if let value { return try set(parameter, parameter.value(reading: value)) }
            if parameter.kind == .yesNo {
                guard case .word(let word)? = queue.first, Self.yesAndNo.contains(word.lowercased()) else {
                    return try set(parameter, true)
                }
                queue.removeFirst()
                return try set(parameter, parameter.value(reading: word))
            }
            guard case .word(let next)? = queue.first else {
                throw Complaint(.usage, "--\(name) wants a value", summary(parameter))
            }
            queue.removeFirst()
            return try set(parameter, parameter.value(reading: next))
        }
        if key.hasPrefix("no_"), value == nil,
            let parameter = method.parameters.first(where: { $0.name == key.dropFirst(3) && $0.kind == .yesNo })
        {
            return try set(parameter, false)
        }
        let known = method.parameters.map(\.name.dashed) + Options.flags.map(\.name)
        let guess = nearest(to: name.dashed, among: known).map { "Did you mean --\($0)?" }
        throw Complaint(.usage, "\(method.name.spoken) knows no --\(name)", guess ?? usage)
    }

    private mutating func set(_ parameter: ControlParameter, _ value: JSON) throws(Complaint) {
        guard !params.contains(where: { $0.key == parameter.name }) else {
            throw Complaint(.usage, "--\(parameter.name.dashed) is given twice")
        }
        params.append((parameter.name, value))
    }

    private mutating func fillRequired() throws(Complaint) {
        var left = words[...]
        for parameter in method.parameters where parameter.required && !params.contains(where: { $0.key == parameter.name }) {
            guard let word = left.popFirst() else {
                throw Complaint(.usage, "\(method.name.spoken) wants --\(parameter.name.dashed)", summary(parameter), usage)
            }
            try set(parameter, parameter.value(reading: word))
        }
        words = Array(left)
    }

    /// Where nothing is required a word says what the command is about: `members show ann`. Any further word is one too many.
    private mutating func fillFirst() throws(Complaint) {
        var left = words[...]
        if let first = method.parameters.first, !method.parameters.contains(where: \.required),
            !params.contains(where: { $0.key == first.name }), let word = left.popFirst()
        {
            try set(first, first.value(reading: word))
        }
        if let extra = left.first { throw Complaint(.usage, "nothing wants the word '\(extra)'", usage) }
    }

    /// With the texts of the files that are named.
    func reading(_ world: World) throws(Complaint) -> Arguments {
        var read = self
        for (index, one) in params.enumerated() {
            guard method.parameters.contains(where: { $0.name == one.key && $0.isDocument }), let path = one.value.text else {
                continue
            }
            read.params[index].value = .string(try Self.text(of: path, world))
        }
        return read
    }

    private static func text(of path: String, _ world: World) throws(Complaint) -> String {
        var bytes: [UInt8] = []
        if path == "-" {
            while let more = Streams.read(from: world.input), !more.isEmpty { bytes += more }
        } else {
            do { bytes = try Files.read(path) } catch {
                throw Complaint(.usage, "\(path) cannot be read: \(error)", "Name a file, or - for what comes in.")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(.usage, "\(path) is no text in UTF-8")
        }
        return text
    }

    private func summary(_ parameter: ControlParameter) -> String { "--\(parameter.name.dashed)  \(parameter.summary)" }
    private var usage: String { "Usage: " + Usage.line(method) }
}
