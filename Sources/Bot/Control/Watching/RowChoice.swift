package import Kit
internal import Shared

/// Which of a panel's rows somebody wants to see, and in which order.
package struct RowChoice: Hashable, Sendable {
    package enum Filter: Hashable, Sendable {
        case anywhere(String)
        case column(String, String)
    }

    package var filter: Filter?
    package var sort: Sort?
    package var limit: Int

    package struct Sort: Hashable, Sendable {
        var column: String
        var isDescending: Bool
    }

    package init(filter: String?, sort: String?, limit: Int, of panel: Panel) throws(Failure) {
        let columns = panel.columns.map(\.key)
        self.limit = limit
        self.filter = filter.flatMap { Self.read($0, columns) }
        guard let sort, !sort.isEmpty else { return }
        let isDescending = sort.hasPrefix("-")
        let column = isDescending ? String(sort.dropFirst()) : sort
        guard columns.contains(column) else {
            throw .invalid(
                "There is no column \"\(column)\" to sort by.", field: "sort",
                hint: nearest(to: column, among: columns).map { "Did you mean \"\($0)\"?" }
                    ?? "It is one of: \(columns.joined(separator: ", ")).")
        }
        self.sort = Sort(column: column, isDescending: isDescending)
    }

    /// A colon after anything but a column's name is only a character of what is looked for.
    private static func read(_ text: String, _ columns: [String]) -> Filter? {
        let wanted = trimmed(text).lowercased()
        guard !wanted.isEmpty else { return nil }
        let parts = trimmed(text).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, columns.contains(parts[0]) else { return .anywhere(wanted) }
        return .column(parts[0], trimmed(parts[1]).lowercased())
    }

    package func rows(of lines: [Panel.Line]) -> [Panel.Line] {
        var seen: Set<String> = []
        var chosen = lines.filter { keeps($0.row) && seen.insert($0.key).inserted }
        if let sort {
            let order = chosen.enumerated().sorted { a, b in
                let (left, right) = (a.element.row[sort.column] ?? .null, b.element.row[sort.column] ?? .null)
                guard let rises = Self.rises(left, right) else { return a.offset < b.offset }
                return rises != sort.isDescending
            }
            chosen = order.map(\.element)
        }
        return Array(chosen.prefix(limit))
    }

    private func keeps(_ row: JSON) -> Bool {
        switch filter {
        case nil: true
        case .anywhere(let words): Self.words(row).contains { $0.contains(words) }
        case .column(let column, let words): Self.words(row[column] ?? .null).contains { $0.contains(words) }
        }
    }

    /// Everything in a value that somebody could read.
    private static func words(_ value: JSON) -> [String] {
        switch value {
        case .null: []
        case .bool(let flag): [flag ? "yes" : "no"]
        case .int(let number): [String(number)]
        case .double(let number): ["\(number)"]
        case .string(let text): [text.lowercased()]
        case .array(let items): items.flatMap(words)
        case .object(let object): object.members.flatMap { words($0.value) }
        }
    }

    /// Nil when neither comes before the other. What is missing comes before everything.
    private static func rises(_ a: JSON, _ b: JSON) -> Bool? {
        if let left = a.double, let right = b.double { return left == right ? nil : left < right }
        let (left, right) = (sortWords(a), sortWords(b))
        return left == right ? nil : left < right
    }

    private static func sortWords(_ value: JSON) -> String {
        (value["name"]?.text ?? value.text)?.lowercased() ?? words(value).joined(separator: " ")
    }
}
