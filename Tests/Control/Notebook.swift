import Kit
import Machine
import Shared

/// The state of the small house that these tests talk to: notes with points, in the order in which they were written.
final class Notebook: Sendable {
    struct Note: Hashable, Sendable {
        var name: String
        var points: Int
    }

    private let state = Lock<[Note]>([])

    var notes: [Note] {
        get { state.locked { $0 } }
        set { state.locked { $0 = newValue } }
    }

    func put(_ name: String, _ points: Int) {
        state.locked { notes in
            notes.removeAll { $0.name == name }
            notes.append(Note(name: name, points: points))
        }
    }

    func count() -> Int { state.locked { $0.count } }
}

extension Notebook {
    struct Broken: Error {}

    func catalogue() throws -> Catalogue {
        let add = Command(
            "notes.add", "Write a note", access: .moderate, also: ["jot"], scope: .house, changes: true,
            returns: .record(["name": .text, "points": .whole]), example: "name: tea points: 3",
            .text("name", "What it is called", longest: 70_000), .whole("points", "What it is worth", 0...1_000_000, default: 1)
        ) { [self] turn, name, points in
            put(name, points)
            turn.change("note \(name)", from: .null, to: .int(Int64(points)))
            turn.emit(.addRole(guild: try one(), member: try one(), role: .known(try one()), reason: "a note"))
            return .done(Card(text: "Written."), data: ["name": .string(name), "points": .int(Int64(points))])
        }
        let list = Command(
            "notes.list", "All notes", scope: .house, changes: false,
            returns: .record(["rows": .list(.record(["name": .text, "written_ms": .instant, "written": .instant]))]),
            .whole("limit", "How many", 1...500, default: 2), .optional(.text("cursor", "Where to go on"))
        ) { [self] _, limit, cursor in
            let start = cursor.flatMap(Int.init) ?? 0
            let page = notes.dropFirst(start).prefix(limit)
            let rows = JSON.array(page.map { ["name": .string($0.name)] })
            let next = start + page.count
            return .page(Card(text: "Notes"), data: ["rows": rows], next: next < count() ? String(next) : nil)
        }
        let clear = Command(
            "notes.clear", "Throw all notes away", access: .houseOwner, scope: .house, changes: true, returns: .nothing
        ) { [self] turn in
            turn.touch(members: count())
            notes = []
            return .done(Card(text: "Gone."), data: .null)
        }
        let mine = Command(
            "notes.mine", "What somebody wrote", isForMembers: true, changes: false, returns: .record(["member": .id]),
            .memberOrSelf("of", "Whose")
        ) { _, member in .done(Card(text: "Yours."), data: ["member": .id(member)]) }
        let fail = Command("notes.fail", "Go wrong", scope: .house, changes: false, returns: .nothing) { _ in throw Broken() }
        let kind = Command(
            "notes.kind", "Every kind of parameter", scope: .either, isSlow: true, changes: true, returns: .list(.anything),
            .yesNo("loud", "Loudly?", default: false),
            .choice("size", "How big", [Choice("Small", "s"), Choice("Large", "l")]),
            .duration("every", "How often", 5.minutes...30.days, bare: .minutes, default: 1.hours),
            .decimal("rate", "How fast", 0...1, default: 0.5), .lookup("note", "Which", noteNames)
        ) { _, _, size, _, _, note in .done(Card(text: "Fine."), data: [.string(size), .string(note)]) }
        let feature = Feature(
            "notes", "Notes for tests", version: "1.2", commands: [add, list, clear, mine, fail, kind], panels: panels,
            export: { _, _ in .null }, erase: { _, _ in 0 })
        return try Catalogue([feature])
    }

    private var noteNames: Lookup {
        Lookup("note") { [self] _, text in
            notes.map(\.name).filter { $0.hasPrefix(text) }.prefix(25).map { Choice($0, $0) }
        }
    }

    private var panels: [Panel] {
        let columns: [Panel.Column] = [
            .init("name", "Note", .text), .init("points", "Points", .number), .init("who", "By", .member),
        ]
        let board = Panel(
            "notes.board", "Notes", "All notes and what they are worth", scope: .house, tables: ["notes"], columns: columns,
            actions: [.init("notes.add", "Again", ["name": "name"])], .whole("least", "Points at least", 0...1000, default: 0)
        ) { [self] _, least in
            notes.filter { $0.points >= least }.map { note in
                .init(
                    note.name,
                    ["name": .string(note.name), "points": .int(Int64(note.points)), "who": ["id": "7", "name": "Ann"]])
            }
        }
        let pulse = Panel(
            "notes.pulse", "Pulse", "How many notes there are, by time", scope: .house, tables: [],
            columns: [.init("count", "Notes", .number)], refresh: 1.seconds
        ) { [self] _ in [.init("count", ["count": .int(Int64(count()))])] }
        let local = Panel(
            "notes.local", "Local", "Only in a server", access: .moderate, tables: ["notes"], columns: columns
        ) { turn in [.init("guild", ["name": .string(try turn.requireGuild().description)])] }
        return [board, pulse, local]
    }

    private func one<Kind>() throws -> ID<Kind> {
        guard let id = ID<Kind>(Int64(1)) else { throw Broken() }
        return id
    }
}
