internal import CNcurses

/// The letters by which terminals since the VT100 know the signs that lines are drawn with.
enum LineSign {
    private static let letters: [Character: Character] = [
        "─": "q", "│": "x", "┌": "l", "┐": "k", "└": "m", "┘": "j", "┤": "u", "├": "t", "┼": "n", "▒": "a", "·": "~", "⎺": "o",
        "⎻": "p", "⎼": "r", "⎽": "s", "◆": "`",
    ]

    static func letter(of text: String) -> wchar_t? {
        text.first.flatMap { letters[$0] }?.unicodeScalars.first.map { wchar_t(bitPattern: $0.value) }
    }
}
