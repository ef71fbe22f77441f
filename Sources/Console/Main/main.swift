internal import Commands
internal import Link
internal import Machine
internal import Terminal

Streams.ignoreBrokenPipes()
let world = World.here(version: "0.1.0")
switch Shell.run(world) {
case .finished(let code): exitNow(code.rawValue)
case .screen(let socket, let host):
    do {
        let address = ControlAddress(socket: socket, host: host, environment: world.environment)
        try Session(address: address, environment: world.environment).run()
        exitNow(ExitCode.done.rawValue)
    } catch {
        world.say("hearth: the screen cannot start: \(error)")
        exitNow(ExitCode.failed.rawValue)
    }
}
