internal import Machine
internal import Shared

/// `--file`: a command's one long text, such as a calendar or another bot's levels, out of a file or from standard input.
struct LongText {
    /// What fits on a line is not looked for in a file.
    private static let longest: Int64 = 10_000

    let parameter: ControlParameter
    let text: String

    /// Nil where no file was named.
    init?(for method: ControlMethod, _ options: Options, _ world: World) throws(Complaint) {
        guard let file = options.file else { return nil }
        let wanted = method.parameters.first { $0.kind == .text && !$0.isDocument && ($0.most?.int ?? 0) >= Self.longest }
        guard let wanted else {
            throw Complaint(.usage, "\(method.name.spoken) has no long text that a file could hold", "Leave --file out.")
        }
        let bytes: [UInt8]
        if file == "-" {
            bytes = Streams.readAll(from: world.input)
        } else {
            do throws(SystemError) { bytes = try Files.read(file, atMost: 1 << 20) } catch {
                throw Complaint(.usage, "the file cannot be read: \(error)")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(.usage, "\(file) is no text in UTF-8", "Save it as UTF-8 and try again.")
        }
        parameter = wanted
        self.text = text
    }
}
