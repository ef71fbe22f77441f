package import Shared

/// A kind of thing that admins set up in a guild, as text: how all of a guild's are read, and which of the feature's own
/// commands bring one about, change it and take it away. What is declared so can be exported, compared, applied and had back,
/// and nothing that does so knows the feature.
package struct Configured: Sendable {
    /// What tells its records apart.
    package enum Naming: Sendable {
        /// What a record is about, such as a setting or a role. A reference names a channel, role or member.
        case about(Outline.Kind?)
        /// A name that an admin gave and may change.
        case given
        /// The house's own number. In a text from elsewhere, or from somebody's hand, any word stands there.
        case numbered
    }

    /// How a record is written.
    package enum Form: Sendable {
        /// Its name alone.
        case name
        /// Its name and one value.
        case value
        /// Its name and its values, each under a name of its own.
        case values
    }

    /// The word over its records in the text; no two kinds have the same.
    package let heading: String
    /// What they are, in a line for who reads the text.
    package let summary: String
    package let naming: Naming
    package let form: Form
    /// A record is all that is set of it: what a text leaves out of it is taken back, instead of staying as it is.
    package let isWhole: Bool
    /// What kind of value stands under a name of a record; nil where there is none of that name.
    package let kind: @Sendable (Turn, _ record: String, _ value: String) -> Outline.Kind?
    /// All of the turn's guild, in an order that stays.
    package let read: @Sendable (Turn) throws -> [Record]
    /// A record as the house would write it; what is wrong with it is refused, with the value's name as its field. The second is
    /// the one of that name that is there.
    package let settle: @Sendable (Turn, Record, Record?) throws -> Record
    package let make: @Sendable (Turn, Record) throws -> Steps
    /// From what is there to what is wanted.
    package let change: @Sendable (Turn, Record, Record) throws -> Steps
    package let remove: @Sendable (Turn, Record) throws -> Steps
    /// Of several changes those with lower numbers come first.
    package let order: @Sendable (Turn, Record) -> Int

    package init(
        _ heading: String, _ summary: String, _ naming: Naming, _ form: Form = .values,
        isWhole: Bool = false, kind: @escaping @Sendable (Turn, _ record: String, _ value: String) -> Outline.Kind?,
        read: @escaping @Sendable (Turn) throws -> [Record],
        settle: @escaping @Sendable (Turn, Record, Record?) throws -> Record,
        make: @escaping @Sendable (Turn, Record) throws -> Steps,
        change: @escaping @Sendable (Turn, Record, Record) throws -> Steps,
        remove: @escaping @Sendable (Turn, Record) throws -> Steps,
        order: @escaping @Sendable (Turn, Record) -> Int = { _, _ in 0 }
    ) {
        self.heading = heading
        self.summary = summary
        self.naming = naming
        self.form = form
        self.isWhole = isWhole
        self.kind = kind
        self.read = read
        self.settle = settle
        self.make = make
        self.change = change
        self.remove = remove
        self.order = order
    }
}

extension Configured {
    /// One thing that is set up: its name, and its values by theirs. Channels, roles and members are their ids.
    package struct Record: Hashable, Sendable {
        package var name: String
        package var values: JSON.Object

        package init(_ name: String, _ values: JSON) {
            self.name = name
            self.values = values.object ?? .init()
        }

        /// Where a record is one value, that is its name.
        package static let value = "value"

        package static func one(_ name: String, _ value: JSON) -> Record { Record(name, [Self.value: value]) }

        package subscript(key: String) -> JSON? { values[key] }

        /// Of these values those that are not the same in another record, as a command's arguments.
        package func changed(from old: Record) -> [(key: String, value: JSON)] {
            values.members.filter { old[$0.key] != $0.value }
        }
    }

    /// What is to be done for a record; nothing, with the reason, where it cannot be.
    package struct Steps: Sendable {
        package var invocations: [Invocation]
        package var warning: String?

        package init(_ invocations: [Invocation], warning: String? = nil) {
            self.invocations = invocations
            self.warning = warning
        }

        package static func run(_ command: String, _ arguments: JSON) -> Steps {
            Steps([Invocation(command: command, arguments: arguments)])
        }
        /// As an argument: the number of what the command before it has made, its reply's `id`.
        package static let made: JSON = ["just": "made"]

        package static func leave(because warning: String) -> Steps { Steps([], warning: warning) }

        package static func + (a: Steps, b: Steps) -> Steps {
            Steps(a.invocations + b.invocations, warning: a.warning ?? b.warning)
        }
    }

    /// A value of a record: a parameter that reads it, and how what it has read is written.
    package struct Field: Sendable {
        package let name: String
        package let kind: Outline.Kind
        package let check: @Sendable (JSON, ReadingContext) throws(Refusal) -> JSON

        package init<Value>(_ parameter: Parameter<Value>, spell: @escaping @Sendable (Value) -> JSON) {
            let name = parameter.outline.name
            self.name = name
            kind = parameter.outline.kind
            check = { given, context throws(Refusal) in
                spell(try parameter.read(Arguments([name: .json(given)], in: context)))
            }
        }

        /// Several values of one kind.
        package static func several<Value>(
            _ name: String, _ parameter: Parameter<Value>, spell: @escaping @Sendable (Value) -> JSON
        ) -> Field {
            let one = Field(parameter, spell: spell)
            return Field(name: name, kind: one.kind) { given, context throws(Refusal) in
                var all: [JSON] = []
                for value in given.array ?? [given] { all.append(try one.check(value, context)) }
                return .array(all)
            }
        }

        private init(
            name: String, kind: Outline.Kind, check: @escaping @Sendable (JSON, ReadingContext) throws(Refusal) -> JSON
        ) {
            self.name = name
            self.kind = kind
            self.check = check
        }
    }

    /// Records whose values are each read by themselves.
    package init(
        _ heading: String, _ summary: String, _ naming: Naming, _ form: Form = .values, fields: [Field],
        read: @escaping @Sendable (Turn) throws -> [Record],
        make: @escaping @Sendable (Turn, Record) throws -> Steps,
        change: @escaping @Sendable (Turn, Record, Record) throws -> Steps,
        remove: @escaping @Sendable (Turn, Record) throws -> Steps
    ) {
        self.init(
            heading, summary, naming, form, kind: { _, _, value in fields.first { $0.name == value }?.kind }, read: read,
            settle: { turn, record, _ in try record.read(by: fields, turn) }, make: make, change: change, remove: remove)
    }
}

extension Configured.Record {
    /// Each value as its field writes it, in the fields' order.
    package func read(by fields: [Configured.Field], _ turn: Turn) throws -> Configured.Record {
        for key in values.keys where !fields.contains(where: { $0.name == key }) {
            throw Refusal.unknownValue(key, among: fields.map(\.name))
        }
        var settled = Configured.Record(name, .object(.init()))
        for field in fields {
            guard let given = values[field.name] else { continue }
            settled.values[field.name] = try field.check(given, turn.reading())
        }
        return settled
    }
}

extension Refusal {
    /// There is nothing of that name in a record.
    package static func unknownValue(_ name: String, among known: [String]) -> Refusal {
        let near = nearest(to: name, among: known).map { "Did you mean \"\($0)\"? " } ?? ""
        return .invalid(
            "There is no \"\(name.prefix(40))\" here.", field: name,
            hint: near + (known.isEmpty ? "Nothing stands under it." : "There are: \(known.joined(separator: ", "))."))
    }
}
