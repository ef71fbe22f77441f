import Kit
import Shared
import Testing

@Suite("Rules against a naive evaluator")
struct RuleOracleTests {
    @Test("RWD-02: four thousand chance rules say of chance members what a naive evaluator says", arguments: 1...20)
    func agree(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let columns = Made.members(16, &dice)
        for _ in 0..<200 {
            let made = Made.rule(depth: 4, &dice)
            let text = made.written(&dice)
            guard text.count <= Rule.longest else { continue }
            let rule = try RuleReadingTests.read(text)
            let verdicts = rule.judge(columns)
            for index in 0..<columns.count {
                let naive = made.isTrue(index, columns)
                #expect(verdicts[index] == naive, "seed \(seed): \(text) for \(index)")
                #expect(rule.holds(for: index, columns) == naive, "seed \(seed): \(text) for \(index) alone")
            }
            #expect(try RuleReadingTests.read(rule.text) == rule, "seed \(seed): \(text) reads back as \(rule.text)")
        }
    }

    @Test("RWD-02: rules with letters lost, doubled and strewn in are refused in order or read as what they are kept as")
    func garbled() throws {
        var dice = Dice(seed: 11)
        let strewn = Array("()\"'<>=!&|,.0 9-+*_d@#\\\u{202E}é🧨\n")
        for _ in 0..<3000 {
            var text = Array(Made.rule(depth: 3, &dice).written(&dice))
            for _ in 0..<Int.random(in: 1...4, using: &dice) where !text.isEmpty {
                let at = Int.random(in: text.indices, using: &dice)
                switch Int.random(in: 0...3, using: &dice) {
                case 0: text.remove(at: at)
                case 1: text.insert(strewn[Int.random(in: strewn.indices, using: &dice)], at: at)
                case 2: text[at] = strewn[Int.random(in: strewn.indices, using: &dice)]
                default: text.removeSubrange(at..<min(at + 5, text.count))
                }
            }
            do {
                let rule = try RuleReadingTests.read(String(text))
                #expect(try RuleReadingTests.read(rule.text) == rule, "\(String(text))")
            } catch let refusal as Refusal {
                let picture = refusal.picture
                #expect(
                    !refusal.sentence.isEmpty && (picture.isEmpty || picture.last?.contains("^") == true), "\(String(text))")
                #expect(picture.count == 2 || text.count > Rule.longest, "\(String(text))")
            }
        }
    }

    @Test func `each line of an explanation holds as its own rule does`() throws {
        var dice = Dice(seed: 7)
        let columns = Made.members(8, &dice)
        for _ in 0..<500 {
            let rule = try RuleReadingTests.read(Made.rule(depth: 3, &dice).written(&dice))
            for index in 0..<columns.count {
                let lines = rule.explain(index, columns)
                for line in lines {
                    if case .compare(let a, let comparison, let b, let has, let needs) = line.what {
                        let alone = Rule.compare(a, comparison, b)
                        #expect(alone.holds(for: index, columns) == line.holds && comparison.holds(has, needs) == line.holds)
                    }
                }
                if case .every = rule {
                    #expect(lines.filter { $0.depth == 0 }.allSatisfy(\.holds) == rule.holds(for: index, columns))
                }
            }
        }
    }

    @Test func `what is lacking is told`() throws {
        var columns = RuleColumns(count: 1)
        columns.figures = [Term("points", days: 30): [8400], Term("streak"): [12]]
        let lines = try RuleReadingTests.read("points(30d) >= 12000 and streak >= 10 and not role(\"Muted\")").explain(
            0, columns)
        #expect(lines.map(\.holds) == [false, true, true])
        #expect(lines.map(\.missing) == [3600, nil, nil])
        #expect(lines[0].progress == 0.7)
    }
}

/// A rule that was made up, and what it means in the plainest way.
private indirect enum Made {
    case figure(String, Term, String, Double)
    case trait(String, Kit.Trait)
    case and([Made])
    case or([Made])
    case not(Made)

    static let terms = [
        ("points(30d)", Term("points", days: 30)), ("points", Term("points")), ("score", Term("score")),
        ("activity_score", Term("score")),
        ("streak", Term("streak")), ("messages(7)", Term("messages", days: 7)), ("level", Term("level")),
    ]
    static let traits: [(String, Kit.Trait)] = [
        ("role(\"Muted\")", .role(Readings.id(7))), ("role(8)", .role(Readings.id(8))), ("reward('Silver')", .reward(3)),
        ("badge(\"early bird\")", .badge("Early Bird")),
    ]
    static let signs = [">=", ">", "<", "<=", "==", "=", "!="]

    static func members(_ count: Int, _ dice: inout Dice) -> RuleColumns {
        var columns = RuleColumns(count: count)
        for (_, term) in terms { columns.figures[term] = (0..<count).map { _ in Double(Int.random(in: 0...6, using: &dice)) } }
        for (_, trait) in traits { columns.traits[trait] = (0..<count).map { _ in Bool.random(using: &dice) } }
        return columns
    }

    static func rule(depth: Int, _ dice: inout Dice) -> Made {
        switch depth == 0 ? Int.random(in: 0...1, using: &dice) : Int.random(in: 0...5, using: &dice) {
        case 0, 5:
            let (text, term) = terms[Int.random(in: terms.indices, using: &dice)]
            return .figure(
                text, term, signs[Int.random(in: signs.indices, using: &dice)], Double(Int.random(in: 0...6, using: &dice)))
        case 1:
            let (text, trait) = traits[Int.random(in: traits.indices, using: &dice)]
            return .trait(text, trait)
        case 2: return .not(rule(depth: depth - 1, &dice))
        case 3: return .and((0..<Int.random(in: 2...3, using: &dice)).map { _ in rule(depth: depth - 1, &dice) })
        default: return .or((0..<Int.random(in: 2...3, using: &dice)).map { _ in rule(depth: depth - 1, &dice) })
        }
    }

    /// In one of the ways in which it may be written.
    func written(_ dice: inout Dice) -> String {
        let style = Int.random(in: 0...2, using: &dice)
        switch self {
        case .figure(let text, _, let sign, let number): return "\(text)\(style == 0 ? "" : " ")\(sign) \(Int(number))"
        case .trait(let text, _): return text
        case .not(let inner): return (style == 0 ? "!" : "not ") + "(\(inner.written(&dice)))"
        case .and(let parts):
            let words = parts.map { "(\($0.written(&dice)))" }
            return style == 2 ? "all(\(words.joined(separator: ", ")))" : words.joined(separator: style == 0 ? "&&" : " and ")
        case .or(let parts):
            let words = parts.map { "(\($0.written(&dice)))" }
            return style == 2 ? "any(\(words.joined(separator: ",")))" : words.joined(separator: style == 0 ? "||" : " or ")
        }
    }

    func isTrue(_ index: Int, _ members: RuleColumns) -> Bool {
        switch self {
        case .figure(_, let term, let sign, let bound):
            let figure = members.figures[term]?[index] ?? .nan
            return switch sign {
            case ">=": figure >= bound
            case ">": figure > bound
            case "<": figure < bound
            case "<=": figure <= bound
            case "!=": figure != bound
            default: figure == bound
            }
        case .trait(_, let trait): return members.traits[trait]?[index] ?? false
        case .and(let parts): return parts.allSatisfy { $0.isTrue(index, members) }
        case .or(let parts): return parts.contains { $0.isTrue(index, members) }
        case .not(let inner): return !inner.isTrue(index, members)
        }
    }
}
