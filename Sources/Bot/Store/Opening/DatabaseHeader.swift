/// The first hundred bytes of a database file.
enum DatabaseHeader {
    /// How long the file must be, as far as the header knows.
    static func bytes(_ header: [UInt8]) -> Int64 {
        guard header.count >= 100 else { return 100 }
        func number(_ start: Int, _ width: Int) -> Int64 { header[start..<(start + width)].reduce(0) { $0 << 8 | Int64($1) } }
        let page = number(16, 2) == 1 ? 65_536 : number(16, 2)
        // The count of pages means something only when the last writer kept it.
        return number(24, 4) == number(92, 4) ? page * number(28, 4) : page
    }
}
