package import Shared

/// What a command has to know before it can go on: up to five fields that it chose itself. Where the door has windows, one opens;
/// elsewhere the reply's card has a button that opens it. What is typed joins the arguments of the invocation, by the fields' names.
package struct Asking: Hashable, Sendable {
    package var title: String
    package var fields: [Form.Field]
    package var invocation: Invocation

    package init(_ title: String, _ fields: [Form.Field], runs invocation: Invocation) {
        self.title = title
        self.fields = fields
        self.invocation = invocation
    }
}

extension Reply {
    /// The command named in the asking is run again with what was typed.
    package static func asking(_ asking: Asking, _ card: Card, data: JSON, button: String = "Answer") -> Reply {
        var shown = card
        shown.buttons.append(
            Button(button, style: .primary, runs: asking.invocation.command, asking.invocation.arguments))
        return Reply(.asking(asking), shown, data: data)
    }

    /// What it wants to know first.
    package var asking: Asking? { if case .asking(let asking) = kind { asking } else { nil } }
}
