import Machine

/// All Swift files of the checkout that these tests were built from.
struct SourceTree {
    let sources: [SourceFile]
    let tests: [SourceFile]
    let manifest: Manifest

    static let checkout = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    /// Read once for all tests.
    static let here = Result { try SourceTree() }

    private init() throws {
        sources = try Self.swiftFiles(in: "Sources")
        tests = try Self.swiftFiles(in: "Tests")
        manifest = Manifest(String(decoding: try Files.read(Self.checkout + "/Package.swift"), as: UTF8.self))
    }

    private static func swiftFiles(in folder: String) throws -> [SourceFile] {
        try Files.names(in: "\(checkout)/\(folder)").flatMap { name -> [SourceFile] in
            let path = "\(folder)/\(name)"
            if try Files.status("\(checkout)/\(path)").isFolder { return try swiftFiles(in: path) }
            guard name.hasSuffix(".swift") else { return [] }
            return [SourceFile(path: path, text: String(decoding: try Files.read("\(checkout)/\(path)"), as: UTF8.self))]
        }
    }
}
