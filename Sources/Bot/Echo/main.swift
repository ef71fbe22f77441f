import CLinux
import Machine

/// Connects to a WebSocket server and sends every message back, so that suites from elsewhere can judge the layer that the
/// gateway stands on. It is built with everything else and installed nowhere.
do {
    print(try Echo(EchoPlan(Array(CommandLine.arguments.dropFirst()))).run())
} catch {
    _ = Streams.write("websocket-echo: \(error)\n".utf8, to: Streams.errors)
    exit(1)
}
