/// The documentation of the keys, made of the key table itself.
package enum KeyPage {
    /// Every key with what it asks for, for whoever checks that all of them are pressed.
    package static var rows: [(section: String, key: Key, meaning: String)] {
        KeyTable.sections.flatMap { section in
            section.rows.flatMap { row in row.keys.map { (section.title, $0, String(describing: row.intent)) } }
        }
    }

    package static var text: String {
        let head = """
            # The keys of the console

            Made from the console's own key table; a test keeps it so. `?` shows those that work where you are, and the last line
            of the screen the five that matter most there. `g` and a letter goes to a screen; `:` finds every screen and every
            command by name. What takes something away is a capital letter, shows first what it would do, and wants a typed word.

            """
        let parts = KeyTable.sections.map { section in
            let rows = section.rows.map { "| \($0.keys.map { "`\($0.name)`" }.joined(separator: " ")) | \($0.hint) |" }
            return (["## \(section.title)", "", "| Key | What it does |", "|---|---|"] + rows).joined(separator: "\n") + "\n"
        }
        let places =
            ["## After g", "", "| Letter | Screen |", "|---|---|", "| `g` | the first row |"]
            + Section.known.map { "| `\($0.letter)` | \($0.title) |" }
        let verbs =
            ["## Which commands have which key", "", "| Key | Commands that end in |", "|---|---|"]
            + RowVerb.all.map { "| `\($0.key.name)` | \($0.words.joined(separator: ", ")) |" }
        return ([head] + parts + [places.joined(separator: "\n") + "\n", verbs.joined(separator: "\n") + "\n"])
            .joined(separator: "\n")
    }
}
