internal import Shared

/// A screen behind a letter: the tables that belong together. A group of tables that nobody here knows of has a screen and a
/// letter too.
struct Section: Hashable, Sendable {
    var letter: Character
    var title: String
    /// Topics, or beginnings of topics that end in a dot.
    var topics: [String]

    static let known = [
        Section(letter: "o", title: "Overview", topics: ["house.overview"]),
        Section(letter: "l", title: "Leaderboard", topics: ["activity.leaderboard"]),
        Section(letter: "p", title: "Pings", topics: ["pings."]),
        Section(letter: "r", title: "Rewards", topics: ["rewards."]),
        Section(letter: "e", title: "Events", topics: ["events."]),
        Section(letter: "a", title: "Analytics", topics: ["analytics.", "activity."]),
        Section(letter: "m", title: "Reminders", topics: ["reminders."]),
        Section(letter: "t", title: "Tickets", topics: ["tickets."]),
        Section(letter: "q", title: "Moderation", topics: ["moderation."]),
        Section(letter: "u", title: "Members", topics: ["members.", "silence.", "privacy."]),
        Section(letter: "c", title: "Economy", topics: ["economy."]),
        Section(letter: "f", title: "Features", topics: ["house.features", "house.settings"]),
        Section(letter: "A", title: "Audit", topics: ["house.audit"]),
        Section(letter: "j", title: "Jobs and outbox", topics: ["house.outbox", "house.jobs", "house.timers"]),
        Section(letter: "L", title: "Logs", topics: ["house.log", "house.faults"]),
        Section(letter: "h", title: "Health", topics: ["doctor.", "house."]),
    ]

    private func takes(_ topic: String) -> Bool {
        topics.contains { $0.hasSuffix(".") ? topic.hasPrefix($0) : topic == $0 }
    }

    /// Which of its topics it is: the tables stand in this order.
    private func place(of topic: String) -> Int {
        topics.firstIndex(of: topic) ?? topics.firstIndex { $0.hasSuffix(".") && topic.hasPrefix($0) } ?? 0
    }

    /// Every panel in the first section that takes it; what is left over gets one for each group.
    static func all(of panels: [ControlPanel]) -> [(section: Section, panels: [ControlPanel])] {
        var found: [(section: Section, panels: [ControlPanel])] = known.map { ($0, []) }
        for panel in panels {
            let index =
                found.firstIndex { $0.section.topics.contains(panel.topic) }
                ?? found.firstIndex { $0.section.takes(panel.topic) }
            if let index {
                found[index].panels.append(panel)
            } else {
                let letter = freeLetter(for: panel.group, beside: found.map(\.section.letter))
                let title = panel.group.prefix(1).uppercased() + panel.group.dropFirst()
                found.append((Section(letter: letter, title: title, topics: [panel.group + "."]), [panel]))
            }
        }
        for index in found.indices {
            let section = found[index].section
            found[index].panels = section.topics.indices.flatMap { place in
                found[index].panels.filter { section.place(of: $0.topic) == place }
            }
        }
        return found.filter { !$0.panels.isEmpty || ["o", "l"].contains($0.section.letter) }
    }

    /// The first letter of the name that nobody has, else of the alphabet; `g` is the way to the first row.
    private static func freeLetter(for name: String, beside taken: [Character]) -> Character {
        let wanted = name.filter { $0.isASCII && $0.isLetter }
        let all = wanted + wanted.uppercased() + "bcdfijknsvwxyzBCDEFGHIJKMNOPQRSTUVWXYZ"
        return all.first { $0 != "g" && !taken.contains($0) } ?? "?"
    }
}

extension Model {
    var sections: [(section: Section, panels: [ControlPanel])] { Section.all(of: panels) }

    /// The tables beside each other under one letter.
    var tabs: [ControlPanel] {
        guard case .panel(let topic) = place else { return [] }
        return sections.first { $0.panels.contains { $0.topic == topic } }?.panels ?? []
    }

    /// Where a letter leads: to the table that one has seen there last.
    func place(behind letter: Character) -> Place? {
        guard let found = sections.first(where: { $0.section.letter == letter }) else { return nil }
        switch letter {
        case "o": return .overview
        case "l": return .leaderboard
        default:
            let seen = lastTabs[letter].flatMap { topic in found.panels.first { $0.topic == topic } }
            return (seen ?? found.panels.first).map { .panel($0.topic) }
        }
    }

    mutating func go(to place: Place) {
        self.place = place
        overlays = []
        guard case .panel(let topic) = place else { return }
        if let letter = sections.first(where: { $0.panels.contains { $0.topic == topic } })?.section.letter {
            lastTabs[letter] = topic
        }
    }

    mutating func turnTab(_ step: Int) {
        let tabs = tabs
        guard case .panel(let topic) = place, let here = tabs.firstIndex(where: { $0.topic == topic }) else { return }
        go(to: .panel(tabs[(here + step + tabs.count) % tabs.count].topic))
    }
}
