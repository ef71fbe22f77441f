package import Kit
package import Shared

/// Reads a page of messages as REST hands it over: a list, the newest first, of messages that do not name their guild.
package enum MissedMessages {
    /// Oldest first.
    package static func read(_ body: [UInt8], of page: MissedPage, bot: ID<Member>?) throws(JSONScanner.Malformed)
        -> [MessageSeen]
    {
        let found = body.withUnsafeBufferPointer { bytes in
            Result { () throws(JSONScanner.Malformed) in try read(bytes, of: page, bot) }
        }
        return try found.get().sorted { $0.id < $1.id }
    }

    private static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, of page: MissedPage, _ bot: ID<Member>?
    ) throws(JSONScanner.Malformed) -> [MessageSeen] {
        var scanner = JSONScanner(bytes)
        var found: [MessageSeen] = []
        try scanner.enterArray()
        while try scanner.item() {
            _ = scanner.peek()
            let start = scanner.offset
            try scanner.skip()
            let one = UnsafeBufferPointer(rebasing: bytes[start..<scanner.offset])
            var inside = JSONScanner(one)
            if var message = try inside.message(in: one, mentioning: bot), message.channel == page.channel {
                message.guild = page.guild
                found.append(message)
            }
        }
        try scanner.finish()
        return found
    }
}
