/// One of the house's nevers: what it forbids, in the sentence that says what to do instead, and how to find it in a file.
struct Law: Sendable, CustomStringConvertible {
    let advice: String
    /// What it would find, so that a law which sees nothing is found out itself.
    let offence: (path: String, code: String)
    let find: @Sendable (SourceFile) -> [Int]

    var description: String { advice }

    func breaches(in files: [SourceFile]) -> [String] {
        files.flatMap { file in find(file).map { "\(file.path):\($0): \(advice)" } }
    }
}

extension Law {
    /// Words that may not stand in code below a folder.
    static func never(_ words: Set<String>, below folder: String = "", _ advice: String, offence: (path: String, code: String))
        -> Law
    {
        Law(advice: advice, offence: offence) { file in
            guard file.path.hasPrefix(folder) else { return [] }
            return file.words.filter { words.contains($0.text) }.map(\.line)
        }
    }
}
