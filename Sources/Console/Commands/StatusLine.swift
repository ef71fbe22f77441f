internal import Link
internal import Machine
internal import Shared

/// `hearth status-line`: how the house is in a few words, for the line of a tmux. It takes half a second at most and never
/// fails, because what it is shown in asks again anyway.
struct StatusLine {
    let options: Options
    let world: World

    static let patience = 500
    static let width = 48

    /// False where nobody reads it.
    func run() -> Bool { world.write(text().inert.fitted(to: Self.width, .left, .safe).trimmedAtEnd + "\n") }

    private func text() -> String {
        let end = MonotonicTime.now.adding(milliseconds: Self.patience)
        do throws(Complaint) {
            let exchange = try Exchange(options, world, end: end)
            return Self.spell(try exchange.call("house.status").result)
        } catch {
            switch error.exit {
            case .timeout: return "hearth DOWN: no answer"
            case .notPermitted: return "hearth: you may not look"
            case .unreachable: return "hearth DOWN"
            default: return "hearth ?"
            }
        }
    }

    static func spell(_ status: JSON) -> String {
        let troubles = (status["signs"]?.array ?? []).filter { ["warn", "bad"].contains($0["state"]?.text) }
            .sorted { $0["state"]?.text == "bad" && $1["state"]?.text != "bad" }
        guard let first = troubles.first else {
            return "hearth ok" + (status["latency_ms"]?.int.map { " \($0) ms" } ?? "")
        }
        let word = first["state"]?.text == "bad" ? "BAD" : "warn"
        let more = troubles.count > 1 ? " +\(troubles.count - 1)" : ""
        return "hearth \(word)\(more) \(first["label"]?.text ?? ""): \(first["value"]?.text ?? "")"
    }
}

extension String {
    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
