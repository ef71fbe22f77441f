internal import Shared

/// A value of a column as text with its meaning.
struct CellFormat {
    var glyphs: Glyphs
    var clock: Clock

    func show(_ value: JSON?, _ kind: ControlPanel.Kind) -> (text: String, ink: Ink) {
        guard let value, !value.isNull else { return (glyphs.dot, .quiet) }
        switch kind {
        case .text, .id: return (value.plain ?? value.line, .plain)
        case .member: return (Self.name(value), .plain)
        case .number: return (value.plain ?? "", .plain)
        case .points: return (value.double.map { Numbers.fixed($0, 1) } ?? value.plain ?? "", .plain)
        case .days: return (value.int.map { $0 == 0 ? glyphs.dot : "\($0)d" } ?? value.plain ?? "", .plain)
        case .percent: return (value.double.map { Numbers.points($0) + "%" } ?? value.plain ?? "", .plain)
        case .time: return (value.int.map { Numbers.moment($0, clock) } ?? value.plain ?? "", .plain)
        case .duration: return (value.int.map(Numbers.duration) ?? value.plain ?? "", .plain)
        case .spark: return (Sparkline.draw(value.array?.map(\.double) ?? [], glyphs), .chart)
        case .state:
            let word = value.text ?? ""
            let state = glyphs.state(word)
            return (state.sign + " " + word, state.ink)
        case .delta:
            guard let delta = value.int else { return ("", .plain) }
            if delta == 0 { return ("=", .quiet) }
            return delta > 0 ? (glyphs.up + String(delta), .good) : (glyphs.down + String(-delta), .warn)
        }
    }

    /// A name of nothing but invisible marks would be no name: then the id is shown.
    private static func name(_ value: JSON) -> String {
        let name = value["name"]?.text ?? value.plain ?? ""
        let isBlank = name.cells().allSatisfy { $0.text == " " }
        return isBlank ? value["id"]?.text ?? name : name
    }

    static func side(_ kind: ControlPanel.Kind) -> TextSide {
        switch kind {
        case .number, .points, .days, .percent, .duration, .time: .right
        default: .left
        }
    }

    /// The least and the most a column of this kind asks for.
    static func room(_ kind: ControlPanel.Kind) -> ClosedRange<Int> {
        switch kind {
        case .text: 6...60
        case .member: 10...28
        case .number: 3...9
        case .points: 6...10
        case .delta: 2...4
        case .days: 4...6
        case .time: 6...6
        case .duration: 4...8
        case .spark: 7...14
        case .state: 6...6
        case .percent: 5...7
        case .id: 4...20
        }
    }
}
