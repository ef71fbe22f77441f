/// A JSON value. Objects keep the order in which they were written, so that what we print is stable.
package enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(Object)

    package struct Object: Hashable, Sendable {
        package private(set) var members: [(key: String, value: JSON)]

        package init(_ members: [(key: String, value: JSON)] = []) { self.members = members }

        /// The last of several members with one name counts; assigning nil removes.
        package subscript(key: String) -> JSON? {
            get { members.last { $0.key == key }?.value }
            set {
                if let index = members.lastIndex(where: { $0.key == key }) {
                    if let newValue { members[index].value = newValue } else { members.remove(at: index) }
                } else if let newValue {
                    members.append((key, newValue))
                }
            }
        }

        package var keys: [String] { members.map(\.key) }
        package var isEmpty: Bool { members.isEmpty }

        /// What counts of each name. Order is for the eye: it makes no difference to what an object says.
        private var said: [String: JSON] { Dictionary(members, uniquingKeysWith: { _, last in last }) }

        package static func == (a: Self, b: Self) -> Bool { a.said == b.said }
        package func hash(into hasher: inout Hasher) { hasher.combine(said) }
    }
}

extension JSON {
    package subscript(key: String) -> JSON? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    package subscript(index: Int) -> JSON? {
        guard case .array(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    package var isNull: Bool { self == .null }
    package var text: String? { if case .string(let text) = self { text } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var array: [JSON]? { if case .array(let items) = self { items } else { nil } }
    package var object: Object? { if case .object(let object) = self { object } else { nil } }

    /// A whole number, also when it was written as one with a fraction of zero.
    package var int: Int64? {
        switch self {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        default: nil
        }
    }

    package var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// An id written as a string, as Discord and our own protocol do.
    package func id<Kind>(_: Kind.Type = Kind.self) -> ID<Kind>? { text.flatMap { ID<Kind>($0) } }

    /// An id for our own protocol: a string, because programs lose the last digits of such numbers.
    package static func id<Kind>(_ id: ID<Kind>) -> JSON { .string(id.description) }

    /// The members of this object, and behind them those of another; what is no object has none.
    package func joined(with other: JSON) -> JSON {
        .object(Object((object?.members ?? []) + (other.object?.members ?? [])))
    }

    /// An object of what is given, leaving out what is nil.
    package static func fields(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(Object(members.compactMap { key, value in value.map { (key, $0) } }))
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByNilLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Object(elements.map { ($0, $1) })) }
    package init(nilLiteral: ()) { self = .null }
}
