#!/usr/bin/env python3
"""Writes a table of schedules and of when each comes round, by python-dateutil and Python's own zones.

    oracle.py SEED OCCURRENCES FROM_YEAR    prints JSON

The rule runs on the clock on the wall. A time that the wall never shows becomes the next minute that it does; one that it shows
twice counts when it is shown first.
"""
import datetime as dt
import functools
import json
import random
import sys
import zoneinfo

from dateutil.rrule import rrulestr

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Sydney", "Australia/Lord_Howe", "Africa/Casablanca", "Africa/Cairo", "Pacific/Apia", "Asia/Gaza",
]
DAYS = 400
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
UTC = dt.timezone.utc
MINUTE = dt.timedelta(minutes=1)


@functools.lru_cache(maxsize=None)
def moment(zone, wall):
    """When the wall first shows this, or the next minute that it shows at all."""
    info = zoneinfo.ZoneInfo(zone)
    while True:
        there = wall.replace(tzinfo=info, fold=0).astimezone(UTC)
        if there.astimezone(info).replace(tzinfo=None) == wall:
            return there
        wall = wall.replace(second=0) + MINUTE


def milliseconds(time):
    return int(time.timestamp()) * 1000


def sample(dice, things, most):
    return ",".join(sorted(dice.sample(things, dice.randint(1, most)), key=things.index))


def rule(dice):
    kind = dice.randrange(12)
    if kind == 0:
        return f"FREQ=DAILY;INTERVAL={dice.randint(1, 9)}"
    if kind == 1:
        return "FREQ=DAILY"
    if kind == 2:
        return f"FREQ=DAILY;BYDAY={sample(dice, WEEKDAYS, 5)}"
    if kind == 3:
        return f"FREQ=DAILY;BYHOUR={sample(dice, [str(h) for h in range(24)], 4)};BYMINUTE={sample(dice, ['0', '15', '30', '59'], 2)}"
    if kind == 4:
        return f"FREQ=WEEKLY;INTERVAL={dice.randint(1, 4)};BYDAY={sample(dice, WEEKDAYS, 4)};WKST={dice.choice(['MO', 'SU'])}"
    if kind == 5:
        return f"FREQ=WEEKLY;INTERVAL={dice.randint(1, 3)}"
    if kind == 6:
        return f"FREQ=MONTHLY;BYDAY={dice.choice([1, 2, 3, 4, 5, -1, -2])}{dice.choice(WEEKDAYS)}"
    if kind == 7:
        return f"FREQ=MONTHLY;BYMONTHDAY={dice.choice(['-1', '1', '15', '29', '30', '31', '1,15', '-1,10', '-2'])}"
    if kind == 8:
        return f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={dice.choice([1, -1, 2])}"
    if kind == 9:
        return f"FREQ=MONTHLY;INTERVAL={dice.randint(1, 5)};BYMONTHDAY={dice.randint(1, 28)}"
    if kind == 10:
        return f"FREQ=YEARLY;BYMONTH={sample(dice, [str(m) for m in range(1, 13)], 4)};BYMONTHDAY={dice.randint(1, 31)}"
    return f"FREQ=HOURLY;INTERVAL={dice.randint(5, 40)}"


def schedule(dice, zone, first, end):
    text = rule(dice)
    start = first + dt.timedelta(
        days=dice.randrange(30), hours=dice.choice([0, 0, 1, 2, 2, 3, dice.randrange(24)]),
        minutes=dice.choice([0, 10, 30, dice.randrange(60)]))
    began = moment(zone, start)
    start = began.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)
    limit = None
    ending = dice.randrange(6)
    if ending == 0:
        text += f";COUNT={dice.randint(1, 60)}"
    elif ending == 1:
        text += (start + dt.timedelta(days=dice.randint(1, 300))).strftime(";UNTIL=%Y%m%dT%H%M%S")
    elif ending == 2:
        limit = (began + dt.timedelta(days=dice.randint(1, 300))).replace(hour=12, minute=0)
    comes = [moment(zone, wall) for wall in rrulestr(text, dtstart=start).between(start, end, inc=True)]
    if limit:
        text += limit.strftime(";UNTIL=%Y%m%dT%H%M%SZ")
    comes = sorted({one for one in comes if one >= began and (not limit or one <= limit)})
    last = end.replace(tzinfo=UTC) - dt.timedelta(days=2)
    comes = [one for one in comes if one <= last]
    left_out = dice.sample(comes, min(len(comes) // 3, 3)) if dice.randrange(3) == 0 else []
    return {
        "zone": zone, "rule": text, "start": milliseconds(began), "except": sorted(map(milliseconds, left_out)),
        "comes": [milliseconds(one) for one in comes if one not in left_out],
    }


def main():
    seed, wanted, year = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    dice = random.Random(seed)
    first = dt.datetime(year, 6, 1)
    end = first + dt.timedelta(days=DAYS)
    schedules, count = [], 0
    while count < wanted:
        one = schedule(dice, ZONES[len(schedules) % len(ZONES)], first, end)
        count += len(one["comes"])
        schedules.append(one)
    json.dump(
        {"seed": seed, "from": milliseconds(first.replace(tzinfo=UTC)) - 86_400_000,
         "upTo": milliseconds(end.replace(tzinfo=UTC)) - 2 * 86_400_000, "schedules": schedules},
        sys.stdout, separators=(",", ":"))


main()
