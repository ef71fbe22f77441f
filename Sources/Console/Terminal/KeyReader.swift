internal import CNcurses
internal import Screens

/// What ncurses reports, in our words.
enum KeyReader {
    /// Everything that has been typed or clicked since the last time.
    static func read() -> [Action] {
        var actions: [Action] = []
        var code: wint_t = 0
        while true {
            switch wget_wch(hearth_screen(), &code) {
            case OK: if let key = character(code) { actions.append(.key(key)) }
            case KEY_CODE_YES:
                if Int32(bitPattern: code) == KEY_MOUSE {
                    if let move = mouse() { actions.append(move) }
                } else if let key = special(Int32(bitPattern: code)) {
                    actions.append(.key(key))
                }
            default: return actions
            }
        }
    }

    private static func mouse() -> Action? {
        var x: Int32 = 0
        var y: Int32 = 0
        let move: MouseMove? =
            switch hearth_mouse_event(&x, &y) {
            case 1: .press
            case 2: .wheelUp
            case 3: .wheelDown
            default: nil
            }
        return move.map { .mouse($0, x: Int(x), y: Int(y)) }
    }

    private static func character(_ code: wint_t) -> Key? {
        switch code {
        case 9: .tab
        case 10, 13: .enter
        case 27: .escape
        case 8, 127: .backspace
        case 1...26: Unicode.Scalar(code + 96).map { .control(Character($0)) }
        case 0..<32: nil
        default: Unicode.Scalar(code).map { .character(Character($0)) }
        }
    }

    private static func special(_ code: Int32) -> Key? {
        switch code {
        case KEY_UP: .up
        case KEY_DOWN: .down
        case KEY_LEFT: .left
        case KEY_RIGHT: .right
        case KEY_HOME: .home
        case KEY_END: .end
        case KEY_PPAGE: .pageUp
        case KEY_NPAGE: .pageDown
        case KEY_BTAB: .backTab
        case KEY_BACKSPACE: .backspace
        case KEY_DC: .delete
        case KEY_ENTER: .enter
        case KEY_F0 + 1...KEY_F0 + 12: .function(Int(code - KEY_F0))
        default: nil
        }
    }
}
