"""Draws a graph without cycles as an SVG picture in rows, what builds on something above it.

    picture(boxes, below, title, caption) -> text of the SVG file

`boxes` says what stands in each box, `below` which boxes each one points down to. After Sugiyama, Tagawa & Toda
(1981): rows by the longest path from the top, a bend wherever an edge passes a row, the order in the rows by
barycentres, and positions near the mean of the neighbours. Equal input gives equal text; what stands in the boxes moves
nothing.
"""
import dataclasses
import html
import textwrap

WIDTH, HEIGHT = 158, 66  # of a box
LETTERS = 24  # in a line of its words
GAP, ROW_GAP, BEND, MARGIN = 16, 44, 8, 20
SWEEPS = 200

STYLE = """
.map text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:11px}
.map .name{font-size:14px;font-weight:600}
.map .counts{font-variant-numeric:tabular-nums}
.map .edge{fill:none;stroke-width:1.4}
.map .box{stroke-width:1.2}
.map .ground{fill:#ffffff}
.map .box{fill:#f6f8fa;stroke:#818b98}
.map .name,.map .words{fill:#1f2328}
.map .counts,.map .caption{fill:#59636e}
.map .public{fill:#0067a0;font-size:10px}
.map .edge{stroke:#818b98}
.map .head{fill:#818b98}
@media screen and (prefers-color-scheme:dark){
.map .ground{fill:#0d1117}
.map .box{fill:#161b22;stroke:#656c76}
.map .name,.map .words{fill:#f0f6fc}
.map .counts,.map .caption{fill:#a5adb6}
.map .public{fill:#56b4e9}
.map .edge{stroke:#8b949e}
.map .head{fill:#8b949e}
}
"""


@dataclasses.dataclass
class Box:
    name: str
    words: str  # what it is, for two lines
    counts: str  # the last line
    corner: str = ""  # right of the name


def levels(below):
    """{name: row}, 0 at the top: the longest path from a box that nothing points to. ValueError names a cycle."""
    above = {name: [upper for upper in below if name in below[upper]] for name in below}
    found = {}

    def level(name, path):
        if name in path:
            raise ValueError(" includes ".join(path[path.index(name):] + [name]))
        if name not in found:
            found[name] = max((level(upper, path + [name]) + 1 for upper in above[name]), default=0)
        return found[name]

    for name in below:
        level(name, [])
    return found


def with_bends(below):
    """Rows of nodes, and the edges between neighbouring rows as {upper: [lower ...]}. A node is the name of a box, or
    (upper, lower, row) of a bend."""
    row_of = levels(below)
    rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    edges = {}
    for name in below:
        rows[row_of[name]].append(name)
        edges.setdefault(name, [])
    for upper in below:
        for lower in below[upper]:
            at = upper
            for row in range(row_of[upper] + 1, row_of[lower]):
                bend = (upper, lower, row)
                rows[row].append(bend)
                edges[at].append(bend)
                edges[bend] = []
                at = bend
            edges[at].append(lower)
    return rows, edges


def crossings(rows, edges):
    count = 0
    for upper, lower in zip(rows, rows[1:]):
        at = {node: i for i, node in enumerate(lower)}
        ends = [(i, at[end]) for i, node in enumerate(upper) for end in edges[node]]
        count += sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for i, a in enumerate(ends) for b in ends[:i])
    return count


def neighbours(edges):
    """({node: nodes above}, {node: nodes below})"""
    above = {node: [] for node in edges}
    for upper, lowers in edges.items():
        for lower in lowers:
            above[lower].append(upper)
    return above, edges


def ordered(rows, edges):
    """The rows, each sorted so that few edges cross: barycentres up and down, then swaps of neighbours."""
    best = rows = [list(row) for row in rows]
    above, below = neighbours(edges)
    for sweep in range(SWEEPS):
        downwards = sweep % 2 == 0
        for row in range(1, len(rows)) if downwards else range(len(rows) - 2, -1, -1):
            at = {node: i for i, node in enumerate(rows[row - 1 if downwards else row + 1])}
            place = {}
            for i, node in enumerate(rows[row]):
                ends = (above if downwards else below)[node]
                place[node] = sum(at[end] for end in ends) / len(ends) if ends else i
            rows[row] = sorted(rows[row], key=place.get)
        if crossings(rows, edges) < crossings(best, edges) or sweep == 0:
            best = [list(row) for row in rows]
    return swapped(best, edges)


def swapped(rows, edges):
    """Neighbours change places as long as that takes crossings away."""
    fewest, before = crossings(rows, edges), None
    while fewest != before:
        before = fewest
        for row in rows:
            for i in range(len(row) - 1):
                row[i], row[i + 1] = row[i + 1], row[i]
                count = crossings(rows, edges)
                if count < fewest:
                    fewest = count
                else:
                    row[i], row[i + 1] = row[i + 1], row[i]
    return rows


def width(node):
    return WIDTH if isinstance(node, str) else BEND


def weight(a, b):
    """How much the line between two neighbours wants to be straight (Gansner et al. 1993): long ones most."""
    return (1, 3, 40)[(not isinstance(a, str)) + (not isinstance(b, str))]


