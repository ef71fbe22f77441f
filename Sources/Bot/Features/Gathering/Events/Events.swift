package import Kit

/// Events with answers, reminders and attendance: what is announced is one message for each time that an event comes.
package enum Events {
    package static let feature = Feature(
        "events", "Events: answers, waiting lists, reminders, attendance, calendars", version: "1.0",
        rights: [.addReactions, .createEvents, .createPublicThreads, .sendMessagesInThreads],
        settings: settings,
        schema: schema,
        commands: [
            create, edit, cancel, uncancel, archive, restore, clone, skip, move, keep, list, mine, show, preview, answer,
            answered,
            repost, unanswered, remind, openThread, attend, attendance, export, importing,
        ],
        listeners: [hearReactions, hearDeletions, hearLeaving, hearLadder, watchVoice, seeVoice],
        jobs: [
            phase.erased, refresh.erased, posted.erased, redrawn.erased, reminder.erased, spaceOpened.erased,
            nativeMade.erased, nativeChanged.erased, nativeStatus.erased, toldOfSeat.erased, sweep.erased,
        ],
        panels: [agendaPanel, answersPanel, attendancePanel],
        readings: [measures, checkup],
        configures: [configured],
        keeps: keeps,
        export: exportPersonal,
        erase: erasePersonal)
}
