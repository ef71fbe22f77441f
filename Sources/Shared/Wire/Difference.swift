/// What a change makes of something, one line for each of its members that differ: `- capacity 4`, `+ capacity 12`.
package struct Difference: Hashable, Sendable {
    package private(set) var lines: [String] = []

    package init(from before: JSON?, to after: JSON?) {
        let (old, new) = (before?.object?.members, after?.object?.members)
        guard old != nil && (new != nil || after?.isNull != false) || new != nil && before?.isNull != false else {
            lines = side("-", nil, before) + side("+", nil, after)
            return
        }
        let names = (old ?? []).map(\.key) + (new ?? []).map(\.key).filter { name in old?.contains { $0.key == name } != true }
        for name in names where before?[name] != after?[name] {
            lines += side("-", name, before?[name]) + side("+", name, after?[name])
        }
    }

    private func side(_ sign: String, _ name: String?, _ value: JSON?) -> [String] {
        guard let value, !value.isNull else { return [] }
        return [[sign, name, value.text ?? value.line].compactMap(\.self).joined(separator: " ")]
    }
}
