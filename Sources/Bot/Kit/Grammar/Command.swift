internal import Shared

/// A command, described once: the slash command, the prefix form, the button, the control method, the shell verb, the
/// console's form, help, completion and the reference are all made of this.
package struct Command: Sendable {
    /// `feature.verb`.
    package let name: String
    package let summary: String
    package let access: Access
    /// Old names: always known on prefix and socket.
    package let also: [String]
    /// What the bot must be allowed to do in the channel or guild.
    package let needs: Permissions
    package let scope: Scope
    /// Seen only by the asker in Discord.
    package let isPrivate: Bool
    /// Takes long enough to be acknowledged at once.
    package let isSlow: Bool
    /// Makes sense only for a member; an operator names one with `as`.
    package let isForMembers: Bool
    package let changes: Bool
    /// Answers what the bot has just asked: more of these fit into the limit than of what people begin by themselves.
    package let isStep: Bool
    package let cooldown: Duration?
    /// Members of its answer that are shown once and kept nowhere, such as a key's text.
    package let hides: [String]
    package let returns: Shape
    /// The member of what it returns that is the text of a file: a shell prints that alone.
    package let document: String?
    /// The words after the command's name in a form that works, such as "period: week".
    package let example: String
    package let parameters: [Outline]
    package let run: @Sendable (Turn, Arguments) throws -> Reply

    package init<each Value: Sendable>(
        _ name: String, _ summary: String, access: Access = .everyone, also: [String] = [], needs: Permissions = [],
        scope: Scope = .guild, isPrivate: Bool = false, isSlow: Bool = false, isForMembers: Bool = false, changes: Bool,
        isStep: Bool = false, cooldown: Duration? = nil, hides: [String] = [], returns: Shape, document: String? = nil,
        example: String = "",
        _ parameter: repeat Parameter<each Value>,
        run body: @escaping @Sendable (Turn, repeat each Value) throws -> Reply
    ) {
        self.name = name
        self.summary = summary
        self.access = access
        self.also = also
        self.needs = needs
        self.scope = scope
        self.isPrivate = isPrivate
        self.isSlow = isSlow
        self.isForMembers = isForMembers
        self.changes = changes
        self.isStep = isStep
        self.cooldown = cooldown
        self.hides = hides
        self.returns = returns
        self.document = document
        self.example = example
        var outlines: [Outline] = []
        for one in repeat each parameter { outlines.append(one.outline) }
        let known = outlines
        parameters = known
        run = { turn, arguments in
            try arguments.refuseUnknown(beside: known)
            return try body(turn, repeat try (each parameter).read(arguments))
        }
    }

    package var feature: String { String(name.prefix { $0 != "." }) }
    package var verb: String { String(name.drop { $0 != "." }.dropFirst()) }
}

/// What a record looks like, so that programs and columns know.
package indirect enum Shape: Sendable {
    case nothing, text, whole, decimal, flag, id, instant, duration, anything
    case list(Shape)
    case record([(name: String, shape: Shape)])

    package static func record(_ members: KeyValuePairs<String, Shape>) -> Shape {
        .record(members.map { (name: $0.key, shape: $0.value) })
    }
}
