package import Kit
internal import Shared

/// The house itself: how it is, what is set, which features are on, what goes out and what is due.
package enum HouseFeature {
    package static let feature = Feature(
        "house", "How the bot is, what is set, and which features are on", version: "1.0",
        rights: [.viewChannel, .sendMessages, .embedLinks],
        settings: HouseSettings.all + [faultChannel.erased],
        commands: [
            help, status, guilds, settings, setSetting, tune, unsetSetting, features, enable, disable, clients, disconnect, log,
            router, faults, fault, clearFaults, outbox, resolve, gaps, jobs, timers, backup, backups, drill, endQuarantine,
            link, confirm, unlink, people, away,
        ],
        jobs: [sweep.erased, tellFaults.erased],
        panels: [
            overviewPanel, guildsPanel, outboxPanel, faultsPanel, clientsPanel, peoplePanel, routerPanel, jobsPanel,
            timersPanel, featuresPanel, settingsPanel, logPanel,
        ],
        readings: [forgotten, measured],
        configures: configured,
        keeps: [
            Kept("your name, roles and joining date as Discord tells them", for: .always),
            Kept("the settings that you changed", for: .always), Kept("which commands you used lately", for: .fixed(1.days)),
            Kept("that and when you were forgotten", for: .always),
            Kept("which account of the console you linked yourself with", for: .always),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
