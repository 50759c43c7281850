"""SVG pictures in the look of ffwd's own charts: their style is taken from one of them, so there is one set of colours,
told apart by every kind of colour vision, on light and on dark ground."""
import html
import math
import os
import re

import machine

STYLED = os.path.join(machine.ROOT, "docs", "units.svg")


class LogAxis:
    """From numbers above 0 to pixels; ends at powers of ten."""

    def __init__(self, low, high, first_pixel, last_pixel):
        self.low, self.high = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
        self.high = max(self.high, self.low + 1)
        self.first, self.last = first_pixel, last_pixel

    def __call__(self, value):
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.first + share * (self.last - self.first)

    def ticks(self):
        return [10.0 ** k for k in range(self.low, self.high + 1)]


class Picture:
    def __init__(self, title, subtitle, width, height):
        self.size, self.label, self.parts = (width, height), f"{title}. {subtitle}", []
        self.text(24, 38, title, "title")
        self.text(24, 60, subtitle, "subtitle")

    def text(self, x, y, words, style="label", anchor="start"):
        self.parts.append(f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
                          f"{html.escape(words)}</text>")

    def line(self, x1, y1, x2, y2, style="grid", width=1.0, dashes=""):
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.path(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}", style, width, dashed)

    def path(self, shape, style, width=1.5, more=""):
        self.parts.append(f'<path class="{style}" stroke-width="{width}"{more} d="{shape}"/>')

    def mark(self, x, y, kind, colour):
        """A shape of about ten pixels. `kind`: circle, square, diamond, triangle, or, as strokes, bar, cross, plus."""
        strokes = {"bar": "M0 -7V7", "cross": "M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5", "plus": "M-5.5 0H5.5M0 -5.5V5.5"}
        shapes = {"circle": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z", "square": "M-4.5 -4.5H4.5V4.5H-4.5Z",
                  "diamond": "M0 -6L6 0L0 6L-6 0Z", "triangle": "M0 -6L5.5 4.5H-5.5Z"}
        place = f' transform="translate({x:.1f} {y:.1f})"'
        if kind in strokes:
            self.path(strokes[kind], "guide" if colour is None else f"line-{colour}", 2.5, place)
        else:  # its style outlines it in the ground's colour, so that marks which touch stay apart
            self.path(shapes[kind], f"point fill-{colour}", 1, place)

    def svg(self):
        width, height = self.size
        with open(STYLED, encoding="utf-8") as file:
            style = re.search("<style>.*?</style>", file.read(), re.S).group(0)
        return (f'<svg xmlns="http://www.w3.org/2000/svg" class="ffwd-chart" role="img" '
                f'aria-label="{html.escape(self.label)}" width="{width}" height="{height}" '
                f'viewBox="0 0 {width} {height}">\n{style}\n'
                f'<rect class="background" width="{width}" height="{height}"/>\n' + "\n".join(self.parts) + "\n</svg>\n")
