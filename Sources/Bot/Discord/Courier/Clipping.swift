/// Shortening to what Discord takes. Discord counts code points, not characters that people see; we cut between the latter,
/// so that no emoji or accent is torn apart.
package enum Clipping {
    package static func count(_ text: String) -> Int { text.unicodeScalars.count }

    /// At most so many, the last of them an ellipsis where something is missing.
    package static func clip(_ text: String, units cap: Int) -> String {
        guard count(text) > cap else { return text }
        guard cap > 0 else { return "" }
        var kept = ""
        var room = cap - 1
        for character in text {
            room -= character.unicodeScalars.count
            if room < 0 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
