internal import Shared

/// A month, a week or a list of days with what happens on them; two at the same time on one day are marked as a clash.
struct MonthChart {
    struct Entry: Hashable, Sendable {
        var start: Instant
        var end: Instant
        var title: String
        var isSelected = false
    }

    enum Span: Int, Hashable, Sendable, CaseIterable { case month, week, agenda }

    var entries: [Entry]
    var clock: Clock
    var glyphs: Glyphs
    /// The day that the cursor is on, else today.
    var day: Day
    var span: Span

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        switch span {
        case .month: month(&canvas, rect)
        case .week: week(&canvas, rect)
        case .agenda: agenda(&canvas, rect)
        }
    }

    private func entries(on day: Day) -> [Entry] {
        entries.filter { clock.wall($0.start).day == day }.sorted { ($0.start, $0.title) < ($1.start, $1.title) }
    }

    static func clash(_ entries: [Entry]) -> Bool {
        let sorted = entries.sorted { $0.start < $1.start }
        return zip(sorted, sorted.dropFirst()).contains { $0.end > $1.start }
    }

    private func month(_ canvas: inout Canvas, _ rect: Rect) {
        let date = day.date
        let first = Day(year: date.year, month: date.month, day: 1)
        let start = first - first.weekday
        let width = min(28, (rect.width - 1) / 7)
        let weeks = (first.weekday + days(of: date) + 6) / 7
        let height = max(1, (rect.height - 1) / weeks)
        guard width >= 4 else { return }
        canvas.put("\(Numbers.months[date.month - 1]) \(date.year)", at: rect.x, rect.y, .title)
        for (column, name) in Numbers.weekdays.enumerated() where column > 0 || width > 12 {
            canvas.put(name, at: rect.x + column * width + width - 4, rect.y, .quiet)
        }
        for index in 0..<weeks * 7 where rect.y + 1 + index / 7 * height < rect.bottom {
            let box = Rect(x: rect.x + index % 7 * width, y: rect.y + 1 + index / 7 * height, width: width - 1, height: height)
            draw(start + index, isOther: (start + index).date.month != date.month, &canvas, box)
        }
    }

    private func days(of date: (year: Int, month: Int, day: Int)) -> Int {
        let next =
            date.month == 12 ? Day(year: date.year + 1, month: 1, day: 1) : Day(year: date.year, month: date.month + 1, day: 1)
        return next - Day(year: date.year, month: date.month, day: 1)
    }

    /// The day's number, and below or beside it what happens.
    private func draw(_ which: Day, isOther: Bool, _ canvas: inout Canvas, _ box: Rect) {
        let here = entries(on: which)
        let isToday = which == clock.wall(clock.now).day
        let number = (isToday ? glyphs.pointer : "") + String(which.date.day)
        let style = which == day ? Style(.selected) : isToday ? Style(.accent, bold: true) : isOther ? .quiet : Style.plain
        canvas.put(number, in: 3, .right, at: box.x, box.y, style)
        guard !here.isEmpty else { return }
        let sign = Self.clash(here) ? "!" : here.count > 1 ? "\(here.count)" : ""
        let ink: Ink = Self.clash(here) ? .warn : .chart
        if box.height == 1 {
            let text = (sign.isEmpty ? "" : sign + " ") + here[0].title
            canvas.put(text, at: box.x + 4, box.y, Style(ink), until: box.right)
            return
        }
        canvas.put(sign, at: box.x + 4, box.y, Style(ink, bold: true), until: box.right)
        for (line, entry) in here.prefix(box.height - 1).enumerated() {
            let text = Numbers.time(clock.wall(entry.start)) + " " + entry.title
            canvas.put(
                text, at: box.x + 1, box.y + 1 + line, entry.isSelected ? Style(.accent, bold: true) : Style(ink),
                until: box.right)
        }
    }

    /// Seven columns; an hour's place is how far down it stands.
    private func week(_ canvas: inout Canvas, _ rect: Rect) {
        let monday = day - day.weekday
        let width = max(5, (rect.width - 1) / 7)
        for column in 0..<7 {
            let which = monday + column
            let x = rect.x + column * width
            guard x + 4 < rect.right else { return }
            let isToday = which == clock.wall(clock.now).day
            let head = "\(isToday ? glyphs.pointer : "")\(Numbers.weekdays[column]) \(which.date.day)"
            canvas.put(
                head, at: x, rect.y, which == day ? Style(.selected) : isToday ? Style(.accent, bold: true) : .heading,
                until: x + width - 1)
            let here = entries(on: which)
            let clash = Self.clash(here)
            for (line, entry) in here.prefix(rect.height - 1).enumerated() {
                let text = (clash ? "! " : "") + Numbers.time(clock.wall(entry.start)) + " " + entry.title
                let style = entry.isSelected ? Style(.accent, bold: true) : Style(clash ? .warn : .chart)
                canvas.put(text, at: x, rect.y + 1 + line, style, until: x + width - 1)
            }
        }
    }

    private func agenda(_ canvas: inout Canvas, _ rect: Rect) {
        let coming = entries.sorted { ($0.start, $0.title) < ($1.start, $1.title) }
        let here = coming.firstIndex { $0.isSelected } ?? coming.firstIndex { clock.wall($0.start).day >= day } ?? 0
        let first = max(0, min(here - rect.height / 2, coming.count - rect.height))
        var last: Day?
        for (line, entry) in coming.dropFirst(first).prefix(rect.height).enumerated() {
            let wall = clock.wall(entry.start)
            let head =
                last == wall.day
                ? "" : "\(Numbers.weekdays[wall.day.weekday]) \(Numbers.months[wall.day.date.month - 1]) \(wall.day.date.day)"
            last = wall.day
            canvas.put(head, in: 11, .left, at: rect.x, rect.y + line, .quiet)
            let clash = Self.clash(entries(on: wall.day))
            let style = entry.isSelected ? Style(.accent, bold: true) : Style(clash ? .warn : .plain)
            let text = "\(Numbers.time(wall))-\(Numbers.time(clock.wall(entry.end)))  \(clash ? "! " : "")\(entry.title)"
            canvas.put(text, at: rect.x + 12, rect.y + line, style, until: rect.right)
        }
    }
}
