/// A picture as it is described: what it shows, not how it is painted. It travels like text and becomes a PNG only when it is sent,
/// in a program of its own, so that nobody pays for the painter who draws nothing.
package struct Drawing: Hashable, Sendable, Codable {
    package enum Block: Hashable, Sendable, Codable {
        /// Large figures beside each other.
        case figures([Figure])
        case line(title: String, [Bar])
        case bars(title: String, [Bar])
        case grid(Grid)
    }

    package struct Figure: Hashable, Sendable, Codable {
        package var label: String
        package var value: String
        /// How it compares, such as "+12 %".
        package var note: String
        package init(_ label: String, _ value: String, note: String = "") {
            self.label = label
            self.value = value
            self.note = note
        }
    }

    package struct Bar: Hashable, Sendable, Codable {
        package var label: String
        /// Nil is drawn as a gap: what nobody knows is not nothing.
        package var value: Double?
        /// What is written at its end, instead of the value.
        package var note: String
        package init(_ label: String, _ value: Double?, note: String = "") {
            self.label = label
            self.value = value
            self.note = note
        }
    }

    /// Cells whose colour says how much; empty ones are unknown.
    package struct Grid: Hashable, Sendable, Codable {
        package var title: String
        package var rows: [String]
        package var columns: [String]
        /// A row after the other.
        package var cells: [[Double?]]
        /// Whether the figures stand in the cells.
        package var showsFigures: Bool
        package init(_ title: String, rows: [String], columns: [String], cells: [[Double?]], showsFigures: Bool = false) {
            self.title = title
            self.rows = rows
            self.columns = columns
            self.cells = cells
            self.showsFigures = showsFigures
        }
    }

    package var title: String
    package var subtitle: String
    package var blocks: [Block]

    package init(_ title: String, subtitle: String = "", blocks: [Block]) {
        self.title = title
        self.subtitle = subtitle
        self.blocks = blocks
    }
}
