# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""Lists of people for the batch journeys, as partners have them: semicolons, Windows-1252, days first, a few mistakes."""

from pathlib import Path

FIRST = ("Aminata", "José", "Thandiwe", "Kofi", "Wanjiru", "Zoë", "Sipho", "Fatou")
LAST = ("Diallo", "Nkosi", "Okoro", "Mokoena", "Ferreira", "Ndlovu")
SECOND = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÔÜÇÑ"  # makes the names different
NO_SUCH_DAY = 4     # this person has the 31st of February
WRONG_DOMAIN = 9    # this one writes gmial.com


def person(number):
    """The first and last name of the person in this place, counted from 1. All names are different."""
    return FIRST[(number - 1) % len(FIRST)], f"{LAST[(number - 1) % len(LAST)]} {SECOND[number - 1]}"


def mail(number):
    return f"person{number}@{'gmail.com' if number == WRONG_DOMAIN else 'example.org'}"


def write_list(path, count, mistakes=True, extra=()):
    """`extra`: names of further columns with the same text in every row, as (name, text)."""
    header = ["First name", "Surname", "E-mail", "Full name", "Completed on", *(name for name, _ in extra), "T-shirt"]
    lines = [header]
    for number in range(1, count + 1):
        first, last = person(number)
        day = f"{number % 28 + 1:02}/04/2026"
        address = mail(number)
        if mistakes and number == NO_SUCH_DAY:
            day = "31/02/2026"
        if mistakes and number == WRONG_DOMAIN:
            address = address.replace("gmail", "gmial")
        lines.append([first, last, address, f"{first} {last}", day, *(text for _, text in extra), "M"])
    text = "".join(";".join(line) + "\r\n" for line in lines)
    Path(path).write_bytes(text.encode("cp1252"))
    return Path(path)
