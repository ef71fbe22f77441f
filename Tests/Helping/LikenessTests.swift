import Helping
import Machine
import Testing

/// 325 made-up tickets, each with what it is about: how well those that are about the same are found, in several orders, as they
/// would come.
@Suite("What is asked again")
struct LikenessTests {
    private struct Asked {
        var topic: String
        var text: String
    }

    private static func asked() throws -> [Asked] {
        let folder = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined()
        let text = String(decoding: try Files.read(folder + "/Labelled/tickets.txt"), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: "|", maxSplits: 1).map(String.init)
            return Asked(topic: parts[0], text: parts.last ?? "")
        }
    }

    @Test func `TKT-07 seven in eight pairs that are put together belong so, and six in ten that belong are found`() throws {
        let all = try Self.asked()
        #expect(all.count >= 300)
        var (right, wrong, missed) = (0, 0, 0)
        for seed in 1...3 {
            var chance = Seeded(state: UInt64(seed))
            let order = all.shuffled(using: &chance)
            let groups = Self.grouped(order.map(\.text))
            for a in order.indices {
                for b in 0..<a {
                    let belong = order[a].topic == order[b].topic && order[a].topic != "alone"
                    switch (belong, groups[a] == groups[b]) {
                    case (true, true): right += 1
                    case (false, true): wrong += 1
                    case (true, false): missed += 1
                    case (false, false): break
                    }
                }
            }
        }
        let precision = Double(right) / Double(right + wrong)
        let recall = Double(right) / Double(right + missed)
        print("clusters: precision \(precision), recall \(recall)")
        #expect(precision >= 0.86 && recall >= 0.6, "precision \(precision), recall \(recall)")
    }

    /// As tickets come: each is compared with those before it.
    private static func grouped(_ texts: [String]) -> [Int64] {
        var clustering = Clustering(Likeness(texts))
        return texts.enumerated().map { index, text in
            let group = clustering.group(of: text) ?? Int64(index)
            clustering.add(text, to: group)
            return group
        }
    }

    /// With one answer for each topic, what is suggested to whom.
    @Test func `TKT-07 what is suggested fits nearly always, and who asks something new is left alone`() throws {
        let all = try Self.asked()
        var answers: [String: String] = [:]
        for one in all where one.topic != "alone" { answers[one.topic] = answers[one.topic] ?? one.text }
        let topics = answers.sorted { $0.key < $1.key }
        let likeness = Likeness(topics.map(\.value))
        let vectors = topics.map { likeness.vector($0.value) }
        var (fits, misfits, bothered) = (0, 0, 0)
        for one in all where answers[one.topic] != one.text {
            let asked = likeness.vector(one.text)
            let scored = vectors.map { $0.cosine(asked) }
            guard let best = scored.indices.max(by: { scored[$0] < scored[$1] }), scored[best] >= Faq.nearEnough else {
                continue
            }
            if one.topic == "alone" { bothered += 1 } else if topics[best].key == one.topic { fits += 1 } else { misfits += 1 }
        }
        let precision = Double(fits) / Double(fits + misfits)
        print("suggestions: \(fits) fit, \(misfits) do not, \(bothered) strangers were bothered")
        #expect(precision >= 0.93 && fits >= 150 && bothered <= 4, "\(fits) fit, \(misfits) do not, \(bothered) bothered")
    }

    @Test(arguments: [
        ("I reached level 10 but got no role", "No role after I reached level 10!", true),
        ("kann mein Passwort nicht ändern", "Passwortänderung geht nicht", true), ("密码忘记了怎么办", "我的密码忘记了", true),
        ("voice is silent", "I want a refund", false), ("", "anything", false), ("the and of", "of and the", false),
    ])
    func `likeness sees through forms, slips and scripts`(_ one: String, _ other: String, _ isAlike: Bool) {
        let likeness = Likeness([one, other, "something else entirely", "and a fourth text about gardens"])
        let cosine = likeness.vector(one).cosine(likeness.vector(other))
        #expect((cosine >= Clustering.enough) == isAlike, "\(cosine)")
    }
}

private struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
