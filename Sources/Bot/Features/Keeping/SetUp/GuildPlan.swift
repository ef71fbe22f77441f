internal import Kit
internal import Shared

/// What is to be done so that a guild is set up as it is wanted, in the order in which it is done.
struct GuildPlan {
    private(set) var differences: [GuildDifference] = []

    struct Wanted {
        var record: Configured.Record
        var line: Int?
    }

    /// Of the kinds that are wanted each is compared; the others stay as they are.
    init(_ wanted: [(kind: Configured, records: [Wanted])], present: GuildState, _ turn: Turn) {
        for (kind, records) in wanted { compare(kind, records, present[kind.heading], turn) }
    }

    init(from present: GuildState, to wanted: GuildState, _ turn: Turn) {
        let kinds = turn.configured.compactMap { kind in
            wanted.sections.first { $0.heading == kind.heading }.map { section in
                (kind: kind, records: section.records.map { Wanted(record: $0) })
            }
        }
        self.init(kinds, present: present, turn)
    }

    private mutating func compare(_ kind: Configured, _ wanted: [Wanted], _ present: [Configured.Record], _ turn: Turn) {
        var left = present
        var unpaired: [Wanted] = []
        var found: [GuildDifference] = []
        func pair(_ one: Wanted, with index: Int) {
            let old = left.remove(at: index)
            guard old.name != one.record.name || kind.differs(old, one.record) else { return }
            found.append(GuildDifference(kind: kind, old: old, new: one.record, line: one.line))
        }
        for one in wanted {
            if let index = left.firstIndex(where: { $0.name == one.record.name }) {
                pair(one, with: index)
            } else {
                unpaired.append(one)
            }
        }
        for one in unpaired {
            // What has another name and the same values is the same thing: renamed, or numbered by another house.
            let twin = left.firstIndex { kind.mayBeCalledOtherwise && !kind.differs($0, one.record) }
            switch (twin, kind.naming) {
            case (nil, _): found.append(GuildDifference(kind: kind, old: nil, new: one.record, line: one.line))
            case (let twin?, .numbered): left.remove(at: twin)
            case (let twin?, _): pair(one, with: twin)
            }
        }
        let removed = left.reversed().map { GuildDifference(kind: kind, old: $0, new: nil, line: nil) }
        let ordered = found.enumerated().map { (rank: rank($0.element, turn), place: $0.offset, one: $0.element) }
            .sorted { ($0.rank.0, $0.rank.1, $0.place) < ($1.rank.0, $1.rank.1, $1.place) }
        differences += removed + ordered.map(\.one)
    }

    /// What is there may have to make room for what comes.
    private func rank(_ one: GuildDifference, _ turn: Turn) -> (Int, Int) {
        (one.old == nil ? 1 : 0, one.new.map { one.kind.order(turn, $0) } ?? 0)
    }

    /// How everything is to be when this is done: each kind that is not as it is wanted, whole.
    func aim(from present: GuildState) -> GuildState {
        var aim = present
        for one in differences {
            guard let index = aim.sections.firstIndex(where: { $0.heading == one.kind.heading }) else { continue }
            let place = one.old.flatMap { old in aim.sections[index].records.firstIndex { $0.name == old.name } }
            switch (place, one.new) {
            case (let place?, let new?): aim.sections[index].records[place] = new
            case (let place?, nil): aim.sections[index].records.remove(at: place)
            case (nil, let new?): aim.sections[index].records.append(new)
            case (nil, nil): break
            }
        }
        let kinds = Set(differences.map(\.kind.heading))
        aim.sections.removeAll { !kinds.contains($0.heading) }
        return aim
    }

    /// Binds a confirmation to exactly this.
    var token: String {
        let lines = differences.flatMap { one in
            [one.kind.heading] + [one.old, one.new].map { $0.map { $0.name + " " + JSON.object($0.values).line } ?? "" }
        }
        return String(SHA256.hex(of: lines.joined(separator: "\n").utf8).prefix(12))
    }
}

extension Configured {
    /// Whether what is there is not as it is wanted.
    fileprivate func differs(_ old: Record, _ new: Record) -> Bool {
        isWhole ? old.values != new.values : !new.changed(from: old).isEmpty
    }

    fileprivate var mayBeCalledOtherwise: Bool { if case .about = naming { false } else { true } }
}
