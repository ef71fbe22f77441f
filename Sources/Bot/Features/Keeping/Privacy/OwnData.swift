internal import Kit
internal import Shared

extension Privacy {
    /// What is kept about the asker, by feature, and for how long.
    static let data = Command(
        "privacy.data", "What is kept about you here, and for how long", isPrivate: true, isForMembers: true, changes: false,
        returns: .record(["rows": .list(keptShape)])
    ) { turn in
        let member = try turn.requireMember()
        let rows = try turn.house.catalogue.features.map { feature in
            JSON.fields([
                "feature": .string(feature.name), "count": .int(Int64(try feature.export(turn, member).leaves)),
                "what": .array(feature.keeps.map { .string($0.what) }),
                "until": .array(feature.keeps.map { .string($0.until(turn)) }),
            ])
        }.filter { $0["count"]?.int ?? 0 > 0 }
        return .done(PrivacyText.data(rows), data: ["rows": .array(rows)])
    }

    /// PRV-03: everything, as a file that other programs read.
    static let export = Command(
        "privacy.export", "Everything that is kept about you here, as a file", isPrivate: true, isForMembers: true,
        changes: false, cooldown: 1.minutes, returns: .anything
    ) { turn in
        let member = try turn.requireMember()
        let all = JSON.object(
            JSON.Object(try turn.house.catalogue.features.map { (key: $0.name, value: try $0.export(turn, member)) }))
        return Reply(
            .file(name: "data-of-\(member).json", bytes: Array(all.line.utf8)), PrivacyText.exported(all.leaves), data: all)
    }

    /// PRV-04: what is gone cannot be had back, so it is shown first.
    static let erase = Command(
        "privacy.erase", "Forgets everything that is kept about you here, for good", access: .everyone, also: ["forget_me"],
        isPrivate: true, isForMembers: true, changes: true,
        returns: .record(["receipt": .text, "at_ms": .instant, "rows": .anything])
    ) { turn in
        let member = try turn.requireMember()
        let erasure = try turn.house.erase(member, turn)
        turn.askFirst()
        let counts = erasure.rows.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map {
            (key: $0.key, value: JSON.int(Int64($0.value)))
        }
        turn.change("what is kept about member \(member)", from: "everything", to: .null)
        return .done(
            PrivacyText.erased(erasure),
            data: [
                "receipt": .string(erasure.receipt), "at_ms": .int(erasure.at.milliseconds),
                "rows": .object(JSON.Object(counts)),
            ])
    }

    private static let keptShape = Shape.record([
        "feature": .text, "count": .whole, "what": .list(.text), "until": .list(.text),
    ])
}

extension JSON {
    /// How many rows an export holds: the members of its lists.
    fileprivate var leaves: Int {
        switch self {
        case .array(let items): items.count
        case .object(let object): object.members.reduce(0) { $0 + $1.value.leaves }
        default: 0
        }
    }
}
