/// The folder that these tests were built from.
enum Checkout {
    static func path(_ relative: String, from file: String = #filePath) -> String {
        file.split(separator: "/").dropLast(4).map { "/" + $0 }.joined() + "/" + relative
    }
}
