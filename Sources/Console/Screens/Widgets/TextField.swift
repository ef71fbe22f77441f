internal import Shared

/// One line that is being written.
package struct TextField: Hashable, Sendable {
    package private(set) var characters: [Character]
    private(set) var caret: Int

    package init(_ text: String = "") {
        characters = Array(text)
        caret = characters.count
    }

    package var text: String { String(characters) }
    var isEmpty: Bool { characters.isEmpty }

    /// False if the key means nothing to a line of text.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character):
            characters.insert(character, at: caret)
            caret += 1
        case .backspace:
            if caret > 0 {
                characters.remove(at: caret - 1)
                caret -= 1
            }
        case .delete: if caret < characters.count { characters.remove(at: caret) }
        case .left: caret = max(0, caret - 1)
        case .right: caret = min(characters.count, caret + 1)
        case .home: caret = 0
        case .end: caret = characters.count
        case .control("u"):
            characters.removeFirst(caret)
            caret = 0
        case .control("w"):
            while caret > 0, characters[caret - 1] == " " { erase() }
            while caret > 0, characters[caret - 1] != " " { erase() }
        default: return false
        }
        return true
    }

    private mutating func erase() {
        characters.remove(at: caret - 1)
        caret -= 1
    }

    /// Shows the part around the caret and puts the terminal's cursor there.
    func draw(into canvas: inout Canvas, at x: Int, _ y: Int, width: Int, _ style: Style, focused: Bool) {
        let before = String(characters[..<caret]).width(canvas.policy)
        var hidden = 0
        while before - String(characters[..<hidden]).width(canvas.policy) >= width, hidden < caret { hidden += 1 }
        let shown = String(characters[hidden...])
        canvas.put(shown, in: width, .left, at: x, y, style)
        if focused { canvas.cursor = (x + String(characters[hidden..<caret]).width(canvas.policy), y) }
    }
}
