/// How text of strangers is brought into cells.
package enum WidthPolicy: String, Sendable, CaseIterable {
    /// What terminals disagree about is replaced by something of the same meaning that all of them measure alike.
    case safe
    /// As it is, for terminals that follow Unicode.
    case raw
    /// Plain ASCII, for terminals that know nothing else.
    case ascii
}

/// What stands in one terminal cell, or in two.
package struct TextCell: Hashable, Sendable {
    package var text: String
    package var width: Int

    package init(_ text: String, width: Int) {
        self.text = text
        self.width = width
    }
}

extension StringProtocol {
    /// The text as cells: inert, each piece one or two cells wide, nothing of zero width on its own.
    package func cells(_ policy: WidthPolicy = .safe) -> [TextCell] {
        var out: [TextCell] = []
        out.reserveCapacity(utf8.count)
        for character in inert {
            if let ascii = character.asciiValue {
                if ascii >= 0x20 { out.append(TextCell(String(character), width: 1)) }
                continue
            }
            switch policy {
            case .raw: out.append(contentsOf: character.pieces)
            case .safe: out.append(contentsOf: character.safePieces)
            case .ascii: out.append(contentsOf: character.asciiPieces)
            }
        }
        return out
    }

    package func width(_ policy: WidthPolicy = .safe) -> Int { cells(policy).width }
}

extension Sequence<TextCell> {
    package var width: Int { reduce(0) { $0 + $1.width } }
}

extension Character {
    /// A cluster with several letters in one, as in Indic scripts, takes a cell for each.
    fileprivate var pieces: [TextCell] {
        if isPictorial { return [TextCell(String(self), width: 2)] }
        var out: [TextCell] = []
        for scalar in unicodeScalars {
            let width = scalar.cells
            if width > 0 {
                out.append(TextCell(String(Character(scalar)), width: width))
            } else if !out.isEmpty {
                out[out.count - 1].text.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Signs of typography have a plain likeness; for all else a question mark keeps each cell's place.
    fileprivate var asciiPieces: [TextCell] {
        let likeness: String =
            switch self {
            case "…": "..."
            case "±": "+"
            case "×": "x"
            case "·", "–", "—", "−": "-"
            case "‹", "«": "<"
            case "›", "»", "→": ">"
            case "“", "”", "„": "\""
            case "‘", "’": "'"
            default: String(repeating: "?", count: safePieces.width)
            }
        return likeness.map { TextCell(String($0), width: 1) }
    }

    /// Flags become their letters, joined and toned figures their first figure, keycaps and the like their base and a space:
    /// always two cells. Unknown characters become a box; heaps of marks are taken off their letter.
    fileprivate var safePieces: [TextCell] {
        guard let first = unicodeScalars.first else { return [] }
        if first.isRegionalLetter {
            let letters = unicodeScalars.map { scalar in
                Unicode.Scalar(scalar.value &- 0x1F1E6 &+ 0x41).flatMap { $0.isASCII ? String(Character($0)) : nil } ?? "?"
            }
            return letters.prefix(2).map { TextCell($0, width: 1) } + (letters.count == 1 ? [.blank] : [])
        }
        if isPictorial {
            if !first.isWellKnown { return TextCell.box }
            let width = first.cells
            return [TextCell(String(Character(first)), width: width)] + (width == 1 ? [.blank] : [])
        }
        if first.cells > 0, !first.isWellKnown { return TextCell.box }
        return pieces.map { piece in
            let marks = piece.text.unicodeScalars.dropFirst()
            let known = marks.allSatisfy { $0.isWellKnown && $0.value != 0x200C && $0.value != 0x200D }
            guard marks.count > 2 || !known, let base = piece.text.unicodeScalars.first else { return piece }
            return TextCell(String(Character(base)), width: piece.width)
        }
    }
}

extension TextCell {
    package static let blank = TextCell(" ", width: 1)
    fileprivate static let box = [TextCell("[", width: 1), TextCell("]", width: 1)]
}

extension Unicode.Scalar {
    /// Old enough for every C library and font in use to agree on its width.
    fileprivate var isWellKnown: Bool {
        switch properties.generalCategory {
        case .unassigned, .privateUse: false
        default: properties.age.map { $0.major <= 12 } ?? false
        }
    }
}
