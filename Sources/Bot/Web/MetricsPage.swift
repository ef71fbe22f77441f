internal import Kit
internal import Shared

/// Figures in the text form that Prometheus reads (version 0.0.4).
enum MetricsPage {
    static func answer(_ metrics: [Metric]) -> WebAnswer {
        WebAnswer(200, type: "text/plain; version=0.0.4; charset=utf-8", text(of: metrics))
    }

    static func text(of metrics: [Metric]) -> String {
        var lines: [String] = []
        for metric in metrics where !metric.samples.isEmpty {
            lines.append("# HELP \(metric.name) \(escaped(metric.help, quotes: false))")
            lines.append("# TYPE \(metric.name) \(metric.kind.rawValue)")
            lines += metric.samples.map { "\(metric.name)\($0.suffix)\(labels(of: $0)) \(number($0.value))" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func labels(of sample: Metric.Sample) -> String {
        if sample.labels.isEmpty { return "" }
        let pairs = sample.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
