/// What a change does to a thing, as people read it: of records only the members that differ, of everything else what was
/// and what is.
package struct Difference: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        /// The member of the record; nil where the whole thing is no record.
        package let name: String?
        package let before: JSON?
        package let after: JSON?
    }

    package let parts: [Part]

    package init(from before: JSON?, to after: JSON?) {
        guard before?.object != nil || after?.object != nil else {
            parts = before == after ? [] : [Part(name: nil, before: Self.known(before), after: Self.known(after))]
            return
        }
        let was = before?.object ?? .init()
        let now = after?.object ?? .init()
        let names = was.keys + now.keys.filter { was[$0] == nil }
        parts = names.filter { was[$0] != now[$0] }
            .map { Part(name: $0, before: Self.known(was[$0]), after: Self.known(now[$0])) }
    }

    /// One under the other: what goes with a minus, what comes with a plus.
    package var lines: [String] {
        parts.flatMap { part in
            let name = part.name.map { $0 + ": " } ?? ""
            return [part.before.map { "- \(name)\(Self.spelled($0))" }, part.after.map { "+ \(name)\(Self.spelled($0))" }]
                .compactMap(\.self)
        }
    }

    /// "2" and not "2.0", a text as it is.
    package static func spelled(_ value: JSON) -> String {
        if let number = value.double, let whole = Int64(exactly: number) { return "\(whole)" }
        return value.plain ?? value.line
    }

    private static func known(_ value: JSON?) -> JSON? { value?.isNull == false ? value : JSON?.none }
}
