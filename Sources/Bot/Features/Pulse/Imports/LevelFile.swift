internal import Kit
internal import Shared

/// What another bot's file says of members: lines that can be read, and lines that cannot, with their numbers and reasons.
struct LevelFile {
    struct Entry: Hashable {
        /// The line of a CSV file, counted from 1 with its heading; the number of the entry in a JSON file.
        var line: Int
        var member: ID<Member>
        var name: String
        var level: Int?
        var experience: Double?

        func saysTheSame(as other: Entry) -> Bool { level == other.level && experience == other.experience }
    }

    struct Bad {
        var line: Int
        var reason: String
    }

    static let most = 10_000

    let source: String
    private(set) var entries: [Entry] = []
    private(set) var bad: [Bad] = []
    /// Lines that repeat another one word for word.
    private(set) var repeated = 0
    private var places: [ID<Member>: Int] = [:]

    init(_ text: String) throws(Refusal) {
        let first = text.first { !$0.isWhitespace && $0 != "\u{FEFF}" }
        let isJSON = first == "{" || first == "["
        source = isJSON ? "JSON" : "CSV"
        for (line, raw) in isJSON ? try Self.objects(text) : try Self.rows(text) { take(raw, line) }
        guard !(entries.isEmpty && bad.isEmpty) else { throw .invalid("There is nobody in that file.", field: "data") }
        guard entries.count + bad.count <= Self.most else {
            throw .invalid("That file has \(entries.count + bad.count) lines; \(Self.most) fit.", field: "data")
        }
    }

    private mutating func take(_ raw: [Column: JSON], _ line: Int) {
        do throws(Unreadable) {
            let entry = try Self.entry(raw, line)
            guard let place = places[entry.member] else {
                places[entry.member] = entries.count
                return entries.append(entry)
            }
            let other = entries[place]
            guard other.saysTheSame(as: entry) else {
                throw Unreadable("\(entry.member) stands in line \(other.line) already, with other figures")
            }
            repeated += 1
        } catch {
            bad.append(Bad(line: line, reason: error.reason))
        }
    }

    // MARK: - One line

    private struct Unreadable: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    private static func entry(_ raw: [Column: JSON], _ line: Int) throws(Unreadable) -> Entry {
        let words = raw[.id]?.plainWords ?? ""
        guard !words.isEmpty else { throw Unreadable("it names no member") }
        guard let member = ID<Member>(words) else {
            let isRounded = words.contains { $0 == "E" || $0 == "e" || $0 == "." }
            throw Unreadable(
                "\"\(words.prefix(40))\" is no member's id" + (isRounded ? "; a spreadsheet has cut off its digits" : ""))
        }
        let level = try number(raw[.level], "level", 1_000).map { Int($0) }
        let experience = try number(raw[.experience], "experience", 1e12)
        guard level != nil || experience != nil else { throw Unreadable("it says neither level nor experience") }
        return Entry(line: line, member: member, name: raw[.name]?.plainWords ?? "", level: level, experience: experience)
    }

    private static func number(_ json: JSON?, _ name: String, _ most: Double) throws(Unreadable) -> Double? {
        guard let words = json?.plainWords, !words.isEmpty else { return nil }
        guard let number = Double(words), number.isFinite, (0...most).contains(number) else {
            throw Unreadable("\(name) is \"\(words.prefix(40))\", not a number from 0 to \(Int64(most))")
        }
        return number
    }

    // MARK: - Forms

    /// What columns are called by those who keep levels.
    private enum Column: CaseIterable {
        case id, name, level, experience

        var names: Set<String> {
            switch self {
            case .id: ["id", "userid", "user", "memberid", "member", "discordid"]
            case .name: ["name", "username", "tag"]
            case .level: ["level", "lvl"]
            case .experience: ["xp", "exp", "experience", "totalxp", "totalexp", "score", "points"]
            }
        }

        init?(_ word: String) {
            let plain = word.lowercased().filter { $0.isLetter || $0.isNumber }
            guard let column = Self.allCases.first(where: { $0.names.contains(plain) }) else { return nil }
            self = column
        }
    }

    private static func objects(_ text: String) throws(Refusal) -> [(Int, [Column: JSON])] {
        let json: JSON
        do { json = try JSON(parsing: text) } catch {
            throw .invalid("That is not JSON: \(error).", field: "data", hint: "Is the file whole?")
        }
        let lists = ["players", "users", "members", "rankings", "leaderboard", "data"].compactMap { json[$0]?.array }
        let items: [JSON]
        if let list = json.array ?? lists.first {
            items = list
        } else {
            // A member's id as the name of what is said of them.
            items =
                (json.object?.members.map { key, value in
                    var object = value.object ?? .init()
                    object["id"] = .string(key)
                    return .object(object)
                }) ?? []
        }
        return items.enumerated().map { index, item in
            var found: [Column: JSON] = [:]
            for (key, value) in item.object?.members ?? [] {
                guard let column = Column(key), found[column] == nil || column == .id else { continue }
                found[column] = value["id"] ?? value
            }
            return (index + 1, found)
        }
    }

    private static func rows(_ text: String) throws(Refusal) -> [(Int, [Column: JSON])] {
        var table = SeparatedValues(text)
        guard let heading = table.next() else { throw .invalid("There is nobody in that file.", field: "data") }
        let columns = heading.fields.map { Column(trimmed($0)) }
        guard columns.contains(.id), columns.contains(.level) || columns.contains(.experience) else {
            throw .invalid(
                "The first line names no columns for members and their level or experience.", field: "data",
                hint: "Such as: user_id,username,xp,level")
        }
        var found: [(Int, [Column: JSON])] = []
        while let row = table.next() {
            if row.fields.allSatisfy({ trimmed($0).isEmpty }) { continue }
            var fields: [Column: JSON] = [:]
            for (column, field) in zip(columns, row.fields) { if let column { fields[column] = .string(trimmed(field)) } }
            found.append((row.line, fields))
        }
        return found
    }
}

extension JSON {
    fileprivate var plainWords: String? {
        switch self {
        case .string(let text): trimmed(text)
        case .int(let number): String(number)
        case .double(let number): number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
        default: nil
        }
    }
}
