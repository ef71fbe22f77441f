/// The rooms and arrows as Package.swift draws them.
struct Manifest {
    struct Target {
        let name: String
        /// Below Sources, without a slash at the end.
        let folder: String
        let dependencies: [String]
    }

    let targets: [Target]
    let libraries: [String]

    init(_ text: String) {
        let room = #/(?:room|program)\(\s*"([^"]+)",\s*"([^"]+)",\s*on:\s*\[([^\]]*)\]\s*,?\s*\)/#
        let plain =
            #/\.(?:target|executableTarget)\(\s*name: "([^"]+)",(?:\s*dependencies: \[([^\]]*)\],)?\s*path: "Sources/([^"]+)"/#
        let rooms = text.matches(of: room).map {
            Target(name: String($0.output.1), folder: String($0.output.2), dependencies: Self.names(in: $0.output.3))
        }
        let others = text.matches(of: plain).map {
            Target(name: String($0.output.1), folder: String($0.output.3), dependencies: Self.names(in: $0.output.2 ?? ""))
        }
        targets = rooms + others
        libraries = text.matches(of: #/library\("([^"]+)"\)/#).map { String($0.output.1) }
    }

    /// The room whose folder is the nearest above a file.
    func target(of file: SourceFile) -> Target? {
        let below = file.path.dropFirst("Sources/".count)
        return targets.filter { below.hasPrefix($0.folder + "/") }.max { $0.folder.count < $1.folder.count }
    }

    func target(named name: String) -> Target? { targets.first { $0.name == name } }

    private static func names(in list: Substring) -> [String] {
        list.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
    }
}
