internal import Calls
package import Kit
import Machine
import Shared

/// Fetching messages back: a page at a time, within the limits, for as long as it takes.
extension DiscordLink {
    package func fetch(_ page: MissedPage) { fetch(page, failures: 0) }

    private func fetch(_ page: MissedPage, failures: Int) {
        var request = RESTRequest(.messages(page.channel))
        request.query = ["after": page.after.description, "limit": String(MissedPage.size)]
        let pause = failures == 0 ? 0 : min(1_000 << min(failures - 1, 6), 60_000)
        courier.post(
            .ask(request, afterMilliseconds: pause) { [self] outcome in fetched(page, outcome, failures: failures) })
    }

    private func fetched(_ page: MissedPage, _ outcome: HTTPOutcome, failures: Int) {
        guard case .answered(let response) = outcome, response.status < 500 else { return fetchAgain(page, failures) }
        switch response.status {
        case 200:
            do throws(JSONScanner.Malformed) {
                let bot = state.locked { $0.bot }
                inbox.deliver(FetchedPage(page, .messages(try MissedMessages.read(response.body, of: page, bot: bot))))
            } catch {
                log(.warn, "messages that were fetched back cannot be read: \(error)")
                fetchAgain(page, failures)
            }
        // The token is refused: nothing goes out any more, and everybody is told.
        case 401: break
        default: inbox.deliver(FetchedPage(page, .refused(RefusedWords.of(response))))
        }
    }

    private func fetchAgain(_ page: MissedPage, _ failures: Int) {
        guard !state.locked({ $0.isStopped }) else { return }
        fetch(page, failures: failures + 1)
    }
}
