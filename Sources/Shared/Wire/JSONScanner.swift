/// Reads JSON where it lies, pulling what it is asked for and skipping the rest; nothing is copied until it is wanted.
/// Strict: numbers, literals, escapes, UTF-8 and depth are checked also in what is skipped. The bytes must outlive it.
package struct JSONScanner {
    package struct Malformed: Error, CustomStringConvertible, Sendable {
        package let offset: Int
        package let reason: String
        package var description: String { "\(reason) at byte \(offset)" }
    }

    package static let deepest = 64

    private let base: UnsafePointer<UInt8>
    private let end: Int
    package private(set) var offset = 0
    private var depth = 0

    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        base = bytes.baseAddress ?? ("" as StaticString).utf8Start
        end = bytes.count
    }

    func malformed(_ reason: String) -> Malformed { Malformed(offset: offset, reason: reason) }

    // MARK: - Walking

    @inline(__always)
    private mutating func skipSpace() {
        // Discord writes none.
        while offset < end, base[offset] <= 0x20 {
            switch base[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    /// The first byte of the next value, or nil at the end.
    package mutating func peek() -> UInt8? {
        skipSpace()
        return offset < end ? base[offset] : nil
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) -> Bool {
        skipSpace()
        guard offset < end, base[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func descend() throws(Malformed) {
        depth += 1
        if depth > Self.deepest { throw malformed("nested deeper than \(Self.deepest)") }
    }

    /// Steps into an object; each `key()` then names a member whose value must be read or skipped.
    package mutating func enterObject() throws(Malformed) {
        guard take(UInt8(ascii: "{")) else { throw malformed("expected an object") }
        try descend()
        fresh = true
    }

    package mutating func enterArray() throws(Malformed) {
        guard take(UInt8(ascii: "[")) else { throw malformed("expected a list") }
        try descend()
        fresh = true
    }

    /// True right after an opening bracket, when a comma would be wrong.
    private var fresh = false

    /// The next member's name, or nil when the object ends.
    package mutating func key() throws(Malformed) -> JSONText? {
        if take(UInt8(ascii: "}")) {
            depth -= 1
            fresh = false
            return nil
        }
        if !fresh, !take(UInt8(ascii: ",")) { throw malformed("expected a comma or the end of the object") }
        fresh = false
        let name = try text()
        guard take(UInt8(ascii: ":")) else { throw malformed("expected a colon") }
        return name
    }

    /// True when another item follows, false when the list ends.
    package mutating func item() throws(Malformed) -> Bool {
        if take(UInt8(ascii: "]")) {
            depth -= 1
            fresh = false
            return false
        }
        if !fresh, !take(UInt8(ascii: ",")) { throw malformed("expected a comma or the end of the list") }
        fresh = false
        return true
    }

    /// Nothing but space may follow the value.
    package mutating func finish() throws(Malformed) {
        if peek() != nil { throw malformed("something follows the value") }
    }

    // MARK: - Values

    package mutating func null() -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        return literal("null")
    }

    private mutating func literal(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard offset + count <= end else { return false }
        for index in 0..<count where base[offset + index] != word.utf8Start[index] { return false }
        offset += count
        return true
    }

    package mutating func bool() throws(Malformed) -> Bool {
        switch peek() {
        case UInt8(ascii: "t") where literal("true"): return true
        case UInt8(ascii: "f") where literal("false"): return false
        default: throw malformed("expected true or false")
        }
    }

    /// A string as it lies in the input.
    package mutating func text() throws(Malformed) -> JSONText {
        guard take(UInt8(ascii: "\"")) else { throw malformed("expected a string") }
        let start = offset
        var escaped = false
        while offset < end {
            let byte = base[offset]
            switch byte {
            case UInt8(ascii: "\""):
                let text = JSONText(base: base + start, count: offset - start, offset: start, isEscaped: escaped)
                offset += 1
                return text
            case UInt8(ascii: "\\"):
                escaped = true
                try skipEscape()
            case 0..<0x20: throw malformed("a control character in a string")
            case 0x20..<0x80: skipPlain()
            default: try skipWide(byte)
            }
        }
        throw malformed("the string does not end")
    }

    /// Runs over plain ASCII, eight bytes at a time, up to what is not. The lowest bit that is set in `stops` is always right:
    /// what borrows spoil lies above it.
    private mutating func skipPlain() {
        let raw = UnsafeRawPointer(base)
        while offset + 8 <= end {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            let quote = word ^ 0x2222_2222_2222_2222
            let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let stops =
                ((quote &- 0x0101_0101_0101_0101) & ~quote) | ((slash &- 0x0101_0101_0101_0101) & ~slash)
                | (word &- 0x2020_2020_2020_2020) | word
            let marks = UInt64(littleEndian: stops & 0x8080_8080_8080_8080)
            if marks != 0 {
                offset += marks.trailingZeroBitCount / 8
                return
            }
            offset += 8
        }
        while offset < end {
            let byte = base[offset]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { return }
            offset += 1
        }
    }

    private mutating func skipEscape() throws(Malformed) {
        guard offset + 1 < end else { throw malformed("the string does not end") }
        switch base[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            offset += 2
        case UInt8(ascii: "u"):
            guard offset + 6 <= end, (offset + 2..<offset + 6).allSatisfy({ JSONText.nibble(base[$0]) != nil }) else {
                throw malformed("a \\u escape needs four hexadecimal digits")
            }
            offset += 6
        default: throw malformed("an unknown escape")
        }
    }

    /// One scalar of two to four bytes, as UTF-8 allows it.
    private mutating func skipWide(_ first: UInt8) throws(Malformed) {
        let (count, low, high): (Int, UInt8, UInt8) =
            switch first {
            case 0xC2...0xDF: (2, 0x80, 0xBF)
            case 0xE0: (3, 0xA0, 0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80, 0xBF)
            case 0xED: (3, 0x80, 0x9F)
            case 0xF0: (4, 0x90, 0xBF)
            case 0xF1...0xF3: (4, 0x80, 0xBF)
            case 0xF4: (4, 0x80, 0x8F)
            default: (0, 0, 0)
            }
        guard count > 0, offset + count <= end, (low...high).contains(base[offset + 1]),
            (offset + 2..<offset + count).allSatisfy({ base[$0] & 0xC0 == 0x80 })
        else { throw malformed("not UTF-8") }
        offset += count
    }

    /// A number as it lies in the input, checked against JSON's grammar.
    private mutating func numeral() throws(Malformed) -> (text: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
        skipSpace()
        let start = offset
        var whole = true
        func digit(_ at: Int) -> Bool { at < end && base[at] >= 48 && base[at] <= 57 }
        if offset < end, base[offset] == UInt8(ascii: "-") { offset += 1 }
        guard digit(offset) else { throw malformed("expected a number") }
        if base[offset] == 48 { offset += 1 } else { while digit(offset) { offset += 1 } }
        if offset < end, base[offset] == UInt8(ascii: ".") {
            whole = false
            offset += 1
            guard digit(offset) else { throw malformed("a fraction needs digits") }
            while digit(offset) { offset += 1 }
        }
        if offset < end, base[offset] | 0x20 == UInt8(ascii: "e") {
            whole = false
            offset += 1
            if offset < end, base[offset] == UInt8(ascii: "+") || base[offset] == UInt8(ascii: "-") { offset += 1 }
            guard digit(offset) else { throw malformed("an exponent needs digits") }
            while digit(offset) { offset += 1 }
        }
        return (UnsafeBufferPointer(start: base + start, count: offset - start), whole)
    }

    package mutating func int() throws(Malformed) -> Int64 {
        let (text, whole) = try numeral()
        guard whole else { throw malformed("expected a whole number") }
        var value: Int64 = 0
        let negative = text[0] == UInt8(ascii: "-")
        for byte in text.dropFirst(negative ? 1 : 0) {
            let (shifted, over) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - 48)
            let (next, past) = negative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            if over || past { throw malformed("a number beyond 64 bits") }
            value = next
        }
        return value
    }

    /// Nil for a number that is not whole, or beyond 64 bits.
    package mutating func wholeNumber() throws(Malformed) -> Int64? {
        let (text, whole) = try numeral()
        guard whole, text.count <= 18 else { return whole ? Int64(String(decoding: text, as: UTF8.self)) : nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        var value: Int64 = 0
        for index in (isNegative ? 1 : 0)..<text.count { value = value &* 10 &+ Int64(text[index] &- 48) }
        return isNegative ? -value : value
    }

    package mutating func number() throws(Malformed) -> JSON {
        let before = offset
        let (text, whole) = try numeral()
        if whole {
            let after = offset
            offset = before
            if let exact = try? int() { return .int(exact) }
            offset = after
        }
        guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
            throw malformed("a number too large")
        }
        return .double(value)
    }

    /// An id: a string of digits (or, rarely, a bare number). Nil when it is neither or null.
    package mutating func id<Kind>(_: Kind.Type = Kind.self) throws(Malformed) -> ID<Kind>? {
        if null() { return nil }
        if peek() == UInt8(ascii: "\"") { return try text().number.flatMap { ID<Kind>($0) } }
        return ID<Kind>(try int())
    }

    /// Passes over one value of any kind.
    package mutating func skip() throws(Malformed) {
        switch peek() {
        case UInt8(ascii: "\""): _ = try text()
        case UInt8(ascii: "{"):
            try enterObject()
            while try key() != nil { try skip() }
        case UInt8(ascii: "["):
            try enterArray()
            while try item() { try skip() }
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
        case UInt8(ascii: "n"): guard null() else { throw malformed("expected null") }
        case nil: throw malformed("expected a value")
        default: _ = try numeral()
        }
    }

    /// One value, whole.
    package mutating func value() throws(Malformed) -> JSON {
        switch peek() {
        case UInt8(ascii: "\""): return .string(try text().string)
        case UInt8(ascii: "{"):
            var members: [(key: String, value: JSON)] = []
            try enterObject()
            while let name = try key() { members.append((name.string, try value())) }
            return .object(JSON.Object(members))
        case UInt8(ascii: "["):
            var items: [JSON] = []
            try enterArray()
            while try item() { items.append(try value()) }
            return .array(items)
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try bool())
        case UInt8(ascii: "n"):
            guard null() else { throw malformed("expected null") }
            return .null
        case nil: throw malformed("expected a value")
        default: return try number()
        }
    }
}

extension JSON {
    /// Reads exactly one value.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONScanner.Malformed) {
        let result = Array(bytes).withUnsafeBufferPointer { buffer -> Result<JSON, JSONScanner.Malformed> in
            var scanner = JSONScanner(buffer)
            return Result { () throws(JSONScanner.Malformed) in
                let value = try scanner.value()
                try scanner.finish()
                return value
            }
        }
        self = try result.get()
    }

    package init(parsing text: String) throws(JSONScanner.Malformed) { try self.init(parsing: Array(text.utf8)) }
}