def wish(node, ends, x):
    """(where `node` would stand for its neighbours, how strongly)"""
    weights = [weight(node, end) for end in ends]
    if not ends:
        return x[node], 1
    return sum(w * x[end] for w, end in zip(weights, ends)) / sum(weights), sum(weights)


def spaced(row, wishes):
    """Positions of a row's nodes nearest to what they wish (least squares) that keep order and gaps."""
    offset, offsets = 0, []
    for i, node in enumerate(row):
        if i:
            offset += (width(row[i - 1]) + width(node)) / 2 + GAP
        offsets.append(offset)
    groups = []  # (start, strength, count) of runs that touch each other
    for node, shift in zip(row, offsets):
        place, strength = wishes[node]
        groups.append((place - shift, strength, 1))
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (a, strength_a, count_a), (b, strength_b, count_b) = groups[-2:]
            both = strength_a + strength_b
            groups[-2:] = [((a * strength_a + b * strength_b) / both, both, count_a + count_b)]
    starts = [start for start, _, count in groups for _ in range(count)]
    return {node: start + shift for node, start, shift in zip(row, starts, offsets)}


def positions(rows, edges):
    """{node: x of its centre}, the leftmost box at MARGIN."""
    above, below = neighbours(edges)
    x = {}
    for row in rows:
        x.update(spaced(row, dict.fromkeys(row, (0.0, 1))))
        middle = (x[row[0]] + x[row[-1]]) / 2
        x.update({node: x[node] - middle for node in row})
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 else reversed(rows):
            x.update(spaced(row, {node: wish(node, above[node] + below[node], x) for node in row}))
    left = min((x[node] - width(node) / 2 for node in x), default=0)
    return {node: round(x[node] - left + MARGIN) for node in x}


def ports(nodes, ends, x):
    """{(node, end): x where the line to `end` touches the box}: side by side, in the order of the ends."""
    found = {}
    for node in nodes:
        by_place = sorted(ends[node], key=lambda end: x[end])
        step = min(22, (WIDTH - 30) / max(1, len(by_place) - 1)) if isinstance(node, str) else 0
        for i, end in enumerate(by_place):
            found[node, end] = x[node] + step * (i - (len(by_place) - 1) / 2)
    return found


def top_of(row):
    return MARGIN + row * (HEIGHT + ROW_GAP)


def draw_edges(rows, edges, x):
    above, below = neighbours(edges)
    leaves, enters = ports(edges, below, x), ports(edges, above, x)
    for row, nodes in enumerate(rows):
        for node in nodes:
            if not isinstance(node, str):  # straight down past the boxes of its row
                yield f'<path class="edge" d="M{x[node]:g},{top_of(row)}v{HEIGHT}"/>'
            for end in below[node]:
                x0, y0, x1, y1 = leaves[node, end], top_of(row) + HEIGHT, enters[end, node], top_of(row + 1)
                y1 -= 6 * isinstance(end, str)
                middle = (y0 + y1) / 2
                yield f'<path class="edge" d="M{x0:g},{y0}C{x0:g},{middle:g} {x1:g},{middle:g} {x1:g},{y1}"/>'
                if isinstance(end, str):
                    yield f'<path class="head" d="M{x1:g},{y1 + 6}l-4,-8h8z"/>'


def draw_box(box, left, top):
    def text(kind, dx, dy, words, more=""):
        return f'<text class="{kind}" x="{left + dx:g}" y="{top + dy}"{more}>{html.escape(words)}</text>'

    yield f'<rect class="box" x="{left:g}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
    yield text("name", 10, 18, box.name)
    if box.corner:
        yield text("public", WIDTH - 10, 18, box.corner, ' text-anchor="end"')
    lines = textwrap.wrap(box.words, LETTERS)
    if len(lines) > 2:
        raise ValueError(f"the words of {box.name} need more than two lines of {LETTERS} letters: {box.words}")
    for i, line in enumerate(lines):
        yield text("words", 10, 32 + 13 * i, line)
    yield text("counts", 10, 59, box.counts)


def picture(boxes, below, title, caption):
    """The SVG file: `title` for who cannot see it, `caption` (lines) under it."""
    rows, edges = with_bends(below)
    rows = ordered(rows, edges)
    x = positions(rows, edges)
    wide = max(x[node] + width(node) / 2 for node in x) + MARGIN
    high = top_of(len(rows)) - ROW_GAP + MARGIN + 15 * len(caption)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="img" width="{wide:g}" height="{high}" '
             f'viewBox="0 0 {wide:g} {high}">', f"<title>{html.escape(title)}</title>", f"<style>{STYLE}</style>",
             f'<rect class="ground" width="{wide:g}" height="{high}"/>', *draw_edges(rows, edges, x)]
    for row, nodes in enumerate(rows):
        for box in (boxes[node] for node in nodes if isinstance(node, str)):
            parts += draw_box(box, x[box.name] - WIDTH / 2, top_of(row))
    for i, line in enumerate(caption):
        y = high - MARGIN + 8 - 15 * (len(caption) - 1 - i)
        parts.append(f'<text class="caption" x="{MARGIN}" y="{y}">{html.escape(line)}</text>')
    return "\n".join(parts + ["</svg>", ""])
