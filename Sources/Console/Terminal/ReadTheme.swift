internal import Screens
internal import Shared

extension Theme {
    /// A line of the file that cannot be obeyed.
    package struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    private static let colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    private static let emphases: [String: Emphasis] = [
        "bold": .bold, "underlined": .underlined, "reversed": .reversed, "dim": .dim,
    ]

    /// A theme's file: `base light` for where to begin, then a line for each ink, such as `title 25 bold` or `bad red reversed`.
    /// What stands behind `#` is a remark. A colour is a number of 256, one of eight names, or `default`.
    package init(reading text: String) throws(Unreadable) {
        self = .any
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split { $0.isWhitespace || $0 == ":" || $0 == "=" }.map { $0.lowercased() }
            guard let first = words.first else { continue }
            do throws(Unreadable) { try obey(first, Array(words.dropFirst())) } catch {
                throw Unreadable(description: "line \(index + 1): \(error.description)")
            }
        }
    }

    private mutating func obey(_ first: String, _ rest: [String]) throws(Unreadable) {
        if first == "base" {
            guard rest.count == 1, let base = Theme.named(rest[0], environment: [:]) else {
                throw Unreadable(description: "base is any, dark or light")
            }
            return self = base
        }
        let inks = Ink.allCases.map { "\($0)" }
        guard let ink = Ink.allCases.first(where: { "\($0)" == first }) else {
            let near =
                nearest(to: first, among: inks).map { "did you mean \($0)?" } ?? "there are \(inks.joined(separator: ", "))"
            throw Unreadable(description: "there is no ink \"\(first.prefix(20))\"; \(near)")
        }
        var look = Look()
        for word in rest {
            if let emphasis = Self.emphases[word] {
                look.emphasis.insert(emphasis)
                look.plainly.insert(emphasis)
            } else if let number = Self.colours.firstIndex(of: word) {
                (look.many, look.few) = (Int16(number), Int16(number))
            } else if let number = Int16(word), (0...255).contains(number) {
                look.many = number
                look.few = number < 8 ? number : self[ink].few
            } else if word != "default" {
                throw Unreadable(
                    description:
                        "\"\(word.prefix(20))\" is no colour (0 to 255, \(Self.colours.joined(separator: ", ")), default) "
                        + "and none of bold, underlined, reversed, dim")
            }
        }
        // A meaning that only colour told would be lost where there is none.
        if look.plainly.isEmpty { look.plainly = self[ink].plainly }
        change(ink, to: look)
    }
}
