import FoundationEssentials
import Shared
import Testing

/// The scanner beside a reader that others wrote.
@Suite("JSON, compared with JSONDecoder")
struct JSONCorpusTests {
    @Test("what is JSON reads as JSONDecoder reads it", arguments: JSONCorpus.accepted)
    func accepts(_ text: String) throws {
        let ours = try JSON(parsing: text)
        let theirs = try #require(decoded(Array(text.utf8)))
        #expect(ours.isAlike(theirs), "\(ours) is not \(theirs)")
        #expect(isSkipped(Array(text.utf8)))
        #expect(try JSON(parsing: ours.line).isAlike(ours), "it is not read again as it was written")
    }

    @Test("what is no JSON is refused, also where it is only stepped over")
    func refuses() {
        for bytes in JSONCorpus.refused {
            let text = String(decoding: bytes, as: UTF8.self)
            #expect((try? JSON(parsing: bytes)) == nil, "\(text) was read")
            #expect(!isSkipped(bytes), "\(text) was stepped over")
            for hull in [("[", "]"), ("{\"a\":", "}"), ("{\"a\":[0,", "]}")] where !text.isEmpty && text != " " {
                let inside = Array(hull.0.utf8) + bytes + Array(hull.1.utf8)
                #expect((try? JSON(parsing: inside)) == nil || decoded(inside) != nil, "\(text) was read inside another")
            }
        }
    }

    @Test("what the standard leaves open is decided")
    func decides() throws {
        for (text, reads) in JSONCorpus.decided {
            let ours = try? JSON(parsing: text)
            let wanted = try reads.map { try JSON(parsing: $0) }
            #expect(ours == wanted, "\(text.prefix(40))")
        }
        // Of two members with one name the last counts, also where one is written with an escape.
        #expect(try JSON(parsing: #"{"a":1,"a":2}"#)["a"] == 2)
        #expect(try JSON(parsing: #"{"a":1,"\u0061":2}"#)["a"] == 2)
    }

    @Test(
        "whatever is made of good texts by chance, it is JSON for both or for neither", arguments: 1...8 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) {
        var chance = Chance(seed: seed)
        var kept = 0
        for _ in 0..<2_500 {
            let bytes = chance.mutated(JSONCorpus.accepted)
            let ours = Self.read(bytes)
            // A number that no Double holds is still a number, and stepped over like one.
            if ours != .beyond { #expect((ours.json != nil) == isSkipped(bytes), "reading and stepping over differ: \(bytes)") }
            guard !isDecidedApart(bytes) else { continue }
            let theirs = decoded(bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect((ours.json == nil) == (theirs == nil), "seed \(seed): \(text) \(bytes)")
            if let ours = ours.json, let theirs { #expect(ours.isAlike(theirs), "seed \(seed): \(text)") }
            kept += ours.json == nil ? 0 : 1
        }
        #expect(kept > 100, "hardly anything good came of it")
    }

    private enum Read: Equatable {
        case value(JSON)
        case refused, beyond
        var json: JSON? { if case .value(let json) = self { json } else { nil } }
    }

    private static func read(_ bytes: [UInt8]) -> Read {
        do throws(JSONScanner.Malformed) { return .value(try JSON(parsing: bytes)) } catch {
            return error.reason == "a number too large" ? .beyond : .refused
        }
    }

    /// Escaped surrogates, twice the same member and marks of other encodings are read differently on purpose; JSONDecoder
    /// forgives a comma before a bracket.
    private func isDecidedApart(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        return text.contains("\\ud") || bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF])
            || bytes.starts(with: [0xFE, 0xFF])
            || bytes.starts(with: [0xFF, 0xFE]) || text.contains(#/,\s*[\]}]/#)
            || (try? JSON(parsing: bytes))?.namesTwice == true
    }

    private func isSkipped(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONScanner(buffer)
            do throws(JSONScanner.Malformed) {
                try scanner.skip()
                try scanner.finish()
                return true
            } catch { return false }
        }
    }

    private func decoded(_ bytes: [UInt8]) -> JSON? { (try? JSONDecoder().decode(Tree.self, from: Data(bytes)))?.value }
}

/// Any JSON, as JSONDecoder hands it over.
private struct Tree: Decodable {
    var value: JSON

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            value = .object(
                JSON.Object(try members.allKeys.map { ($0.stringValue, try members.decode(Tree.self, forKey: $0).value) }))
        } else if var items = try? decoder.unkeyedContainer() {
            var found: [JSON] = []
            while !items.isAtEnd { found.append(try items.decode(Tree.self).value) }
            value = .array(found)
        } else {
            let one = try decoder.singleValueContainer()
            if one.decodeNil() {
                value = .null
            } else if let flag = try? one.decode(Bool.self) {
                value = .bool(flag)
            } else if let text = try? one.decode(String.self) {
                value = .string(text)
            } else if let whole = try? one.decode(Int64.self) {
                value = .int(whole)
            } else {
                value = .double(try one.decode(Double.self))
            }
        }
    }
}

extension JSON {
    /// Equal, and a whole number may be written as a fraction.
    fileprivate func isAlike(_ other: JSON) -> Bool {
        switch (self, other) {
        case (.array(let ours), .array(let theirs)):
            ours.count == theirs.count && zip(ours, theirs).allSatisfy { $0.isAlike($1) }
        case (.object(let ours), .object(let theirs)):
            ours.members.count == theirs.members.count
                && ours.members.allSatisfy { member in theirs[member.key].map { member.value.isAlike($0) } ?? false }
        case (.int, .double), (.double, .int): double == other.double
        default: self == other
        }
    }

    fileprivate var namesTwice: Bool {
        switch self {
        case .array(let items): items.contains { $0.namesTwice }
        case .object(let object): Set(object.keys).count < object.keys.count || object.members.contains { $0.value.namesTwice }
        default: false
        }
    }
}

/// Mutations that can be told again.
private struct Chance: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// One to three changes: a byte replaced, taken out, put in or doubled, or another text put inside.
    mutating func mutated(_ texts: [String]) -> [UInt8] {
        var bytes = Array(texts.randomElement(using: &self)?.utf8 ?? "".utf8)
        let marks = Array("{}[]\",:\\/ue+-.0123456789truefalsn \n".utf8) + [0x80, 0xC3, 0xE2, 0xF0, 0xFF, 0x1F]
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let at = Int.random(in: 0...bytes.count, using: &self)
            let mark = marks.randomElement(using: &self) ?? 0
            switch Int.random(in: 0..<5, using: &self) {
            case 0 where at < bytes.count: bytes[at] = mark
            case 1 where at < bytes.count: bytes.remove(at: at)
            case 2: bytes.insert(mark, at: at)
            case 3 where at < bytes.count: bytes.insert(bytes[at], at: at)
            default:
                let other = Array(texts.randomElement(using: &self)?.utf8 ?? "".utf8)
                bytes.insert(contentsOf: other, at: at)
            }
        }
        return bytes
    }
}
