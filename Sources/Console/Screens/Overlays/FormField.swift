internal import Shared

/// One parameter of a form, as far as it has been filled in.
struct FormField: Hashable, Sendable {
    var parameter: ControlParameter
    var text: TextField
    var error: String?
    /// What the daemon offers for what is written.
    var candidates: [ControlParameter.Choice] = []
    var candidate: Int?
    /// What the chosen value is called.
    var label: String?
    /// What it is where nothing is written.
    var current: String?

    init(_ parameter: ControlParameter, preset: String?) {
        self.parameter = parameter
        text = TextField(preset ?? parameter.standard?.plain ?? "")
    }

    /// Kinds with few values are turned, not typed.
    var turns: [String] {
        switch parameter.kind {
        case .yesNo: ["yes", "no"]
        case .choice: parameter.choices.map(\.value)
        default: []
        }
    }

    mutating func turn(_ step: Int) {
        let values = (parameter.required ? [] : [""]) + turns
        guard !turns.isEmpty else { return }
        let here = values.firstIndex(of: text.text) ?? (step > 0 ? -1 : values.count)
        text = TextField(values[(here + step + values.count) % values.count])
        error = nil
    }

    mutating func write(_ key: Key) -> Bool {
        if !turns.isEmpty {
            guard key == .character(" ") else { return false }
            turn(1)
            return true
        }
        guard text.take(key) else { return false }
        error = nil
        candidate = nil
        label = nil
        return true
    }

    /// What can be told without the daemon: whether it is a number, and within its bounds.
    mutating func judge() {
        error = nil
        guard !text.isEmpty, [.whole, .decimal].contains(parameter.kind) else { return }
        guard let number = Double(text.text), parameter.kind == .decimal || Int64(text.text) != nil else {
            error = parameter.kind == .whole ? "This is a whole number." : "This is a number."
            return
        }
        if let least = parameter.least?.double, number < least { error = "It is at least \(parameter.least?.plain ?? "")." }
        if let most = parameter.most?.double, number > most { error = "It is at most \(parameter.most?.plain ?? "")." }
    }

    mutating func acceptCandidate() -> Bool {
        guard let candidate, candidates.indices.contains(candidate) else { return false }
        text = TextField(candidates[candidate].value)
        label = candidates[candidate].label
        candidates = []
        self.candidate = nil
        return true
    }

    /// What is asked for, in a few words.
    var note: String {
        var parts: [String] = []
        switch parameter.kind {
        case .yesNo, .choice: break
        default: parts.append(parameter.kind.rawValue)
        }
        if let least = parameter.least?.plain, let most = parameter.most?.plain { parts.append("\(least) to \(most)") }
        if let unit = parameter.unit { parts.append(unit) }
        parts.append(parameter.required ? "required" : "may stay empty")
        return parts.joined(separator: ", ")
    }

    var value: JSON? { text.isEmpty ? JSON?.none : parameter.value(reading: text.text) }
}
