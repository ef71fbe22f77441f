internal import Shared

/// What the viewer did to a table. It is kept while the screen is elsewhere.
package struct TableState: Sendable {
    /// The selection is a row, not a place: live data never moves it to another row.
    var selected: String?
    var offset = 0
    var filter = TextField()
    var filtering = false
    /// Nil is the order the daemon gave.
    var sort: (column: Int, descending: Bool)?
    /// The rows as they were when the viewer stopped them.
    var frozen: [Feed.Row]?
    /// The rows that the next action is for, by their keys.
    var marked: Set<String> = []
    /// Columns that have gone out of sight to the left, beside the first ones, which stay.
    var firstColumn = 0
    private var lastIndex = 0

    func visible(_ feed: Feed?, _ columns: [ControlPanel.Column], _ format: CellFormat) -> [Feed.Row] {
        var rows = frozen ?? feed?.rows ?? []
        let wanted = filter.text.lowercased()
        if !wanted.isEmpty {
            rows = rows.filter { row in
                columns.contains { format.show(row.value[$0.key], $0.kind).text.lowercased().contains(wanted) }
            }
        }
        if let sort, columns.indices.contains(sort.column) {
            let key = columns[sort.column].key
            let places = Dictionary(uniqueKeysWithValues: rows.enumerated().map { ($1.key, $0) })
            rows.sort { a, b in
                let order = Self.compare(a.value[key] ?? .null, b.value[key] ?? .null)
                if order == 0 { return (places[a.key] ?? 0) < (places[b.key] ?? 0) }
                return sort.descending ? order > 0 : order < 0
            }
        }
        return rows
    }

    private static func compare(_ a: JSON, _ b: JSON) -> Int {
        if let x = a.double, let y = b.double { return x < y ? -1 : x > y ? 1 : 0 }
        let x = (a["name"]?.text ?? a.plain ?? "").lowercased()
        let y = (b["name"]?.text ?? b.plain ?? "").lowercased()
        return x < y ? -1 : x > y ? 1 : 0
    }

    func index(in rows: [Feed.Row]) -> Int? {
        guard !rows.isEmpty else { return nil }
        return selected.flatMap { key in rows.firstIndex { $0.key == key } } ?? min(lastIndex, rows.count - 1)
    }

    mutating func move(_ step: Int, in rows: [Feed.Row]) {
        guard let here = index(in: rows) else { return }
        select(min(max(0, here + step), rows.count - 1), in: rows)
    }

    mutating func select(_ index: Int, in rows: [Feed.Row]) {
        guard rows.indices.contains(index) else { return }
        selected = rows[index].key
        lastIndex = index
    }

    /// Marks the row, or takes its mark away, and goes on to the next.
    mutating func mark(in rows: [Feed.Row]) {
        guard let here = index(in: rows) else { return }
        if marked.remove(rows[here].key) == nil { marked.insert(rows[here].key) }
        move(1, in: rows)
    }

    /// Scrolls no more than it must to keep the selection in sight.
    mutating func settle(_ rows: [Feed.Row], height: Int) {
        guard let here = index(in: rows), height > 0 else {
            offset = 0
            return
        }
        lastIndex = here
        selected = rows[here].key
        if !marked.isEmpty { marked.formIntersection(rows.map(\.key)) }
        offset = min(max(0, min(offset, here)), max(0, rows.count - height))
        if here >= offset + height { offset = here - height + 1 }
    }

    /// The next column to sort by; after the last, the daemon's order again.
    mutating func sortNext(of count: Int) {
        guard count > 0 else { return }
        let next = (sort?.column ?? -1) + 1
        sort = next < count ? (next, sort?.descending ?? false) : nil
    }
}
