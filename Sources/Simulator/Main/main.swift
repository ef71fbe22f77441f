import CLinux
import Shared
import Simulator

do throws(Options.Mistake) {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    if options.wantsHelp {
        say(help, on: STDOUT_FILENO)
        exit(0)
    }
    exit(Run(options).untilStopped())
} catch {
    complain("hearth-simulator: \(error.text)")
    exit(2)
}
