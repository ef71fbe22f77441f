package import Kit
internal import Shared

/// Leads who joins a server from its rules through its questions to their roles. Wherever somebody stops, and whatever becomes of
/// the process meanwhile, they go on from there.
package enum Onboarding {
    package static let feature = Feature(
        "onboarding", "Leads new members from the rules through the questions to their roles", version: "1.0",
        needs: ["privacy"],
        settings: settings,
        schema: schema,
        commands: [
            start, accept, answer, finish, post, overview, funnel, list, show, reset, dismiss, questions, add, edit,
            choice, dropChoice, move, remove, restore, preview, export,
        ],
        listeners: [hearMembers, hearGuilds, hearDeletions, hearChannels, hearRules, hearSettings],
        jobs: [
            searched.erased, posted.erased, redrawn.erased, looked.erased, refresh.erased, greet.erased, greeted.erased,
            given.erased, tend.erased, reminded.erased, removed.erased,
        ],
        panels: [funnelPanel, journeysPanel, questionsPanel],
        readings: [checkup],
        keeps: [
            Kept("how far you came in the onboarding, and which rules you accepted when", for: .always),
            Kept("what you answered in the onboarding", for: .setting("onboarding.keep")),
            Kept("that you were removed for never finishing it", for: .fixed(180.days)),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
