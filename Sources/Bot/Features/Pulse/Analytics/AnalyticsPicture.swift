internal import Kit
internal import Shared

/// A report as a picture.
enum AnalyticsPicture {
    static func attachment(_ report: JSON, titled name: String) -> Attachment {
        let figures = report["figures"] ?? .null
        let messages = counted(figures["messages"]?.int ?? 0, "message")
        let members = counted(figures["members"]?.int ?? 0, "member")
        let caption = """
            \(name), \(report["from"]?.text ?? "") to \(report["until"]?.text ?? ""): \(messages) by \(members). \
            \(AnalyticsText.spokenHeat(cells(report)))
            """
        return Attachment(drawing(report, name), name: "report.png", caption: caption)
    }

    static func drawing(_ report: JSON, _ name: String) -> Drawing {
        let days = report["days"]?.array ?? []
        var blocks: [Drawing.Block] = [.figures(figures(report))]
        if days.count > 1 {
            blocks.append(
                .line(
                    title: "Messages a day",
                    days.map { .init(String(($0["day"]?.text ?? "").suffix(5)), $0["messages"]?.double) }))
        }
        let channels = report["channels"]?.array ?? []
        if !channels.isEmpty {
            blocks.append(
                .bars(
                    title: "Most is said in",
                    channels.prefix(8).map { row in
                        let messages = row["messages"]?.int ?? 0
                        return .init("#" + (row["channel"]?["name"]?.text ?? ""), Double(messages), note: grouped(messages))
                    }))
        }
        blocks.append(.grid(heat(cells(report))))
        if let funnel = report["funnel"], funnel["joined"]?.int ?? 0 > 0 {
            blocks.append(.bars(title: "Newcomers", Self.funnel(funnel)))
        }
        let cohorts = (report["cohorts"]?.array ?? []).filter { $0["joined"]?.int ?? 0 > 0 }
        if !cohorts.isEmpty { blocks.append(.grid(Self.cohorts(cohorts))) }
        let subtitle = "\(report["from"]?.text ?? "") to \(report["until"]?.text ?? "")"
        return Drawing(name, subtitle: subtitle, blocks: blocks)
    }

    static func heat(_ cells: [[Double?]]) -> Drawing.Grid {
        .init(
            "Messages in a usual hour", rows: HeatTable.weekdays, columns: (0..<24).map { $0 % 3 == 0 ? String($0) : "" },
            cells: cells)
    }

    private static func figures(_ report: JSON) -> [Drawing.Figure] {
        let names = [("messages", "messages"), ("members", "members"), ("joins", "joined"), ("leaves", "left")]
        return names.map { key, label in
            let now = report["figures"]?[key]?.double ?? 0
            let note = AnalyticsText.change(now, report["before"]?[key]?.double)
            return .init(label, grouped(Int64(now.rounded())), note: trimmed(note.filter { $0 != "(" && $0 != ")" }))
        }
    }

    private static func funnel(_ funnel: JSON) -> [Drawing.Bar] {
        [("joined", "joined"), ("spoke", "wrote within a week"), ("returned", "came back")].map { key, label in
            let count = funnel[key]?.int ?? 0
            return .init(label, Double(count), note: grouped(count))
        }
    }

    private static func cohorts(_ rows: [JSON]) -> Drawing.Grid {
        let weeks = rows.map { $0["active"]?.array?.count ?? 0 }.max() ?? 0
        return .init(
            "Still there, in % of those who joined that week",
            rows: rows.map { String(($0["week"]?.text ?? "").suffix(5)) },
            columns: (0..<weeks).map { $0 == 0 ? "0" : "+\($0)" },
            cells: rows.map { row in
                let size = row["joined"]?.double ?? 1
                let active = (row["active"]?.array ?? []).map { $0.double.map { ($0 * 100 / size).rounded() } }
                return active + Array(repeating: nil, count: weeks - active.count)
            }, showsFigures: true)
    }

    private static func cells(_ report: JSON) -> [[Double?]] {
        (report["heat"]?.array ?? []).map { ($0.array ?? []).map(\.double) }
    }
}
