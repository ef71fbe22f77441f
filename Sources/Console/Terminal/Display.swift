internal import CNcurses
internal import Machine
package import Screens
internal import Shared

/// The terminal, from start to end. Whatever happens in between, it is given back as it was. Cells that have not changed are
/// not even offered to ncurses, which sends the least that makes the difference.
package final class Display {
    /// The terminal cannot do what a screen needs.
    package struct Unsuitable: Error, CustomStringConvertible {
        package let description: String
    }

    private let handle: OpaquePointer
    private let palette: Palette
    package let glyphs: Glyphs
    private var shown: Canvas?
    private var isOpen = true
    /// Where the terminal knows no Unicode its line signs are asked for by letter.
    private let lineSigns: Bool
    private let canCopy: Bool

    package init(environment: [String: String]) throws(Unsuitable) {
        let theme = try Self.theme(environment)
        setlocale(LC_ALL, "")
        hearth_remember_modes()
        set_escdelay(environment["SSH_CONNECTION"] == nil ? 25 : 100)
        guard let handle = hearth_newterm() else {
            throw Unsuitable(
                description: "this terminal (TERM=\(environment["TERM"] ?? "")) is unknown here. Try hearth --plain")
        }
        // A terminal that cannot put its cursor anywhere shows no screen.
        guard hearth_can_place() != 0 else {
            endwin()
            delscreen(handle)
            throw Unsuitable(
                description: "this terminal (TERM=\(environment["TERM"] ?? "")) shows lines only. Try hearth --plain")
        }
        self.handle = handle
        glyphs = Look.here(environment)
        lineSigns = glyphs.policy == .ascii
        let terminal = environment["TERM"] ?? ""
        canCopy = ["xterm", "tmux", "screen", "foot", "alacritty", "kitty", "rxvt", "wezterm"].contains {
            terminal.hasPrefix($0)
        }
        hearth_guard_crashes()
        palette = Palette(theme, environment: environment)
        raw()
        noecho()
        nonl()
        let window = hearth_screen()
        keypad(window, true)
        nodelay(window, true)
        intrflush(window, false)
        leaveok(window, false)
        hearth_mouse(1)
        mouseinterval(0)
    }

    /// HEARTH_THEME, or the file where a theme of one's own lies.
    private static func theme(_ environment: [String: String]) throws(Unsuitable) -> Theme {
        let wanted = environment["HEARTH_THEME"].flatMap { $0.isEmpty ? nil : $0 }
        let home = environment["XDG_CONFIG_HOME"] ?? environment["HOME"].map { $0 + "/.config" }
        let usual = home.map { $0 + "/hearth/theme" }.flatMap { Files.exists($0) ? $0 : nil }
        if wanted != nil || usual == nil, let theme = Theme.named(wanted, environment: environment) { return theme }
        let path = wanted ?? usual ?? ""
        let bytes: [UInt8]
        do { bytes = try Files.read(path, atMost: 65_536) } catch {
            throw Unsuitable(description: "the theme \(path) cannot be read: \(error). Built in are any, dark and light")
        }
        do { return try Theme(reading: String(decoding: bytes, as: UTF8.self)) } catch {
            throw Unsuitable(description: "the theme \(path), \(error.description)")
        }
    }

    deinit { close() }

    package func close() {
        guard isOpen else { return }
        isOpen = false
        hearth_mouse(0)
        endwin()
        delscreen(handle)
    }

    package var size: Size { Size(Int(getmaxx(hearth_screen())), Int(getmaxy(hearth_screen()))) }

    /// After the window has changed: the new size is the kernel's word.
    package func resize(to size: Size) {
        resizeterm(Int32(size.height), Int32(size.width))
        shown = nil
    }

    package func show(_ canvas: Canvas) {
        let old = shown?.size == canvas.size ? shown : nil
        for y in 0..<canvas.size.height {
            for x in 0..<canvas.size.width {
                let cell = canvas[x, y]
                if cell.text.isEmpty || old?[x, y] == cell && !widthChanged(old, canvas, x, y) { continue }
                put(cell, x, y)
            }
        }
        curs_set(canvas.cursor == nil ? 0 : 1)
        if let cursor = canvas.cursor { wmove(hearth_screen(), Int32(cursor.y), Int32(cursor.x)) }
        wrefresh(hearth_screen())
        shown = canvas
    }

    /// A cell beside one that was wide, or became it, is written again even if it says the same.
    private func widthChanged(_ old: Canvas?, _ new: Canvas, _ x: Int, _ y: Int) -> Bool {
        guard let old else { return true }
        let after = x + 1 < new.size.width && old[x + 1, y].text.isEmpty != new[x + 1, y].text.isEmpty
        let before = x > 0 && old[x - 1, y].text != new[x - 1, y].text
        return after || before
    }

    private func put(_ cell: Canvas.Cell, _ x: Int, _ y: Int) {
        if lineSigns, let letter = LineSign.letter(of: cell.text) {
            let (attributes, pair) = palette.attributes(cell.style)
            return hearth_put(Int32(y), Int32(x), [letter, 0], attributes | hearth_line_signs(), pair)
        }
        var text = cell.text.unicodeScalars.prefix(5).map { wchar_t(bitPattern: $0.value) }
        text.append(0)
        let (attributes, pair) = palette.attributes(cell.style)
        hearth_put(Int32(y), Int32(x), text, attributes, pair)
    }

    package func catchMouse(_ on: Bool) { hearth_mouse(on ? 1 : 0) }

    /// To the clipboard of the terminal, over SSH too (OSC 52); where a terminal would take it for text it is not sent.
    package func copy(_ text: String) {
        guard canCopy else { return }
        let sequence = "\u{1B}]52;c;" + Base64.encode(Array(text.utf8)) + "\u{07}"
        _ = Streams.write(Array(sequence.utf8), to: Streams.output)
    }

    /// Every cell is sent once more: the terminal shows something that is not ours.
    package func repaint() {
        wredrawln(hearth_screen(), 0, getmaxy(hearth_screen()))
        shown = nil
    }

    /// Gives the terminal back for a while; the next `show` takes it again.
    package func leave() { endwin() }

    package func comeBack() {
        reset_prog_mode()
        shown = nil
        repaint()
    }

    package func read() -> [Action] { KeyReader.read() }
}
