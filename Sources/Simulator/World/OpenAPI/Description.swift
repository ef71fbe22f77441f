internal import CLinux
import Shared

/// Discord's own description of its API, where a copy of it lies at hand. It is read once a process.
struct Description: Sendable {
    struct Complaint: Sendable {
        let path: [String]
        let reason: String
        var isUnknownField = false
    }

    static let known: Description? = file.flatMap { Description(document: $0) }

    private let schemas: [String: JSON]
    private let bodies: [String: JSON]

    init?(document: JSON) {
        guard let paths = document["paths"]?.object, let named = document["components"]?["schemas"]?.object else { return nil }
        schemas = Dictionary(named.members.map { ($0.key, $0.value) }) { $1 }
        var bodies: [String: JSON] = [:]
        for (path, item) in paths.members {
            for (method, operation) in item.object?.members ?? [] {
                guard let schema = operation["requestBody"]?["content"]?["application/json"]?["schema"] else { continue }
                bodies[method.uppercased() + " " + Self.shape(path)] = schema
            }
        }
        self.bodies = bodies
    }

    /// What is wrong with a body; nothing when the document does not know the route.
    func complaints(about body: JSON, method: String, template: String) -> [Complaint] {
        guard let schema = bodies[method + " " + Self.shape(template)] else { return [] }
        return SchemaCheck(schemas: schemas).check(body, against: schema, at: [])
    }

    /// Parameters have other names in other places.
    private static func shape(_ path: String) -> String {
        path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }

    private static var file: JSON? {
        if let named = getenv("HEARTH_OPENAPI") { return read(String(cString: named)) }
        var folder = "."
        for _ in 0..<8 {
            if access(folder + "/Package.swift", R_OK) == 0 { return read(folder + "/../shared/discord/openapi.json") }
            folder += "/.."
        }
        return nil
    }

    private static func read(_ path: String) -> JSON? { (try? readFile(path)).flatMap { try? JSON(parsing: $0) } }
}

/// A file's bytes, whole.
package func readFile(_ path: String) throws(Refusal) -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Refusal(404, 0, "cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes.append(contentsOf: chunk[..<count]) }
    return bytes
}
