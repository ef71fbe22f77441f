internal import Commands
internal import Machine

Streams.ignoreBrokenPipes()
switch Shell.run(.here(version: "0.1.0")) {
case .finished(let code): exitNow(code.rawValue)
case .screen: exitNow(0)
}
