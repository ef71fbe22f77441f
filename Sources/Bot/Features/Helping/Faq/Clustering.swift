/// Puts a new text to those that it is like, or begins a new group: it joins the group to whose texts it is like on the average,
/// where that is enough. What was put together stays together, so that a proposal never changes its topic.
package struct Clustering {
    package static let enough = 0.17
    /// Of a large group, so many are compared.
    private static let most = 12

    private let likeness: Likeness
    private var groups: [(id: Int64, members: [Likeness.Vector])] = []

    package init(_ likeness: Likeness) { self.likeness = likeness }

    package mutating func add(_ text: String, to group: Int64) {
        let vector = likeness.vector(text)
        if let index = groups.firstIndex(where: { $0.id == group }) {
            groups[index].members.append(vector)
        } else {
            groups.append((group, [vector]))
        }
    }

    /// The group that a text belongs to; nil when it is like none.
    package func group(of text: String) -> Int64? {
        let vector = likeness.vector(text)
        let best = groups.map { group -> (id: Int64, likeness: Double) in
            let some = group.members.suffix(Self.most)
            return (group.id, some.reduce(0) { $0 + $1.cosine(vector) } / Double(some.count))
        }.max { $0.likeness < $1.likeness }
        return best.flatMap { $0.likeness >= Self.enough ? $0.id : nil }
    }
}
