import Simulator

let help = """
    hearth-simulator: a simulated Discord on 127.0.0.1, strict as the real one, for demos and tests

    usage: hearth-simulator [options]
      --port N            port of REST and gateway; 0 (the default) takes a free one
      --seed N            the same seed makes the same community (default 1)
      --community MOOD    lively (default), quiet or none
      --pace X            how many times faster the community lives (default 1)
      --load N            send N prepared messages as soon as a bot listens
      --guilds N, --channels N, --members N
                          … among so many guilds (default 1), channels of each (5) and members of each (100)
      --rate N            … at most so many a second; without it as fast as the socket takes them
      --held              … all made and packed before the first one goes out
      --faults FILE       a fault script: [{"fault": "429-user", "chance": 0.01, "times": 100, "route": "POST /channels/{channel_id}/messages"}]
      --replay N          events that a dropped session keeps for a resume (default 1000)
      --token TEXT        the bot's token (default \(BotAccount.madeUpToken))
      --no-content, --no-members, --no-presences
                          switch a privileged intent off, as the developer portal would
      --help              this text

    Prints one line when it is ready: ready http://127.0.0.1:PORT/api/v10
    A bot connects with DISCORD_API_BASE set to that address. Ends on SIGINT or SIGTERM.
    HEARTH_OPENAPI names a copy of Discord's OpenAPI document; requests are then held against it.

    The door for tests, JSON in and out, on the same port (names or ids; guild may be left out for the first one):
      POST /simulator/says     {"channel", "author", "text", "guild"?, "reply_to"?, "bot"?} -> {"message_id", "channel_id"}
      POST /simulator/reacts   {"channel", "message", "author", "emoji", "remove"?}
      POST /simulator/slash    {"channel", "author", "command": "activity profile", "options"?: {"member": "@name"}} -> {"interaction_id"}
      POST /simulator/clicks   {"channel", "message", "author", "component": custom id or label} -> {"interaction_id"}
      POST /simulator/joins    {"author", "guild"?, "bot"?} -> {"user_id"}
      POST /simulator/voice    {"author", "guild"?, "channel": name or null, "mute"?, "deaf"?}
      POST /simulator/load     {"events", "rate"?, "guild"?, "channels"?, "members"?, "seed"?, "replies"?, "held"?}
      POST /simulator/faults   a fault script, or {"stop": true}
      POST /simulator/rules    {"heartbeat_ms"?, "replay_events"?, "replay_window_s"?, "nonce_window_s"?, "identify_total"?, "trims_by_heartbeat"?}
      GET  /simulator/ledger   what people and the bot really did: counts, and every message of the bot
      GET  /simulator/oracle?guild=      what a bot that lost nothing has counted: messages, points in thousandths, by day
      GET  /simulator/violations         what Discord would have frowned on
      GET  /simulator/messages?channel=&guild=&limit=
      GET  /simulator/interaction?id=    how the bot answered
      GET  /simulator/state              sessions, guilds, channels, members, faults

    """
