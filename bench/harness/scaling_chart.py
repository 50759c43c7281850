"""The chart of an epoch's time over rows and over parameters, both axes logarithmic; dashed, what is proportional."""
from picture import LogAxis, Picture

WIDTH, HEIGHT, TOP, BOTTOM = 960, 420, 100, 350
PANELS = {"rows": (80, 460), "parameters": (560, 940)}


def draw(points):
    picture = Picture("Time grows with the size", "an epoch of training, one core; each dot is measured", WIDTH, HEIGHT)
    for series, (left, right) in PANELS.items():
        panel(picture, [p for p in points if p["series"] == series], series, left, right)
    return picture.svg()


def value_of(point, series):
    """Of networks of different sizes, the time that a thousand rows take: not all are given as many rows."""
    return point["seconds"] if series == "rows" else point["seconds"] / point["rows"] * 1000


def panel(picture, points, series, left, right):
    xs, ys = [p[series] for p in points], [value_of(p, series) for p in points]
    across, up = LogAxis(min(xs), max(xs), left, right), LogAxis(min(ys), max(ys), BOTTOM, TOP)
    for tick in across.ticks():
        picture.line(across(tick), TOP, across(tick), BOTTOM)
        picture.text(across(tick), BOTTOM + 20, power(tick), "tick", "middle")
    for tick in up.ticks():
        picture.line(left, up(tick), right, up(tick))
        picture.text(left - 8, up(tick) + 4, time(tick), "tick", "end")
    picture.line(left, BOTTOM, right, BOTTOM, "axis")
    picture.text((left + right) / 2, BOTTOM + 44, series, "label", "middle")
    heading = "an epoch" if series == "rows" else "a thousand rows"
    picture.text(left, TOP - 12, f"time of {heading}", "heading")
    draw_proportional(picture, xs, ys, across, up)
    for x, y in zip(xs, ys):
        picture.mark(across(x), up(y), "circle", 0)


def draw_proportional(picture, xs, ys, across, up):
    """Through the last point, as far down as the panel goes."""
    floor = 10.0 ** up.low
    start = max(xs[0], xs[-1] * floor / ys[-1])
    picture.line(across(start), up(ys[-1] * start / xs[-1]), across(xs[-1]), up(ys[-1]), "guide", 1.25, "5 4")


def power(value):
    exponent = len(f"{value:.0f}") - 1
    return "10" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(exponent))


def time(seconds):
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6), ("ns", 1e9)):
        if seconds * scale >= 0.999:
            return f"{seconds * scale:,.0f} {unit}"
    return f"{seconds:g} s"
