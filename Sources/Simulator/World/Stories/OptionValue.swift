package import Shared

/// What a person puts into an option of a slash command.
package enum OptionValue: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral
{
    case text(String)
    case whole(Int64)
    case decimal(Double)
    case yes(Bool)
    case member(ID<Member>)
    case role(ID<Role>)
    case channel(ID<Channel>)

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int64) { self = .whole(value) }
    package init(booleanLiteral value: Bool) { self = .yes(value) }
    package init(floatLiteral value: Double) { self = .decimal(value) }

    /// The value on the wire for an option of this type; nil when Discord would not take it there.
    func json(for type: Int64) -> JSON? {
        switch (type, self) {
        case (3, .text(let text)): .string(text)
        case (4, .whole(let number)): .int(number)
        case (5, .yes(let flag)): .bool(flag)
        case (6, .member(let id)), (9, .member(let id)): .id(id)
        case (7, .channel(let id)): .id(id)
        case (8, .role(let id)), (9, .role(let id)): .id(id)
        case (10, .decimal(let number)): .double(number)
        case (10, .whole(let number)): .int(number)
        default: nil
        }
    }
}
