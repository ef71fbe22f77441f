package import Shared

/// What people see of a reply. Discord draws it as a message, the terminal as lines; neither is written by a feature.
package struct Card: Hashable, Sendable, Codable {
    package struct Field: Hashable, Sendable, Codable {
        package var name: Phrase
        package var value: Phrase
        package var isInline: Bool
        package init(_ name: Phrase, _ value: Phrase, isInline: Bool = true) {
            self.name = name
            self.value = value
            self.isInline = isInline
        }
    }

    package enum Tone: String, Hashable, Sendable, Codable { case plain, good, warning, refused }

    package var title: Phrase?
    /// A card of text alone is an ordinary message; with a title or fields it becomes a framed one.
    package var text: Phrase
    package var fields: [Field]
    package var footer: Phrase?
    package var tone: Tone
    package var buttons: [Button]
    package var menu: Menu?
    package var picture: String?

    package init(
        _ title: Phrase? = nil, text: Phrase = "", fields: [Field] = [], footer: Phrase? = nil, tone: Tone = .plain,
        buttons: [Button] = [], menu: Menu? = nil, picture: String? = nil
    ) {
        self.title = title
        self.text = text
        self.fields = fields
        self.footer = footer
        self.tone = tone
        self.buttons = buttons
        self.menu = menu
        self.picture = picture
    }
}

/// A command and its arguments, waiting to be pressed. It is kept as a row, so that it survives restarts and renames.
package struct Button: Hashable, Sendable, Codable {
    package enum Style: String, Hashable, Sendable, Codable { case plain, primary, good, danger }
    package var label: String
    package var emoji: String?
    package var style: Style
    package var invocation: Invocation
    /// The row's id, given when the card is emitted; Discord carries it back.
    package var row: Int64?
    package var isOff: Bool

    package init(
        _ label: String, emoji: String? = nil, style: Style = .plain, runs command: String,
        _ arguments: JSON = .object(.init()),
        isOff: Bool = false
    ) {
        self.label = label
        self.emoji = emoji
        self.style = style
        invocation = Invocation(command: command, arguments: arguments)
        self.isOff = isOff
    }
}

package struct Invocation: Hashable, Sendable, Codable {
    package var command: String
    package var arguments: JSON
    package init(command: String, arguments: JSON) {
        self.command = command
        self.arguments = arguments
    }
}

/// A list to choose from; what is chosen becomes the named argument of the command.
package struct Menu: Hashable, Sendable, Codable {
    package var hint: String
    package var argument: String
    package var choices: [Choice]
    package var invocation: Invocation
    package var row: Int64?

    package init(
        _ hint: String, argument: String, choices: [Choice], runs command: String, _ arguments: JSON = .object(.init())
    ) {
        self.hint = hint
        self.argument = argument
        self.choices = choices
        invocation = Invocation(command: command, arguments: arguments)
    }
}

package struct Choice: Hashable, Sendable, Codable {
    package var label: String
    package var value: String
    package init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// Up to five fields that Discord shows in a window; its id is the row of the invocation that gets what was typed.
package struct Form: Hashable, Sendable, Codable {
    package struct Field: Hashable, Sendable, Codable {
        package var name: String
        package var label: String
        package var hint: String
        package var value: String
        package var isLong: Bool
        package var isRequired: Bool
        /// How many characters it takes.
        package var longest: Int
        /// A list to choose from, instead of a line to type.
        package var choices: [Choice]
        /// How many of them may be chosen.
        package var most: Int

        package init(
            name: String, label: String, hint: String = "", value: String = "", isLong: Bool = false, isRequired: Bool = true,
            longest: Int = 4000, choices: [Choice] = [], most: Int = 1
        ) {
            self.name = name
            self.label = label
            self.hint = hint
            self.value = value
            self.isLong = isLong
            self.isRequired = isRequired
            self.longest = longest
            self.choices = choices
            self.most = most
        }
    }

    package var title: String
    package var row: Int64
    package var fields: [Field]
    package init(title: String, row: Int64, fields: [Field]) {
        self.title = title
        self.row = row
        self.fields = fields
    }
}
