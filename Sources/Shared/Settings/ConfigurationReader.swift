internal import Shared

/// Reads a configuration out of a file's bytes and an environment: pure, and complaining of all that is wrong at once.
package struct ConfigurationReader {
    package private(set) var configuration = Configuration()
    package private(set) var complaints: [Complaint] = []
    /// Variables that look like ours and are not: they may belong to somebody else, so they are told, not refused.
    package private(set) var warnings: [Complaint] = []

    package init() {}

    /// The name is how complaints call the file.
    package mutating func read(_ bytes: [UInt8], named file: String) {
        do throws(YAMLReader.Malformed) {
            guard let root = try YAMLReader.read(bytes), !root.isEmpty else { return }
            guard case .mapping(let members) = root.content else {
                complaints.append(Complaint(.line(file: file, root.line), "expected keys with values, found \(root.quoted)"))
                return
            }
            for member in members { take(member, under: "", file) }
        } catch {
            complaints.append(Complaint(.line(file: file, error.line), error.text))
        }
    }

    package mutating func read(environment: [String: String]) {
        warn(environment)
        for key in ConfigurationKey.all {
            guard let name = key.variables.first(where: { environment[$0] != nil }), let value = environment[name] else {
                continue
            }
            do throws(Unfit) {
                try key.apply(value, to: &configuration)
            } catch {
                complaints.append(Complaint(.environment(name), "\(error.reason); expected \(key.noun)"))
            }
        }
    }

    private mutating func warn(_ environment: [String: String]) {
        let known = ConfigurationKey.all.flatMap(\.variables) + ["HEARTH_CONFIG"]
        for name in environment.keys.sorted() where name.hasPrefix("HEARTH_") && !known.contains(name) {
            guard let meant = nearest(to: name, among: known) else { continue }
            warnings.append(Complaint(.environment(name), "nothing reads this; did you mean \(meant)?"))
        }
    }

    /// Nobody reads more complaints at once, and a file that is all wrong is not looked through to its end.
    private static let mostComplaints = 50

    private mutating func take(_ member: YAMLNode.Member, under group: String, _ file: String) {
        guard complaints.count < Self.mostComplaints else { return }
        let path = group.isEmpty ? member.key : "\(group).\(member.key)"
        if let key = ConfigurationKey.all.first(where: { $0.path == path }) {
            do throws(Unfit) {
                try key.apply(member.value, to: &configuration)
            } catch {
                let place = Complaint.Place.line(file: file, error.line)
                complaints.append(Complaint(place, "\(path): \(error.reason); expected \(key.noun)"))
            }
        } else if ConfigurationKey.all.contains(where: { $0.path.hasPrefix(path + ".") }) {
            if case .mapping(let members) = member.value.content {
                for member in members { take(member, under: path, file) }
            } else if !member.value.isEmpty {
                let place = Complaint.Place.line(file: file, member.line)
                complaints.append(Complaint(place, "\(path): expected keys below it, found \(member.value.quoted)"))
            }
        } else {
            let hint = Self.suggestion(for: path).map { "; did you mean \"\($0)\"?" } ?? ""
            complaints.append(Complaint(.line(file: file, member.line), "unknown key \"\(path)\"\(hint)"))
        }
    }

    /// The nearest key or group; a right name in the wrong group leads to the right one.
    static func suggestion(for path: String) -> String? {
        let paths = ConfigurationKey.all.map(\.path)
        let groups = Set(paths.flatMap { path in path.indices.filter { path[$0] == "." }.map { String(path[..<$0]) } })
        let leaf = path.split(separator: ".").last ?? ""
        return nearest(to: path, among: paths + groups.sorted()) ?? paths.first { $0.hasSuffix(".\(leaf)") }
    }
}
