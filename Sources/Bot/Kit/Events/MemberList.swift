package import Shared

/// Members of one guild, packed: some sixty bytes each, where a profile with its texts takes three hundred. They lie one
/// behind the other, each after its length, so that one can be stepped over, compared or copied without being read.
package struct MemberList: Hashable, Sendable {
    package private(set) var bytes: [UInt8] = []
    package private(set) var count = 0

    package init() {}

    /// Takes up what was kept; bytes that make no sense end the list.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
        let (end, count) = bytes.withUnsafeBytes { raw in
            var (end, count) = (0, 0)
            while let entry = PackedMember.outline(in: raw, at: end) {
                end = entry.end
                count += 1
            }
            return (end, count)
        }
        self.count = count
        if end < bytes.count { self.bytes.removeLast(bytes.count - end) }
    }

    package init(_ profiles: some Sequence<MemberProfile>) {
        for profile in profiles { append(profile) }
    }

    package var isEmpty: Bool { count == 0 }

    /// One of them, the others being stepped over.
    package func member(_ id: ID<Member>) -> PackedMember? {
        let start = bytes.withUnsafeBytes { raw -> Int? in
            var at = 0
            while let entry = PackedMember.outline(in: raw, at: at) {
                if entry.id == id { return at }
                at = entry.end
            }
            return nil
        }
        return start.flatMap { PackedMember(in: bytes, at: $0) }
    }

    package mutating func append(_ member: PackedMember) {
        bytes.append(contentsOf: member.whole)
        count += 1
    }

    package mutating func append(_ profile: MemberProfile) {
        append(
            profile.id, isBot: profile.isBot, isPending: profile.isPending, joined: profile.joined, roles: profile.roles,
            names: MemberNames(username: profile.username, globalName: profile.globalName, nick: profile.nick))
    }

    package mutating func append<Text: PackableText>(
        _ id: ID<Member>, isBot: Bool, isPending: Bool, joined: Instant?, roles: some Sequence<ID<Role>>,
        names: MemberNames<Text>
    ) {
        let start = bytes.count
        put(UInt32(0))
        put(UInt64(id.number))
        var flags: PackedMember.Flags = []
        if isBot { flags.insert(.bot) }
        if isPending { flags.insert(.pending) }
        if joined != nil { flags.insert(.joined) }
        if names.globalName != nil { flags.insert(.globalName) }
        if names.nick != nil { flags.insert(.nick) }
        bytes.append(flags.rawValue)
        if let joined { put(UInt64(bitPattern: joined.milliseconds)) }
        put(names.username)
        if let name = names.globalName { put(name) }
        if let nick = names.nick { put(nick) }
        for role in roles { put(UInt64(role.number)) }
        let length = UInt32(bytes.count - start - PackedMember.lengthBytes)
        for index in 0..<PackedMember.lengthBytes { bytes[start + index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
        count += 1
    }

    private mutating func put(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func put(_ text: some PackableText) {
        text.withBytes { letters in
            put(UInt16(clamping: letters.count))
            bytes.append(contentsOf: letters.prefix(Int(UInt16.max)))
        }
    }
}

extension MemberList: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate let bytes: [UInt8]
        fileprivate var at = 0

        package mutating func next() -> PackedMember? {
            guard let entry = PackedMember(in: bytes, at: at) else { return nil }
            at = entry.end
            return entry
        }
    }

    package func makeIterator() -> Iterator { Iterator(bytes: bytes) }
    package var underestimatedCount: Int { count }
}

/// What a member is called.
package struct MemberNames<Text> {
    package var username: Text
    package var globalName: Text?
    package var nick: Text?
    package init(username: Text, globalName: Text?, nick: Text?) {
        self.username = username
        self.globalName = globalName
        self.nick = nick
    }
}

/// Text that can show its UTF-8.
package protocol PackableText {
    func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void)
}

extension String: PackableText {
    package func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        var text = self
        text.withUTF8(body)
    }
}

extension JSONText: PackableText {
    package func withBytes(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        if isEscaped { string.withBytes(body) } else { body(bytes) }
    }
}

/// Which part of a long list this is. Discord promises no order among them.
package struct ListPart: Hashable, Sendable {
    package let index: Int
    package let count: Int

    package init(_ index: Int, of count: Int) {
        self.index = index
        self.count = count
    }
}
