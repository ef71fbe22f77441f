internal import Kit
internal import Settings
internal import Shared

/// The door of YAML: what somebody wrote, read with libyaml.
enum ReadYAML {
    static func node(of text: String) throws(Refusal) -> YAMLNode? {
        do throws(YAMLReader.Malformed) { return try YAMLReader.read(Array(text.utf8)) } catch {
            throw .invalid(
                "Line \(error.line), column \(error.column): \(error.text).",
                hint: "Mend that place; what a text of mine looks like shows guild export.")
        }
    }
}
