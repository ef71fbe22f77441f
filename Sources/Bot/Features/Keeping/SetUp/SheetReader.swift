internal import Kit
internal import Shared

/// Reads what somebody wants to have set up. All that is wrong with the text is told at once, each with its place, and of what
/// is not wrong but will not work as written it warns.
struct SheetReader {
    struct Complaint {
        var line: Int
        var column: Int
        var text: String
        var hint: String?

        var words: String { "Line \(line), column \(column): \(text)" }
    }

    private(set) var wanted: [(kind: Configured, records: [GuildPlan.Wanted])] = []
    private(set) var warnings: [String] = []
    private var complaints: [Complaint] = []
    private let turn: Turn
    private let present: GuildState
    private let names: GuildNamesByID

    /// The headings of the text are kinds of the house, apart from this one, which says how it is written.
    private static let edition = "hearth"
    private static let mostComplaints = 20

    init(_ text: String, present: GuildState, _ turn: Turn) throws {
        self.turn = turn
        self.present = present
        names = GuildNamesByID(turn)
        guard let root = try turn.house.yaml(text), !root.isEmpty else {
            throw Refusal.invalid(
                "There is nothing in that text.", field: "text", hint: "guild export shows what one looks like.")
        }
        try read(root)
        if let refusal { throw refusal }
    }

    private var refusal: Refusal? {
        guard let first = complaints.first else { return nil }
        var refusal = Refusal.invalid(
            first.words, field: "text", hint: first.hint ?? "Mend that place; guild export shows how it is written.")
        refusal.picture = complaints.dropFirst().prefix(Self.mostComplaints).map(\.words)
        return refusal
    }

    private mutating func complain(_ node: YAMLNode, _ text: String, hint: String? = nil) {
        complaints.append(Complaint(line: node.line, column: node.column, text: text, hint: hint))
    }

    private mutating func complain(_ member: YAMLNode.Member, _ text: String, hint: String? = nil) {
        complaints.append(Complaint(line: member.line, column: member.column, text: text, hint: hint))
    }

    // MARK: - Headings

    private mutating func read(_ root: YAMLNode) throws {
        guard case .mapping(let members) = root.content else {
            return complain(root, "a text has headings, not \(root.quoted).", hint: "guild export shows what one looks like.")
        }
        for member in members {
            if member.key == Self.edition {
                guard case .scalar("1", _) = member.value.content else {
                    complain(member.value, "this is written for another edition of the bot, \(member.value.quoted).")
                    return
                }
            } else if let kind = turn.configured.first(where: { $0.heading == member.key }) {
                wanted.append((kind, try records(member.value, kind)))
            } else {
                let known = turn.configured.map(\.heading)
                let near = nearest(to: member.key, among: known).map { "Did you mean \"\($0)\"? " } ?? ""
                complain(
                    member, "there is no heading \"\(member.key.prefix(40))\".",
                    hint: near + "There are: \(known.joined(separator: ", ")).")
            }
        }
    }

    private mutating func records(_ node: YAMLNode, _ kind: Configured) throws -> [GuildPlan.Wanted] {
        var found: [GuildPlan.Wanted] = []
        var lines: [String: Int] = [:]
        func take(_ name: String, _ line: Int) -> Int? { lines.updateValue(line, forKey: name) }
        switch (kind.form, node.content) {
        case (_, .scalar) where node.isEmpty: return []
        case (.name, .sequence(let items)):
            for item in items {
                guard case .scalar(let text, _) = item.content else {
                    complain(item, "here stands a name, not \(item.quoted).")
                    continue
                }
                guard let name = name(text, kind, item) else { continue }
                if let earlier = take(name, item.line) { complain(item, "that stands in line \(earlier) already.") }
                let record = Configured.Record(name, .object(.init()))
                if let settled = try settled(record, kind, [:], item) { found.append(.init(record: settled, line: item.line)) }
            }
        case (.value, .mapping(let members)), (.values, .mapping(let members)):
            for member in members {
                let place = YAMLNode(content: member.value.content, line: member.line, column: member.column)
                guard let name = name(member.key, kind, place) else { continue }
                if let earlier = take(name, member.line) { complain(member, "that stands in line \(earlier) already.") }
                guard let (record, places) = record(name, member.value, kind) else { continue }
                if let settled = try settled(record, kind, places, place) {
                    found.append(.init(record: settled, line: member.line))
                }
            }
        case (.name, _): complain(node, "under \(kind.heading) stands a list, not \(node.quoted).", hint: "Such as: - name")
        default: complain(node, "under \(kind.heading) stand names, each with what belongs to it, not \(node.quoted).")
        }
        return found
    }

    // MARK: - Records

