extension Unicode.Scalar {
    /// How many cells a terminal gives this scalar on its own: 0 for marks, 2 for East Asian wide ones and emoji, else 1.
    package var cells: Int {
        if value < 0x300 { return value >= 0x20 && value < 0x7F || value >= 0xA0 && value != 0xAD ? 1 : 0 }
        if isZeroWidth { return 0 }
        return isWide ? 2 : 1
    }

    private var isZeroWidth: Bool {
        switch value {
        case 0x1160...0x11FF, 0xD7B0...0xD7FF: return true
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .surrogate: return true
        default: return false
        }
    }

    private var isWide: Bool {
        guard value >= 0x1100 else { return false }
        if properties.isEmojiPresentation && !isRegionalLetter { return true }
        var low = 0
        var high = Self.wide.count
        while low < high {
            let middle = (low + high) / 2
            let range = Self.wide[middle]
            if value < range.lowerBound {
                high = middle
            } else if value > range.upperBound {
                low = middle + 1
            } else {
                return true
            }
        }
        return false
    }

    /// One of the 26 letters whose pairs are flags.
    package var isRegionalLetter: Bool { (0x1F1E6...0x1F1FF).contains(value) }

    /// East Asian Width W and F, beyond what is an emoji by default.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x2E99, 0x2E9B...0x2EF3,
        0x2F00...0x2FD5, 0x2FF0...0x303E, 0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E,
        0x3190...0x31E5, 0x31EF...0x321E, 0x3220...0x3247, 0x3250...0xA48C, 0xA490...0xA4C6, 0xA960...0xA97C,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FE4, 0x16FF0...0x16FF6, 0x17000...0x187F7, 0x18800...0x18CD5,
        0x18CFF...0x18D1E, 0x1AFF0...0x1AFFE, 0x1B000...0x1B2FB, 0x1D300...0x1D356, 0x1D360...0x1D376, 0x1F200...0x1F202,
        0x1F210...0x1F23B, 0x1F240...0x1F248, 0x1F250...0x1F251, 0x1F260...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}

extension Character {
    /// How many cells a current Unicode table gives the whole cluster.
    package var cells: Int {
        let scalars = unicodeScalars
        guard scalars.count > 1 else { return scalars.first?.cells ?? 0 }
        if isPictorial { return 2 }
        return scalars.reduce(0) { $0 + $1.cells }
    }

    /// An emoji sequence: flags, keycaps, presentation selectors, skin tones, joined figures.
    var isPictorial: Bool {
        let scalars = unicodeScalars
        guard let first = scalars.first, scalars.count > 1 else { return false }
        if first.isRegionalLetter { return true }
        return first.properties.isEmoji
            && scalars.dropFirst().contains {
                $0.value == 0xFE0F || $0.value == 0x20E3 || $0.value == 0x200D || $0.properties.isEmojiModifier
            }
    }
}
