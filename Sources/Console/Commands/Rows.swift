internal import Shared

/// A result seen as rows and columns: of a list its members, of anything else itself.
struct Rows {
    var rows: [JSON]
    var columns: [String]

    init(_ result: JSON, wanting wanted: [String]) {
        rows = result["rows"]?.array ?? result.array ?? [result]
        columns = wanted.isEmpty ? Self.columns(of: rows) : wanted
    }

    /// Every path to a single value, in the order of the first row that has it; objects are walked into.
    private static func columns(of rows: [JSON]) -> [String] {
        var seen: Set<String> = []
        var order: [String] = []
        func walk(_ value: JSON, _ path: String) {
            if let object = value.object {
                for (key, member) in object.members { walk(member, path.isEmpty ? key : path + "." + key) }
            } else if seen.insert(path.isEmpty ? "value" : path).inserted {
                order.append(path.isEmpty ? "value" : path)
            }
        }
        for row in rows { walk(row, "") }
        return order
    }

    static func value(_ path: String, in row: JSON) -> JSON {
        if row.object == nil, path == "value" { return row }
        var here = row
        for step in path.split(separator: ".") { here = here[String(step)] ?? .null }
        return here
    }

    /// A value as one field of a line: lists are joined, a named thing is its name.
    static func field(_ value: JSON) -> String {
        if let plain = value.plain { return plain }
        if let items = value.array { return items.map(field).joined(separator: " ") }
        return value["name"]?.text ?? value["id"]?.text ?? value.line
    }
}
