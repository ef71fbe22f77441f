internal import Shared

/// A kind of data that a feature keeps about people, and how long.
package struct Kept: Sendable {
    package enum Span: Sendable {
        /// Until the member has it forgotten or the bot leaves.
        case always
        case fixed(Duration)
        /// As long as a setting of this name says.
        case setting(String)
    }

    /// Completes "I keep …".
    package let what: String
    package let span: Span

    package init(_ what: String, for span: Span) {
        self.what = what
        self.span = span
    }

    /// Completes "I keep it …", as it is set here.
    package func until(_ turn: Turn) -> String {
        switch span {
        case .always: return "until you have it forgotten"
        case .fixed(let time): return "for \(time.spelled)"
        case .setting(let name):
            let stored = turn.house.stored(name, guild: turn.guild, channel: nil, roles: [])
            let value = stored ?? turn.house.catalogue.setting(name)?.standard ?? .null
            return "for \(value.text ?? value.line)"
        }
    }
}
