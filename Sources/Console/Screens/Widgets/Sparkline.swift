/// A row of numbers in as many cells.
enum Sparkline {
    /// Zero is the lowest mark, what is not known a gap.
    static func draw(_ values: [Double?], _ glyphs: Glyphs) -> String {
        let most = values.compactMap { $0 }.max() ?? 0
        return values.map { value in
            guard let value else { return " " }
            let level = most > 0 ? 1 + Int((max(0, value) / most * 7).rounded()) : 1
            return glyphs.levels[min(8, level)]
        }.joined()
    }
}
