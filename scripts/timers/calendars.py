#!/usr/bin/env python3
"""Reads a calendar file that Hearth wrote with programs that know nothing of it, and says where they differ.

    calendars.py FILE    FILE is JSON: the calendar, and the next times of each event as Hearth gives them

The zones in the file are held against Python's own, the times against python-dateutil, the file itself against icalendar.
"""
import datetime as dt
import io
import json
import re
import sys
import zoneinfo

import icalendar
from dateutil import tz
from dateutil.rrule import rrulestr

UTC = dt.timezone.utc


def zones(text, years):
    """How many offsets of the file's zones are not those of the zones that they are named for."""
    described = tz.tzical(io.StringIO(text.replace("\r\n", "\n")))
    wrong = looked = 0
    for name in described.keys():
        there, here = described.get(name), zoneinfo.ZoneInfo(name)
        at = dt.datetime(2026, 1, 1)
        while at.year < 2026 + years:
            wrong += at.replace(tzinfo=there).utcoffset() != at.replace(tzinfo=here).utcoffset()
            looked += 1
            at += dt.timedelta(hours=7)
    return wrong, looked


def times(entries, count):
    """When an event comes next, what is left out or moved among it."""
    main = next(one for one in entries if "RECURRENCE-ID" not in one)
    start = main["DTSTART"].dt
    zone = start.tzinfo

    def wall(match):
        end = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return "UNTIL=" + end.astimezone(zone).strftime("%Y%m%dT%H%M%S")

    rule = re.sub(r"UNTIL=(\d+T\d+)Z", wall, main["RRULE"].to_ical().decode())
    left_out = [one.dt for one in main["EXDATE"].dts] if "EXDATE" in main else []
    comes = [one.replace(tzinfo=zone) for one in rrulestr(rule, dtstart=start.replace(tzinfo=None))[: count + 10]]
    comes = [one for one in comes if one not in left_out]
    for one in entries:
        if "RECURRENCE-ID" in one:
            comes.remove(one["RECURRENCE-ID"].dt)
            comes.append(one["DTSTART"].dt)
    return sorted(int(one.timestamp() * 1000) for one in comes)[:count]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        told = json.load(file)
    entries = {}
    for one in icalendar.Calendar.from_ical(told["calendar"]).walk("VEVENT"):
        entries.setdefault(str(one["UID"]), []).append(one)
    wrong, looked = zones(told["calendar"], 5)
    for event in told["events"]:
        own = entries[event["uid"]]
        texts = [str(own[0]["SUMMARY"]), str(own[0].get("DESCRIPTION", ""))]
        comes = times(own, len(event["times_ms"]))
        if texts != [event["title"], event["description"]] or comes != event["times_ms"]:
            wrong += 1
            print(f"{event['title']}: {texts}, {comes} instead of {event['times_ms']}")
    print(f"{len(told['events'])} events and {looked} offsets of zones were compared; {wrong} differ")
    sys.exit(1 if wrong or not told["events"] else 0)


main()
