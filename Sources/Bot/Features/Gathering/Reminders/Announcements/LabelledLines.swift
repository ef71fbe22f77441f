internal import Shared

/// An announcement's parts by what they are labelled with: embed fields, and lines such as "Waar: het café".
struct LabelledLines {
    /// What says when, apart from all else.
    var when: [String] = []
    var days: [String] = []
    var place: String?
    /// The other lines, the title first.
    var lines: [String] = []

    private enum Label { case when, days, place, none }

    init(_ announcement: Announcement) {
        lines.append(announcement.title)
        for line in announcement.text.split(whereSeparator: \.isNewline).prefix(200) { add(String(line)) }
        for field in announcement.fields.prefix(25) {
            let value = field.value.split(whereSeparator: \.isNewline).joined(separator: ", ")
            switch Self.label(field.name) {
            case .none:
                lines.append(field.name)
                for line in field.value.split(whereSeparator: \.isNewline).prefix(50) { add(String(line)) }
            case let label: take(value, as: label)
            }
        }
    }

    private mutating func add(_ line: String) {
        let sign = line.unicodeScalars.first { Self.signs[$0] != nil }.flatMap { Self.signs[$0] }
        if let colon = line.firstIndex(of: ":"), line.distance(from: line.startIndex, to: colon) <= 40 {
            let label = Self.label(String(line[..<colon]))
            if label != .none { return take(String(line[line.index(after: colon)...]), as: label) }
        }
        if sign == .place, place == nil { place = Self.cleaned(line) } else { lines.append(line) }
    }

    private mutating func take(_ value: String, as label: Label) {
        switch label {
        case .when: when.append(value)
        case .days: days.append(value)
        case .place: place = place ?? Self.cleaned(value)
        case .none: lines.append(value)
        }
    }

    private static let signs: [Unicode.Scalar: Label] = ["📍": .place, "🗺": .place]

    private static func label(_ text: String) -> Label {
        let tokens = AnnouncementTokens(text).all
        let words = tokens.filter { $0.kind == .word }.map(\.text)
        guard (1...3).contains(words.count), !tokens.contains(where: { $0.kind == .number }),
            let word = words.first(where: { labels[$0] != nil })
        else { return .none }
        return labels[word] ?? .none
    }

    private static let labels: [String: Label] = {
        var table: [String: Label] = [:]
        func name(_ words: String, _ label: Label) {
            for word in words.split(separator: " ") { table[String(word)] = label }
        }
        name(
            "when date dates time start starts begins wanneer datum tijd tijdstip uur aanvang begin wann uhrzeit zeit beginn",
            .when)
        name("termin quand heure horaire debut cuando fecha hora horario inicio comienzo", .when)
        name("days dagen tage jours dias", .days)
        name(
            "where location place venue waar locatie plaats plek wo ort lieu ou endroit donde lugar sitio adres adresse address",
            .place)
        return table
    }()

    /// A line as one would say it: without marks, signs before it and a label's colon.
    static func cleaned(_ line: String) -> String? {
        var text = String(line.filter { !["*", "_", "`", "~", "|", "#", ">"].contains($0) })
        while let first = text.unicodeScalars.first, !first.properties.isAlphabetic, !(48...57).contains(first.value),
            !["(", "<", "\"", "«", "“"].contains(first)
        {
            text.unicodeScalars.removeFirst()
        }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : String(words.prefix(100))
    }
}
