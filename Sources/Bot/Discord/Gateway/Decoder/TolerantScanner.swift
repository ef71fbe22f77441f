import Shared

/// Reading that expects Discord to change its mind: a value of another kind, null included, is stepped over and reads as
/// nil. Broken JSON is still refused.
extension JSONScanner {
    mutating func anID<Kind>(_: Kind.Type = Kind.self) throws(Malformed) -> ID<Kind>? {
        switch peek() {
        case UInt8(ascii: "\""): return try text().number.flatMap { ID<Kind>($0) }
        case .some(48...57): return try wholeNumber().flatMap { ID<Kind>($0) }
        default:
            try skip()
            return nil
        }
    }

    mutating func anInt() throws(Malformed) -> Int? {
        switch peek() {
        case .some(48...57), UInt8(ascii: "-"): return try wholeNumber().map { Int($0) }
        case UInt8(ascii: "\""): return try text().number.map { Int($0) }
        default:
            try skip()
            return nil
        }
    }

    mutating func aFlag() throws(Malformed) -> Bool {
        switch peek() {
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return try bool()
        default:
            try skip()
            return false
        }
    }

    mutating func aSlice() throws(Malformed) -> JSONText? {
        if peek() == UInt8(ascii: "\"") { return try text() }
        try skip()
        return nil
    }

    mutating func aText() throws(Malformed) -> String? { try aSlice()?.string }

    mutating func anInstant() throws(Malformed) -> Instant? {
        try aSlice().flatMap { $0.isEscaped ? Instant(rfc3339: $0.string) : Instant(rfc3339: $0.bytes) }
    }

    /// Permission bits are decimal strings of up to 64 bits.
    mutating func bits() throws(Malformed) -> UInt64 { try aText().flatMap { UInt64($0) } ?? 0 }

    /// Hands over each member of an object. False when it is something else.
    @discardableResult
    mutating func members(
        _ body: (inout JSONScanner, JSONText) throws(Malformed) -> Void
    ) throws(Malformed) -> Bool {
        guard peek() == UInt8(ascii: "{") else {
            try skip()
            return false
        }
        try enterObject()
        while let name = try key() { try body(&self, name) }
        return true
    }

    /// Hands over each item of a list.
    mutating func items(_ body: (inout JSONScanner) throws(Malformed) -> Void) throws(Malformed) {
        guard peek() == UInt8(ascii: "[") else { return try skip() }
        try enterArray()
        while try item() { try body(&self) }
    }

    /// What an item reads as, without those that read as nothing.
    mutating func list<Item>(_ read: (inout JSONScanner) throws(Malformed) -> Item?) throws(Malformed) -> [Item] {
        var found: [Item] = []
        try items { (scanner: inout JSONScanner) throws(Malformed) in
            if let item = try read(&scanner) { found.append(item) }
        }
        return found
    }
}
