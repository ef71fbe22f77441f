internal import Machine

extension Configuration {
    /// The configuration of this process: defaults, then the file, then the environment. A file that was named must be there;
    /// of those at the usual places the first that exists is read, and none is fine.
    package static func load(
        file named: String? = nil, environment: [String: String], isRoot: Bool
    ) throws(ConfigurationRefused) -> (configuration: Configuration, file: String?, warnings: [Complaint]) {
        var reader = ConfigurationReader()
        let explicit = named ?? environment["HEARTH_CONFIG"]
        let usual = Places.configurations(environment: environment, isRoot: isRoot)
        let file = explicit ?? usual.first(where: Files.exists)
        if let file {
            do throws(SystemError) {
                reader.read(try Files.read(file, atMost: 1 << 20), named: file)
            } catch {
                throw ConfigurationRefused([Complaint(.file(file), error.description)])
            }
        }
        reader.read(environment: environment)
        guard reader.complaints.isEmpty else { throw ConfigurationRefused(reader.complaints) }
        let placed = reader.configuration.placed(in: Places(environment: environment, isRoot: isRoot))
        return (placed, file, reader.warnings)
    }
}
