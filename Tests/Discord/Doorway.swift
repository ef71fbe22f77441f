import Machine
import Testing

/// Debian's nghttpx before a partner on this machine: whoever comes to it over TLS is offered HTTP/2. Its certificate is
/// its own and as old as the test.
final class Doorway {
    struct Closed: Error, CustomStringConvertible {
        let description: String
    }

    static let isPossible = ["/usr/sbin/nghttpx", "/usr/bin/openssl"].allSatisfy(Files.exists)

    let port: Int
    private let folder: String
    private var program: Child?
    private static let patience = 10_000

    init() throws {
        folder = "/tmp/hearth-door-\(UInt64.random(in: 0 ... .max))"
        try Files.makeFolder(folder)
        (_, port) = try Sockets.listenOnLoopback(port: 0)
        let words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
        let files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
        let openssl = try Child(["/usr/bin/openssl"] + words.split(separator: " ").map(String.init) + files, silent: true)
        _ = Streams.readAll(from: openssl.conversation.number)
    }

    deinit {
        program = nil
        do {
            for name in try Files.names(in: folder) { try Files.remove("\(folder)/\(name)") }
            try Files.removeFolder(folder)
        } catch {
            Issue.record("the folder \(folder) stays behind: \(error)")
        }
    }

    var certificate: String { folder + "/certificate" }
    private var key: String { folder + "/key" }
    private var visits: String { folder + "/visits" }

    /// Who comes is led to this port of this machine.
    func open(before partner: Int) throws {
        program = try Child(
            [
                "/usr/sbin/nghttpx", "--conf=/dev/null", "--single-process", "--workers=1", "--no-ocsp",
                "--frontend=127.0.0.1,\(port)", "--backend=127.0.0.1,\(partner)", "--errorlog-file=\(folder)/errors",
                "--accesslog-file=\(visits)", "--accesslog-format=$alpn $remote_port $method $path", key, certificate,
            ], silent: true)
        let pause = Mailbox<Void>()
        let deadline = MonotonicTime.now.adding(milliseconds: Self.patience)
        while (try? Sockets.connectToLoopback(port: port)) == nil {
            guard MonotonicTime.now < deadline else { throw Closed(description: "nghttpx does not start") }
            _ = pause.receive(within: 10)
        }
    }

    /// One request that went through.
    struct Visit: Hashable {
        let spoken: String
        let connection: String
        let asked: String
    }

    func visited() throws -> [Visit] {
        String(decoding: try Files.read(visits), as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2).map(String.init)
            return words.count == 3 ? Visit(spoken: words[0], connection: words[1], asked: words[2]) : nil
        }
    }
}