    private mutating func record(
        _ name: String, _ node: YAMLNode, _ kind: Configured
    ) -> (Configured.Record, [String: YAMLNode])? {
        guard case .values = kind.form else {
            guard let value = value(node, kind.kind(turn, name, Configured.Record.value)) else { return nil }
            return (.one(name, value), [Configured.Record.value: node])
        }
        guard case .mapping(let members) = node.content else {
            complain(node, "what belongs to \"\(name.prefix(40))\" stands below it, each with its name, not \(node.quoted).")
            return nil
        }
        var record = Configured.Record(name, .object(.init()))
        var places: [String: YAMLNode] = [:]
        for member in members {
            // Of a name that there is not, the name itself is wrong.
            let isKnown = kind.kind(turn, name, member.key) != nil
            places[member.key] =
                isKnown ? member.value : YAMLNode(content: node.content, line: member.line, column: member.column)
            guard let given = value(member.value, kind.kind(turn, name, member.key)) else { return nil }
            record.values[member.key] = given
        }
        return (record, places)
    }

    private mutating func value(_ node: YAMLNode, _ kind: Outline.Kind?) -> JSON? {
        switch node.content {
        case .scalar(let text, let isPlain):
            if isPlain, text.isEmpty {
                complain(node, "nothing stands here.", hint: "Write a value, or take the line out.")
                return nil
            }
            return .string(kind.map { resolved(text, $0, node) } ?? text)
        case .sequence(let items):
            var all: [JSON] = []
            for item in items {
                guard let one = value(item, kind) else { return nil }
                all.append(one)
            }
            return .array(all)
        case .mapping:
            complain(node, "a single value stands here, not \(node.quoted).")
            return nil
        }
    }

    /// As the house would write it; what is written as it is there already needs no judging, whatever became of it since.
    private mutating func settled(
        _ record: Configured.Record, _ kind: Configured, _ places: [String: YAMLNode], _ place: YAMLNode
    ) throws -> Configured.Record? {
        let known = present[kind.heading].first { $0.name == record.name }
        if let known, record.isWritten(as: known, whole: kind.isWhole) { return known }
        do {
            return try kind.settle(turn, record, known).plainNumbers
        } catch let refusal as Refusal {
            complain(refusal.field.flatMap { places[$0] } ?? place, refusal.sentence, hint: refusal.hint)
            return nil
        }
    }

    // MARK: - Things of Discord

    private mutating func name(_ text: String, _ kind: Configured, _ node: YAMLNode) -> String? {
        guard case .about(let reference?) = kind.naming else { return text }
        let found = resolved(text, reference, node)
        if Int64(found) != nil { return found }
        switch names.ids(called: found, reference) {
        case let ids where ids.count == 1: return ids[0]
        case []: complain(node, "there is no \"\(found.prefix(60))\" here.", hint: "Write its name as it is, or its id.")
        default: complain(node, "several are called \"\(found.prefix(60))\".", hint: "Write its id as well, in brackets.")
        }
        return nil
    }

    /// The id in "general (1234)". Where this server has none of that id, one of that name is taken.
    private mutating func resolved(_ text: String, _ kind: Outline.Kind, _ node: YAMLNode) -> String {
        let what: String
        switch kind {
        case .channel: what = "channel"
        case .role: what = "role"
        case .member: what = "member"
        default: return text
        }
        let (called, id) = Self.parted(text)
        guard let id, names.name(of: id, kind) == nil else { return id ?? text }
        if !names.ids(called: text, kind).isEmpty { return text }
        let alike = called.map { names.ids(called: $0, kind) } ?? []
        let named = called.map { " (\($0))" } ?? ""
        if alike.count == 1 {
            warnings.append("Line \(node.line): there is no \(what) \(id)\(named) here; the one of that name is meant.")
            return alike[0]
        }
        warnings.append("Line \(node.line): there is no \(what) \(id)\(named) here.")
        return id
    }

    /// "general (1234)" is a name and an id, "1234" an id.
    private static func parted(_ text: String) -> (name: String?, id: String?) {
        let isNumber = { (words: Substring) in !words.isEmpty && words.utf8.allSatisfy { (48...57).contains($0) } }
        if isNumber(text[...]) { return (nil, text) }
        guard text.hasSuffix(")"), let open = text.lastIndex(of: "(") else { return (nil, nil) }
        let id = text[text.index(after: open)...].dropLast()
        return isNumber(id) ? (trimmed(String(text[..<open])), String(id)) : (nil, nil)
    }
}

extension Configured.Record {
    /// Whether each of its values, texts as they were read, stands there in the same words.
    fileprivate func isWritten(as known: Configured.Record, whole: Bool) -> Bool {
        guard !whole || Set(values.keys) == Set(known.values.keys) else { return false }
        return values.members.allSatisfy { key, value in known[key].map { value.words == $0.words } ?? false }
    }
}

extension JSON {
    fileprivate var words: [String] { array.map { $0.map(SheetWriter.spelled) } ?? [SheetWriter.spelled(self)] }
}
