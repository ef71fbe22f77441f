internal import Kit
internal import Shared

/// What statistics say to people; they are told from what programs get, so a kept report reads as a fresh one.
enum AnalyticsText {
    static func report(_ report: JSON, title: Phrase) -> Card {
        guard let figures = report["figures"], !figures.isNull else {
            return Card(title, text: "Nothing is known of these days: nobody was there to count.")
        }
        let before = report["before"] ?? .null
        func figure(_ name: Phrase, _ key: String) -> Card.Field {
            let now = figures[key]?.double ?? 0
            return .init(name, "\(words: grouped(Int64(now.rounded())))\(words: change(now, before[key]?.double))")
        }
        var fields = [
            figure("Messages", "messages"), figure("Members who took part", "members"), figure("Points", "points"),
            figure("Reactions", "reactions"), figure("Joined", "joins"), figure("Left", "leaves"),
        ]
        if let voice = figures["voice_ms"]?.int, voice > 0 {
            fields.append(.init("Voice", "\(words: Duration.milliseconds(voice).spelled)"))
        }
        if let actives = report["actives"] {
            let numbers = ["day", "week", "month"].map { "\($0) \(grouped(actives[$0]?.int ?? 0))" }.joined(separator: ", ")
            fields.append(.init("Active members", "\(words: numbers)"))
        }
        fields += [
            .init("By day", spark(report["days"]?.array ?? []), isInline: false),
            .init("Most is said in", channels(report["channels"]?.array ?? [], most: 5), isInline: false),
        ]
        if let funnel = report["funnel"], funnel["joined"]?.int ?? 0 > 0 {
            fields.append(.init("Of those who joined", funnelLine(funnel), isInline: false))
        }
        if let gaps = report["gaps"]?.array, !gaps.isEmpty {
            fields.append(.init("Not counted", gapLines(gaps), isInline: false))
        }
        return Card(
            title, text: "\(words: report["from"]?.text ?? "") to \(words: report["until"]?.text ?? "")", fields: fields,
            footer:
                "Changes are against as many days before. Days begin at midnight in \(words: report["zone"]?.text ?? "UTC").")
    }

    static func snapshot(_ report: JSON, at: Instant, _ name: String) -> Card {
        var card = Self.report(report, title: "Dashboard of \(name)")
        card.text = card.text + ", taken \(at, .relative)"
        return card
    }

    static func early(_ report: JSON, _ span: Analytics.Span, at hour: Int) -> Card {
        var card = Self.report(report, title: "No snapshot yet: so far")
        let hour = "\(padded(hour, 2)):00"
        card.footer = "The first snapshot comes when this \(words: span.rawValue) is over, from \(words: hour) on."
        return card
    }

