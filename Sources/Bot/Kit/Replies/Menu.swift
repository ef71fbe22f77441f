package import Shared

/// A list to choose from; what is chosen becomes the named argument of the command.
package struct Menu: Hashable, Sendable, Codable {
    package var hint: String
    package var argument: String
    package var choices: [Choice]
    package var invocation: Invocation
    package var row: Int64?
    /// How many are chosen at least, and at most. Of several the argument is a list.
    package var least: Int
    package var most: Int

    package init(
        _ hint: String, argument: String, choices: [Choice], least: Int = 1, most: Int = 1, runs command: String,
        _ arguments: JSON = .object(.init())
    ) {
        self.hint = hint
        self.argument = argument
        self.choices = choices
        self.least = least
        self.most = most
        invocation = Invocation(command: command, arguments: arguments)
    }

    /// Rows of older versions say less.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        hint = try fields.decode(String.self, forKey: .hint)
        argument = try fields.decode(String.self, forKey: .argument)
        choices = try fields.decode([Choice].self, forKey: .choices)
        invocation = try fields.decode(Invocation.self, forKey: .invocation)
        row = try fields.decodeIfPresent(Int64.self, forKey: .row)
        least = try fields.decodeIfPresent(Int.self, forKey: .least) ?? 1
        most = try fields.decodeIfPresent(Int.self, forKey: .most) ?? 1
    }
}

package struct Choice: Hashable, Sendable, Codable {
    package var label: String
    package var value: String
    /// A line under the label, where there is room for one.
    package var hint: String
    /// It is chosen already when the menu is opened.
    package var isChosen: Bool

    package init(_ label: String, _ value: String, hint: String = "", isChosen: Bool = false) {
        self.label = label
        self.value = value
        self.hint = hint
        self.isChosen = isChosen
    }

    /// Rows of older versions say less.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        label = try fields.decode(String.self, forKey: .label)
        value = try fields.decode(String.self, forKey: .value)
        hint = try fields.decodeIfPresent(String.self, forKey: .hint) ?? ""
        isChosen = try fields.decodeIfPresent(Bool.self, forKey: .isChosen) ?? false
    }
}
