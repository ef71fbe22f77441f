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
    /// Stands for years: what it runs is written on the button itself, and needs no row.
    package var isStanding: Bool

    package init(
        _ label: String, emoji: String? = nil, style: Style = .plain, runs command: String,
        _ arguments: JSON = .object(.init()),
        isOff: Bool = false, isStanding: Bool = false
    ) {
        self.label = label
        self.emoji = emoji
        self.style = style
        invocation = Invocation(command: command, arguments: arguments)
        self.isOff = isOff
        self.isStanding = isStanding
    }

    /// Rows of older versions say less.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        label = try fields.decode(String.self, forKey: .label)
        emoji = try fields.decodeIfPresent(String.self, forKey: .emoji)
        style = try fields.decode(Style.self, forKey: .style)
        invocation = try fields.decode(Invocation.self, forKey: .invocation)
        row = try fields.decodeIfPresent(Int64.self, forKey: .row)
        isOff = try fields.decode(Bool.self, forKey: .isOff)
        isStanding = try fields.decodeIfPresent(Bool.self, forKey: .isStanding) ?? false
    }

    /// What is written on it, where it stands for years and that is short enough.
    package var standing: String? { isStanding ? invocation.standing : nil }
}

package struct Invocation: Hashable, Sendable, Codable {
    package var command: String
    package var arguments: JSON
    package init(command: String, arguments: JSON) {
        self.command = command
        self.arguments = arguments
    }
}

extension Invocation {
    private static let mark = "run "
    /// What Discord takes as the id of a button.
    private static let longestStanding = 100

    /// As it is written on a button that needs no row; nil when it is too long for one.
    package var standing: String? {
        let isBare = arguments.object?.isEmpty ?? true
        let text = Self.mark + command + (isBare ? "" : " " + arguments.line)
        return text.unicodeScalars.count <= Self.longestStanding ? text : nil
    }

    /// Reads what `standing` wrote. Who presses it is asked for their rights as if they had typed it.
    package init?(standing text: String) {
        guard text.hasPrefix(Self.mark) else { return nil }
        let parts = text.dropFirst(Self.mark.count).split(separator: " ", maxSplits: 1)
        guard let command = parts.first else { return nil }
        guard let arguments = parts.count > 1 ? try? JSON(parsing: String(parts[1])) : .object(.init()),
            arguments.object != nil
        else { return nil }
        self.init(command: String(command), arguments: arguments)
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
