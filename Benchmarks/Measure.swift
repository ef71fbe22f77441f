import Machine

/// One figure with what it is to reach, as `scripts/bench` reads it.
struct Measure {
    enum Aim {
        case atLeast(Double)
        case atMost(Double)
        case none
    }

    let name: String
    let figure: Double
    let unit: String
    let aim: Aim

    init(_ name: String, _ figure: Double, _ unit: String, aim: Aim = .none) {
        self.name = name
        self.figure = figure
        self.unit = unit
        self.aim = aim
    }

    /// At once, so that the CPU up to here is counted for this measure.
    func say() {
        let wanted =
            switch aim {
            case .atLeast(let bound): "≥ \(Self.short(bound))"
            case .atMost(let bound): "≤ \(Self.short(bound))"
            case .none: "-"
            }
        _ = Streams.write(Array("\(name)\t\(Self.short(figure)) \(unit)\t\(wanted)\n".utf8), to: Streams.output)
    }

    /// Three digits are more than such a figure is worth.
    private static func short(_ value: Double) -> String {
        if value.magnitude >= 1000 || value == value.rounded() { return String(Int(value.rounded())) }
        let step = value.magnitude >= 10 ? 10.0 : 1000.0
        return String((value * step).rounded() / step)
    }
}
