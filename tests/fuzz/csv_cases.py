"""Made-up CSV files for fuzz_csv.py: well-formed ones of every kind of cell, mutations of real files, and soup."""
import string

DELIMITERS = [",", ";", "\t", "|"]
LINE_ENDS = ["\n", "\r\n", "\r"]
MISSING = ["", "NA", "na", "N/A", "#n/a", "NaN", "nan", "null", "NULL", "None", "?", "-"]
SOUP = ['"', '""', ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "  ", "a", "b", "x y", "é", "日", "0", "1", "-1", "+2",
        "007", ".5", "5.", "1e3", "1e400", "1,5", "2.25", "inf", "-Infinity", "NA", "nan", "?", "-", "true", "FALSE",
        "2024-01-31", "2023-02-29", "2024-01-01 10:00", "9223372036854775808", "\\", "'", "\x0b", "\x0c", "\u2028"]
BAD_BYTES = [b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe2\x82"]


def integer(rng):
    return rng.choice([str(rng.randrange(-99, 999)), str(rng.randrange(10)), "+%d" % rng.randrange(99), "-0", "0",
                       str(rng.randrange(-10**15, 10**15)), str(rng.randrange(-10**19, 10**19))])


def small_integer(rng):
    return str(rng.randrange(-20, 1000))


def big_integer(rng):
    base = rng.choice([2**53, 2**63, -2**63, 10**18, 10**16, 2**64, 10**25])
    return str(base + rng.randrange(-3, 4))


def decimal(rng):
    digits = rng.choice([1, 2, 5, 9, 15, 17, 30])
    return "%s%s.%s" % (rng.choice(["", "-", "+"]), rng.choice(["", "0", str(rng.randrange(10**rng.randrange(1, 9)))]),
                        "".join(rng.choice(string.digits) for _ in range(digits)))


def scientific(rng):
    return "%s%s%s%d" % (rng.choice([small_integer, decimal])(rng), rng.choice("eE"), rng.choice(["", "+", "-"]),
                         rng.choice([0, 1, 5, 22, 23, 100, 290, 307, 308, 309, 320, 324, 330, 1000]))


def number(rng):
    return rng.choice([small_integer, decimal, decimal, scientific, lambda r: repr(r.gauss(0, 1)),
                       lambda r: repr(r.random() * 10.0**r.randrange(-300, 300)),
                       lambda r: r.choice(["5.", ".5", "-.0", "0.0", "inf", "-INF", "Infinity"])])(rng)


def decimal_comma(rng):
    return rng.choice(["%d,%d" % (rng.randrange(-99, 99), rng.randrange(99)), small_integer(rng)])


def code(rng):
    return rng.choice(["%03d", "%05d", "-%03d"]) % rng.randrange(2000)


def boolean(rng):
    return rng.choice(["true", "false", "True", "FALSE", "tRuE"])


def date(rng):
    return "%04d-%02d-%02d" % (rng.choice([1, 1900, 1999, 2000, 2023, 2024, 9999, rng.randrange(1, 10000)]),
                               rng.randrange(1, 13), rng.randrange(1, 29))


def odd_date(rng):
    return rng.choice(["2023-02-29", "2024-02-30", "2024-13-01", "2024-00-10", "0000-01-01", "24-01-01", "2024-1-1",
                       "2024/01/01", "01.02.2024", "3/4/2021", "12-Mar-21", "March 12, 2021"])


def timestamp(rng):
    odd = rng.random() < 0.02
    text = date(rng) + rng.choice("T ") + "%02d:%02d" % (rng.randrange(25 if odd else 24), rng.randrange(61 if odd else 60))
    if rng.random() < 0.6:
        text += ":%02d" % rng.randrange(61 if odd else 60)
        if rng.random() < 0.4:
            text += "." + "".join(rng.choice(string.digits) for _ in range(rng.randrange(0, 11) if odd else rng.randrange(1, 10)))
    zones = ["z", "+15:00", "-00:60", "+05"] if odd else ["", "", "Z", "+02:00", "-0530", "+14:59"]
    return text + rng.choice(zones)


def word(rng):
    return rng.choice(["a", "b", "abc", "x y", "Größe", "日本", "😀", "0x10", "1_000", "5%", "$5", "−5", "١٢", "1 2", "nan(1)",
                       "infinit", "tru", "yes", "e5", "1e", "+", ".", "--1", "1.2.3", "1e5e5", "\\n", "it's"])


def hard_text(rng):
    return "".join(rng.choice(["a", " ", '"', ",", ";", "\n", "\r", "\r\n", "\t", "|", "1", "é"])
                   for _ in range(rng.randrange(6)))


def long_text(rng):
    return "".join(rng.choice("abc 12,;\"\n") for _ in range(rng.randrange(50, 200)))


KINDS = [integer, small_integer, big_integer, decimal, scientific, number, number, decimal_comma, code, boolean, date,
         odd_date, timestamp, word, hard_text, long_text]


def must_quote(text, delimiter):
    return any(c in text for c in (delimiter, '"', "\n", "\r")) or text != text.strip(" \t")


def field(text, delimiter, style, rng):
    if must_quote(text, delimiter) and rng.random() < 0.97 or rng.random() < style["quote"]:
        text = '"' + text.replace('"', '""') + '"'
    if rng.random() < style["space"]:
        text = rng.choice([" ", "  ", "\t"]) + text + rng.choice(["", " "])
    return text


def names(rng, n):
    if rng.random() < 0.1:
        return [small_integer(rng) for _ in range(n)]
    found = ["%s%d" % (rng.choice(["a", "b", "größe ", "x.y", "N"]), k) for k in range(n)]
    if rng.random() < 0.1:
        found[rng.randrange(n)] = rng.choice(["", " ", "a0", "column_1", "b1"])
    if rng.random() < 0.1:
        found[-1] = ""
    return found


def well_formed(rng):
    """A table whose columns mostly hold one kind of cell each; rarely ragged, rarely with bad bytes."""
    delimiter = rng.choice(DELIMITERS)
    style = {"quote": rng.choice([0, 0, 0.1, 1]), "space": rng.choice([0, 0, 0.2])}
    noise = rng.choice([0, 0, 0, 0.05, 0.3])
    blank = rng.choice([0, 0, 0.1])
    kinds = [rng.choice(KINDS) for _ in range(rng.choice([1, 2, 3, 4, 6, 12]))]
    missing = [rng.choice([0, 0, 0.1, 0.5, 1]) for _ in kinds]
    lines = [[field(name, delimiter, style, rng) for name in names(rng, len(kinds))]]
    for _ in range(rng.choice([0, 1, 2, 3, 8, 30, 130])):
        row = []
        for kind, gap in zip(kinds, missing):
            make = rng.choice(KINDS) if rng.random() < noise else kind
            row.append(field(rng.choice(MISSING) if rng.random() < gap else make(rng), delimiter, style, rng))
        lines.append(row)
    if rng.random() < 0.05:
        ragged = rng.choice(lines)
        ragged[rng.randrange(len(ragged)):] = rng.choice([[], ["1", "2", "3"]])
    end = rng.choice(LINE_ENDS)
    text = ""
    for line in lines:
        text += delimiter.join(line) + (rng.choice(LINE_ENDS) if rng.random() < 0.05 else end)
        if rng.random() < blank:
            text += rng.choice(["", "  ", "\t"]) + end
    data = text.encode()
    if rng.random() < 0.3:
        data = data[:-len(end)]
    if rng.random() < 0.05:
        data = b"\xef\xbb\xbf" + data
    return insert_bad_byte(data, rng) if rng.random() < 0.05 else data


def insert_bad_byte(data, rng):
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(BAD_BYTES) + data[at:]


def mutated(rng, seeds):
    """A file of the corpus with some bytes changed, taken out, put in, or spliced with another."""
    data = bytearray(rng.choice(seeds))
    for _ in range(rng.choice([1, 1, 2, 4, 8])):
        at = rng.randrange(len(data) + 1)
        change = rng.randrange(5)
        if change == 0:
            data[at:at + 1] = rng.choice(SOUP).encode()
        elif change == 1:
            del data[at:at + rng.randrange(1, 4)]
        elif change == 2:
            data[at:at] = rng.choice(SOUP).encode()
        elif change == 3:
            other = rng.choice(seeds)
            start = rng.randrange(len(other) + 1)
            data[at:at] = other[start:start + rng.randrange(20)]
        else:
            data[at:at] = bytes([rng.randrange(256)])
    return bytes(data)


def soup(rng):
    """Tokens at random."""
    tokens = rng.sample(SOUP, rng.randrange(2, 12)) + ["\n", rng.choice(DELIMITERS)]
    data = "".join(rng.choice(tokens) for _ in range(rng.randrange(80))).encode()
    return insert_bad_byte(data, rng) if rng.random() < 0.1 else data


def make(rng, seeds):
    return rng.choice([well_formed, well_formed, well_formed, lambda r: mutated(r, seeds), soup])(rng)
