package import Shared

/// A value that admins choose: for the house, a guild, a channel or a role; the nearest one counts. It is described by a
/// parameter, so every door can read, show and complete it.
package struct Setting<Value: Sendable>: Sendable {
    package enum Reach: String, Hashable, Sendable { case guild, channel, role }

    package let name: String
    package let parameter: Parameter<Value>
    package let standard: Value
    /// How near it can be set; the house and the guild always work.
    package let reach: Reach
    /// The environment variable that gives it a value for the whole house, as long as nobody has set one.
    package let variable: String?
    private let spell: @Sendable (Value) -> JSON

    /// `spell` writes a value as the parameter reads it.
    package init(
        _ name: String, _ parameter: Parameter<Value>, standard: Value, reach: Reach = .guild,
        variable: String? = nil, spell: @escaping @Sendable (Value) -> JSON
    ) {
        self.name = name
        self.parameter = parameter
        self.standard = standard
        self.reach = reach
        self.variable = variable
        self.spell = spell
    }

    package var erased: AnySetting {
        AnySetting(
            name: name, outline: parameter.outline, reach: reach.rawValue, standard: spell(standard),
            variable: variable, check: { raw, context throws(Refusal) in spell(try parameter.parse(raw, context)) })
    }
}

/// A setting as the doors see it.
package struct AnySetting: Sendable {
    package let name: String
    package let outline: Outline
    package let reach: String
    package let standard: JSON
    package let variable: String?
    /// Reads what was given and answers how it is stored, or refuses.
    package let check: @Sendable (Raw, ReadingContext) throws(Refusal) -> JSON

    package init(
        name: String, outline: Outline, reach: String, standard: JSON, variable: String? = nil,
        check: @escaping @Sendable (Raw, ReadingContext) throws(Refusal) -> JSON
    ) {
        self.name = name
        self.outline = outline
        self.reach = reach
        self.standard = standard
        self.variable = variable
        self.check = check
    }
}
