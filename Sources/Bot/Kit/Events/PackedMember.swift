package import Shared

/// One member where it lies in a list: after four bytes of length its id, its flags, when it joined, its names, each with its
/// length, and its roles to the end. Numbers have their lowest byte first.
package struct PackedMember: Hashable, Sendable {
    struct Flags: OptionSet {
        let rawValue: UInt8
        static let bot = Flags(rawValue: 1)
        static let pending = Flags(rawValue: 2)
        static let joined = Flags(rawValue: 4)
        static let globalName = Flags(rawValue: 8)
        static let nick = Flags(rawValue: 16)
    }

    static let lengthBytes = 4
    /// The id and the flags, which every member has.
    private static let leastBytes = 9

    /// Its length included.
    let whole: ArraySlice<UInt8>
    package let id: ID<Member>

    /// Nil where no whole member begins.
    init?(in bytes: [UInt8], at start: Int) {
        guard let (id, end) = bytes.withUnsafeBytes({ Self.outline(in: $0, at: start) }) else { return nil }
        self.id = id
        whole = bytes[start..<end]
    }

    /// Who it is and where it ends, for whoever steps over many. Nil where no whole member begins.
    static func outline(in bytes: UnsafeRawBufferPointer, at start: Int) -> (id: ID<Member>, end: Int)? {
        let body = start + lengthBytes
        guard body + leastBytes <= bytes.count else { return nil }
        let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
        let number = Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: body, as: Int64.self))
        guard length >= leastBytes, length <= bytes.count - body, let id = ID<Member>(number) else { return nil }
        return (id, body + length)
    }

    var end: Int { whole.endIndex }
    package var size: Int { whole.count }
    package var isBot: Bool { flags.contains(.bot) }
    private var flags: Flags { Flags(rawValue: whole[whole.startIndex + Self.lengthBytes + 8]) }

    /// Everything, read.
    package func profile(in guild: ID<Guild>) -> MemberProfile {
        var rest = Parts(whole.dropFirst(Self.lengthBytes + Self.leastBytes))
        let flags = flags
        let joined = flags.contains(.joined) ? rest.number().map { Instant(milliseconds: $0) } : nil
        let names = rest.names(flags)
        var roles: [ID<Role>] = []
        while let role = rest.number() { if let role = ID<Role>(role) { roles.append(role) } }
        func text(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
        return MemberProfile(
            id: id, guild: guild, username: text(names.username), globalName: names.globalName.map(text),
            nick: names.nick.map(text), roles: roles, isBot: flags.contains(.bot), joined: joined,
            isPending: flags.contains(.pending))
    }

    /// The names as they lie there, for whoever looks through many.
    package var names: MemberNames<ArraySlice<UInt8>> {
        var rest = Parts(whole.dropFirst(Self.lengthBytes + Self.leastBytes))
        if flags.contains(.joined) { _ = rest.number() }
        return rest.names(flags)
    }

    /// When they joined and what roles they have, for whoever judges many.
    package var standing: (joined: Instant?, roles: [Int64]) {
        let flags = flags
        return whole.withUnsafeBytes { raw in
            func number(at start: Int) -> Int64 {
                Int64(littleEndian: raw.loadUnaligned(fromByteOffset: start, as: Int64.self))
            }
            var at = Self.lengthBytes + Self.leastBytes
            var joined: Instant?
            if flags.contains(.joined), at + 8 <= raw.count {
                joined = Instant(milliseconds: number(at: at))
                at += 8
            }
            for _ in 0..<(1 + (flags.contains(.globalName) ? 1 : 0) + (flags.contains(.nick) ? 1 : 0)) where at + 2 <= raw.count
            {
                at += 2 + Int(UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt16.self)))
            }
            return (joined, stride(from: at, to: raw.count - 7, by: 8).map(number))
        }
    }

    private struct Parts {
        private var rest: ArraySlice<UInt8>
        init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

        private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() -> Int64? {
            guard rest.count >= 8 else { return nil }
            return Int64(bitPattern: take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }

        mutating func text() -> ArraySlice<UInt8> {
            let length = take(2).reversed().reduce(0) { $0 << 8 | Int($1) }
            return take(length)
        }

        mutating func names(_ flags: Flags) -> MemberNames<ArraySlice<UInt8>> {
            MemberNames(
                username: text(), globalName: flags.contains(.globalName) ? text() : nil,
                nick: flags.contains(.nick) ? text() : nil)
        }
    }
}
