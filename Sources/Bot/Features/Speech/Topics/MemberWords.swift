internal import Kit
internal import Shared

extension Directory {
    /// Which of these words, in small letters, are a member's name or a part of one; one look at all members.
    func names(among words: Set<String>, in guild: ID<Guild>) -> Set<String> {
        guard !words.isEmpty else { return [] }
        var found: Set<String> = []
        each(in: guild) { member in
            let names = member.names
            for name in [names.username, names.globalName, names.nick].compactMap(\.self) {
                for part in Words.parts(ofName: String(decoding: name, as: UTF8.self)) where words.contains(part) {
                    found.insert(part)
                }
            }
        }
        return found
    }
}
