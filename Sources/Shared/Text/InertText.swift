extension StringProtocol {
    /// The same text with nothing in it that a terminal would obey: control characters, escape sequences' first bytes,
    /// direction overrides and invisible marks are taken out, line breaks and tabs become spaces.
    package var inert: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(self) }
        var out = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: out.append(" ")
            default: if !scalar.commandsTheTerminal { out.append(scalar) }
            }
        }
        return String(out)
    }

    /// Whether anything of it can be seen: spaces, controls and marks without width cannot.
    package var showsSomething: Bool {
        unicodeScalars.contains { !$0.properties.isWhitespace && !$0.commandsTheTerminal && !$0.isInvisible }
    }
}

extension Unicode.Scalar {
    /// Letters that are blank, and joiners with nothing to join.
    fileprivate var isInvisible: Bool {
        switch value {
        case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x200C, 0x200D, 0x2800, 0x3164, 0xFFA0, 0xFE00...0xFE0F: true
        default: false
        }
    }

    /// Controls, direction overrides and marks that show nothing but change what is shown.
    fileprivate var commandsTheTerminal: Bool {
        switch value {
        case 0x00..<0x20, 0x7F..<0xA0: true
        case 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F: true
        case 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF0...0xFFFB: true
        case 0xE0000...0xE0FFF: true
        default: value & 0xFFFE == 0xFFFE
        }
    }
}