    static func snapshots(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            """
            \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  \(words: row["span"]?.text ?? "") from \
            \(words: row["from"]?.text ?? "") to \(words: row["until"]?.text ?? ""): \
            \(words: counted(row["messages"]?.int ?? 0, "message")) by \(words: counted(row["members"]?.int ?? 0, "member"))
            """
        }
        return Card("Snapshots", text: lines.isEmpty ? "None yet: one is taken when a week is over." : .lines(lines))
    }

    static func days(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let day = row["day"]?.text ?? ""
            guard let messages = row["messages"]?.int else { return "\(words: day)  not known" }
            let partly = row["known"]?.text == "partial" ? ", not all was seen" : ""
            return """
                \(words: day)  \(words: counted(messages, "message")) by \(words: grouped(row["members"]?.int ?? 0)), \
                \(row["joins"]?.int ?? 0) joined, \(row["leaves"]?.int ?? 0) left\(words: partly)
                """
        }
        return Card("Day by day", text: .lines(lines))
    }

    static func channels(_ rows: [JSON], _ span: Analytics.Span) -> Card {
        Card("Where most is said, the last \(words: span.rawValue)", text: channels(rows, most: 100))
    }

    static func heatmap(_ cells: [[Double?]], _ zone: String) -> Card {
        let most = max(cells.joined().compactMap(\.self).max() ?? 0, 0.001)
        let lines = zip(HeatTable.weekdays, cells).map { weekday, hours -> Phrase in
            let row = hours.map { cell in cell.map { shade($0 / most) } ?? "·" }.joined()
            return "\(code: weekday + " " + row)"
        }
        return Card(
            "When it is lively", text: .lines(["\(code: "    0     6     12    18    ")"] + lines),
            footer: "\(words: spokenHeat(cells)) Clocks of \(words: zone); a dot is not known.")
    }

    static func cohorts(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let size = row["joined"]?.int ?? 0
            let shares = (row["active"]?.array ?? []).compactMap(\.int).map { percent($0, of: size) }
            return
                "\(words: row["week"]?.text ?? "")  \(size) joined: \(words: size == 0 ? "–" : shares.joined(separator: "  "))"
        }
        return Card(
            "Who stayed", text: .lines(lines),
            footer: "By the week of joining: how many of them wrote something in that week, the next, and so on.")
    }

    static func funnel(_ row: JSON, days: Int) -> Card {
        Card(
            "Of those who joined in the last \(words: days == 1 ? "day" : "\(days) days")",
            text: (row["joined"]?.int ?? 0) == 0 ? "Nobody joined." : funnelLine(row))
    }

    // MARK: - Pieces

    private static func funnelLine(_ row: JSON) -> Phrase {
        let (joined, spoke, returned) = (row["joined"]?.int ?? 0, row["spoke"]?.int ?? 0, row["returned"]?.int ?? 0)
        let pending = row["pending"]?.int ?? 0
        let rest = pending > 0 ? "; \(pending) still have time" : ""
        return """
            \(joined) joined, \(spoke) (\(words: percent(spoke, of: joined))) wrote something within a week, \
            \(returned) (\(words: percent(returned, of: joined))) came back on another day\(words: rest).
            """
    }

    private static func channels(_ rows: [JSON], most: Int) -> Phrase {
        guard !rows.isEmpty else { return "nowhere" }
        return .lines(
            rows.prefix(most).map { row in
                let place: Phrase = row["channel"]?["id"]?.id(Channel.self).map { "\($0)" } ?? "a channel"
                return "\(place)  \(words: counted(row["messages"]?.int ?? 0, "message"))"
            })
    }

    /// A block for each day; a day of which nothing is known is a dot.
    private static func spark(_ days: [JSON]) -> Phrase {
        let values = days.map { $0["messages"]?.double }
        let most = max(values.compactMap(\.self).max() ?? 0, 1)
        let blocks = values.map { value in
            value.map { String("▁▂▃▄▅▆▇█"[min(7, Int($0 / most * 7.999))]) } ?? "·"
        }.joined()
        let known = values.compactMap(\.self)
        guard let low = known.min(), let high = known.max() else { return "not known" }
        let from: Phrase = low == high ? "" : "\(words: grouped(Int64(low))) to "
        return "\(code: blocks)  \(from)\(words: counted(Int64(high), "message"))"
    }

    private static func gapLines(_ gaps: [JSON]) -> Phrase {
        .lines(
            gaps.prefix(5).map { gap in
                let end: Phrase = gap["ended_ms"]?.int.map { "\(Instant(milliseconds: $0), .moment)" } ?? "now"
                let what = (gap["not_counted"]?.array ?? []).compactMap(\.text).joined(separator: ", ")
                return "\(Instant(milliseconds: gap["began_ms"]?.int ?? 0), .moment) to \(end): \(words: what)"
            })
    }

    static func spokenHeat(_ cells: [[Double?]]) -> String {
        var best: (value: Double, day: Int, hour: Int)?
        for (day, hours) in cells.enumerated() {
            for case (let hour, let value?) in hours.enumerated() where value > best?.value ?? 0 { best = (value, day, hour) }
        }
        guard let best else { return "Nothing is known yet." }
        return "Most is said on \(HeatTable.weekdays[best.day]) from \(padded(best.hour, 2)):00 on."
    }

    /// " (+12 %)", or nothing where there is nothing to compare with.
    static func change(_ now: Double, _ before: Double?) -> String {
        guard let before, before > 0 else { return "" }
        let percent = Int(((now - before) * 100 / before).rounded())
        return percent == 0 ? " (as before)" : " (\(percent > 0 ? "+" : "−")\(abs(percent)) %)"
    }

    private static func percent(_ part: Int64, of whole: Int64) -> String { whole > 0 ? "\(part * 100 / whole) %" : "–" }
    private static func shade(_ share: Double) -> String { String(" ░▒▓█"[share <= 0 ? 0 : min(4, 1 + Int(share * 3.999))]) }
}

extension String {
    fileprivate subscript(_ place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
