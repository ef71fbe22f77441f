/// The word that was probably meant, if any is near: at most a third of its letters away, case aside.
package func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let given = Array(word.lowercased().utf8.prefix(64))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
        let letters = Array(candidate.lowercased().utf8.prefix(64))
        let limit = min(best?.distance ?? .max, max(1, max(given.count, letters.count) / 3) + 1)
        guard abs(letters.count - given.count) < limit else { continue }
        let distance = distance(given, letters)
        if distance < limit { best = (candidate, distance) }
    }
    return best?.candidate
}

/// Letters to add, drop, replace or swap with a neighbour to get from one to the other.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
        var row = [i + 1]
        row.reserveCapacity(b.count + 1)
        for j in b.indices {
            let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
            var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
            row.append(cost)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
