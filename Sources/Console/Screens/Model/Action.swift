package import Shared

/// What comes in.
package enum Action: Sendable {
    case key(Key)
    case mouse(MouseMove, x: Int, y: Int)
    case resized(Size)
    case tick(Clock)
    case connected
    case lost(String)
    case said(ControlMessage)
    case foundZone(Zone)
}

/// What is to be done outside.
package enum Request: Hashable, Sendable {
    case send(ControlRequest)
    case quit
    case suspend
    case repaint
    case catchMouse(Bool)
    /// To the clipboard of whoever sits at the terminal.
    case copy(String)
    /// What its clocks show is wanted.
    case findZone(String)
}
