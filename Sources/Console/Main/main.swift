internal import Commands
internal import Link
internal import Machine
internal import Terminal

Streams.ignoreBrokenPipes()
let world = World.here(version: "0.1.0")
switch Shell.run(world) {
case .finished(let code): exitNow(code.rawValue)
case .screen(let entry):
    do {
        let address = ControlAddress(socket: entry.socket, host: entry.host, environment: world.environment)
        try Session(address: address, identity: entry.identity, environment: world.environment).run()
        exitNow(ExitCode.done.rawValue)
    } catch {
        world.say("hearth: the screen cannot start: \(error)")
        exitNow(ExitCode.failed.rawValue)
    }
}
