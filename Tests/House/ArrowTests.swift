import Testing

@Suite("The house's arrows")
struct ArrowTests {
    private let tree: SourceTree
    init() throws { tree = try SourceTree.here.get() }

    /// What a room may stand on, by the place where it lies; C libraries apart.
    private static func mayUse(_ from: Manifest.Target, _ to: Manifest.Target) -> Bool {
        let shared = to.folder.hasPrefix("Shared")
        let place = from.folder.split(separator: "/")
        switch place.first {
        case "Shared": return shared
        case "Simulator", "Console": return shared || to.folder.split(separator: "/").first == place.first
        case "Bot":
            switch place.dropFirst().first {
            case "Main": return shared || to.folder.hasPrefix("Bot/")
            case "Echo": return shared || to.name == "Discord"
            case "Kit", "Calls": return to.name == "Shared"
            case "Features": return to.name == "Shared" || to.name == "Kit"
            case "Discord", "Oracle": return shared || to.name == "Kit" || to.name == "Calls"
            default: return shared || to.name == "Kit"
            }
        default: return false
        }
    }

    private static let law = """
        Shared stands on nothing else; Kit and Calls on Shared; a wing on Kit and Shared; Engine, Discord, Store and Control on Kit and \
        Shared, never on each other; Calls is for Discord and Oracle; Main on everybody; Echo on Discord; the console and the simulator \
        on Shared alone
        """

    @Test("Package.swift is understood: its rooms are those that have files")
    func manifest() {
        #expect(tree.manifest.libraries.contains("CNcurses"))
        for file in tree.sources where tree.manifest.target(of: file) == nil {
            Issue.record("\(file.path): no room of Package.swift holds this file; add a room, or move the file into one")
        }
        for target in tree.manifest.targets
        where !tree.sources.contains(where: { tree.manifest.target(of: $0)?.name == target.name }) {
            Issue.record("Package.swift: the room \(target.name) is empty; take it out")
        }
    }

    @Test("no room stands on one that it may not know")
    func arrows() {
        for target in tree.manifest.targets {
            for name in target.dependencies {
                guard let other = tree.manifest.target(named: name) else {
                    if !tree.manifest.libraries.contains(name) {
                        Issue.record("Package.swift: \(target.name) stands on \(name), which is unknown")
                    }
                    continue
                }
                if !Self.mayUse(target, other) {
                    Issue.record("Package.swift: \(target.name) may not stand on \(name). \(Self.law)")
                }
            }
        }
    }

    @Test("a wing and Kit import no C library")
    func pureRooms() {
        for target in tree.manifest.targets
        where target.folder.hasPrefix("Bot/Features/") || target.name == "Kit" || target.name == "Screens" {
            for name in target.dependencies where tree.manifest.libraries.contains(name) {
                Issue.record(
                    "Package.swift: \(target.name) may not stand on \(name); declare a port in Kit and let an adapter serve it")
            }
        }
    }

    @Test("every import is an arrow of Package.swift")
    func imports() {
        let known = Set(tree.manifest.targets.map(\.name) + tree.manifest.libraries)
        for file in tree.sources {
            guard let target = tree.manifest.target(of: file) else { continue }
            for (module, line) in file.imports
            where known.contains(String(module)) && !target.dependencies.contains(String(module)) {
                Issue.record(
                    "\(file.path):\(line): \(target.name) has no arrow to \(module); add it to Package.swift, or do without. \(Self.law)"
                )
            }
        }
    }

    @Test("every arrow of Package.swift is walked")
    func unusedArrows() {
        for target in tree.manifest.targets {
            let files = tree.sources.filter { tree.manifest.target(of: $0)?.name == target.name }
            let imported = Set(files.flatMap { $0.imports.map { String($0.module) } })
            for name in target.dependencies where !imported.contains(name) && !Self.isUnfurnished(files) {
                Issue.record("Package.swift: \(target.name) never imports \(name); take the arrow out")
            }
        }
    }

    @Test("two features of a wing do not peek at each other")
    func siblings() {
        for breach in Self.peeks(in: tree.sources) { Issue.record("\(breach)") }
        let bad = SourceFile(path: "Sources/Bot/Features/Pulse/Levels/RaiseLevel.swift", text: "let a = Activity.points\n")
        let other = SourceFile(path: "Sources/Bot/Features/Pulse/Activity/Activity.swift", text: "enum Activity {}\n")
        #expect(Self.peeks(in: [bad, other]).count == 1)
    }

    /// A feature's folder has the name of its namespace.
    private static func peeks(in files: [SourceFile]) -> [String] {
        let inWings = files.filter { $0.path.hasPrefix("Sources/Bot/Features/") && $0.folders.count > 4 }
        let features = Dictionary(grouping: inWings) { $0.folders[3] }.mapValues { Set($0.map { $0.folders[4] }) }
        return inWings.flatMap { file in
            let siblings = (features[file.folders[3]] ?? []).subtracting([file.folders[4]])
            return file.words.filter { siblings.contains($0.text[...]) && $0.before != UInt8(ascii: ".") }.map { word in
                "\(file.path):\(word.line): a neighbour, \(word.text), is none of its business; announce news, or declare a reading in Kit"
            }
        }
    }

    @Test("file names are unique in a wing, so that a verb is found by its name")
    func uniqueNames() {
        let wings = Dictionary(grouping: tree.sources.filter { $0.path.hasPrefix("Sources/Bot/Features/") }) { $0.folders[3] }
        for files in wings.values {
            for (name, same) in Dictionary(grouping: files, by: \.name) where same.count > 1 {
                Issue.record(
                    "\(same.map(\.path).joined(separator: ", ")): \(name) is the name of several files; say which feature is meant"
                )
            }
        }
    }

    private static func isUnfurnished(_ files: [SourceFile]) -> Bool {
        files.allSatisfy { $0.name == "Room" || $0.words.count < 12 }
    }
}
