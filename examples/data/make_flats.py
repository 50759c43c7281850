#!/usr/bin/env python3
"""Writes flats.csv: 2,000 flats to let in a town that does not exist. Every row is made up.

    python3 examples/data/make_flats.py

The rent follows from the columns by rules a network can find, some of which no straight line can (the oldest and the
newest houses are dear, a high floor is worth more only with a lift, rents rise over the years and dip in winter), times
noise of 5 %. Cells are missing where they would be in life: the year of older houses, the energy class of many.
"""
import csv
import datetime
import math
import pathlib
import random

ROWS = 2000
SEED = 7
FIRST_DAY = datetime.date(2021, 1, 1)
DAYS = 4 * 365
DISTRICTS = {"Old Town": 15.5, "Harbour": 14.2, "Riverside": 13.1, "University": 12.6, "Northgate": 11.0,
             "Station": 10.4, "Mill Hill": 9.6, "Eastfields": 8.3}  # euros a month for a square metre
KINDS = {"flat": 1.0, "studio": 1.12, "loft": 1.2, "maisonette": 1.07}
ENERGY = "ABCDEFG"


def made_up_flat(rng):
    kind = rng.choices(list(KINDS), weights=[70, 15, 7, 8])[0]
    rooms = 1 if kind == "studio" else rng.choices([1, 2, 3, 4, 5], weights=[8, 32, 34, 19, 7])[0]
    built = min(2024, max(1880, round(rng.choice([rng.gauss(1905, 12), rng.gauss(1968, 14), rng.gauss(2008, 10)]))))
    floors = rng.choice([3, 4, 5, 6, 9])
    return {
        "listed": FIRST_DAY + datetime.timedelta(days=rng.randrange(DAYS)),
        "district": rng.choice(list(DISTRICTS)),
        "kind": kind,
        "rooms": rooms,
        "area_m2": round(max(16.0, 14 + 21 * rooms + rng.gauss(0, 6 + 2 * rooms)), 1),
        "floor": rng.randint(0, floors),
        "lift": floors >= 6 or rng.random() < 0.25,
        "balcony": rng.random() < 0.45,
        "furnished": rng.random() < 0.2,
        "built": built,
        "energy": ENERGY[min(6, max(0, round((2024 - built) / 22 + rng.gauss(0, 1))))],
    }


def rent(flat, rng):
    per_m2 = DISTRICTS[flat["district"]] * KINDS[flat["kind"]] * (1.35 - 0.09 * math.log(flat["area_m2"]))
    charm = 0.10 * math.exp(-(((flat["built"] - 1900) / 15) ** 2)) + 0.14 / (1 + math.exp((2000 - flat["built"]) / 5))
    climb = 0.018 * flat["floor"] if flat["lift"] else -0.015 * max(0, flat["floor"] - 1)
    extras = 0.05 * flat["balcony"] + 0.11 * flat["furnished"] - 0.012 * ENERGY.index(flat["energy"])
    days = (flat["listed"] - FIRST_DAY).days
    market = (1 + 0.045 * days / 365) * (1 + 0.025 * math.sin(2 * math.pi * (days - 80) / 365))
    return round(flat["area_m2"] * per_m2 * (1 + charm + climb + extras) * market * math.exp(rng.gauss(0, 0.05)))


def with_gaps(flat, rng):
    """The flat as its advertisement tells it."""
    told = dict(flat)
    if rng.random() < (0.3 if flat["built"] < 1930 else 0.04):
        told["built"] = None
    if rng.random() < 0.15:
        told["energy"] = None
    if rng.random() < 0.06:
        told["floor"] = None
    return told


def text(value):
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def main():
    rng = random.Random(SEED)
    with open(pathlib.Path(__file__).parent / "flats.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in range(ROWS):
            flat = made_up_flat(rng)
            told = {"id": f"F{row + 1:04}", **with_gaps(flat, rng), "rent": rent(flat, rng)}
            if row == 0:
                writer.writerow(told)
            writer.writerow(map(text, told.values()))


if __name__ == "__main__":
    main()
