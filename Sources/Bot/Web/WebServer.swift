internal import Kit
internal import Machine
internal import Shared

/// The web door: how the house is, what it measures, and what keys let programs read. It only ever answers questions.
package final class WebServer: Sendable {
    private let listener: Descriptor
    private let daemon: HTTPDaemon
    /// The one that was taken.
    package let port: Int

    package struct Refused: Error, CustomStringConvertible {
        package let description: String
    }

    package init(_ setting: WebSetting) throws(Refused) {
        let pages = Pages(setting)
        do throws(SystemError) {
            (listener, port) = try Sockets.listenOnAddress(setting.address, port: setting.port)
            daemon = try HTTPDaemon(
                on: listener.copied(), asking: HTTPDaemon.Desk(turnsAway: pages.turnsAway, answer: pages.answer))
        } catch {
            throw Refused(description: "the web door does not open: \(error)")
        }
    }

    package func stop() { daemon.stop() }
}
