"""The chart of docs/benchmarks.md: how many times as long as ffwd each takes, workload by workload."""
from picture import LogAxis, Picture

# Name: shape and colour. Both differ, so that the one tells without the other.
MARKS = {"floor": ("bar", None), "floor by hand": ("cross", None), "FANN": ("plus", 0), "JAX": ("circle", 0),
         "PyTorch compiled": ("diamond", 2), "PyTorch eager": ("square", 1), "scikit-learn": ("triangle", 3),
         "onnxruntime": ("cross", 2), "ffwd, one core": ("plus", 3)}
LEFT, TOP, ROW, WIDTH = 170, 130, 34, 960


def family(peer):
    """The entry of MARKS: "JAX, vmap" is JAX."""
    return peer if peer in MARKS else peer.split(",")[0]


def draw(lines):
    """`lines`: [(title, [(peer, its time / ffwd's)])]"""
    height = TOP + ROW * len(lines) + 60
    picture = Picture("Time beside ffwd's", "minimum of the runs, divided by ffwd's; to the right of 1 ffwd is faster",
                      WIDTH, height)
    ratios = [ratio for _, marks in lines for _, ratio in marks] + [0.5, 2]
    axis = LogAxis(min(ratios), max(ratios), LEFT, WIDTH - 40)
    bottom = TOP + ROW * len(lines)
    for tick in axis.ticks():
        picture.line(axis(tick), TOP - 12, axis(tick), bottom)
        picture.text(axis(tick), bottom + 20, f"{tick:,.10g}×", "tick", "middle")
    picture.line(axis(1), TOP - 12, axis(1), bottom, "axis", 2)
    picture.text(axis(1), TOP - 18, "ffwd", "heading", "middle")
    picture.text((LEFT + WIDTH - 40) / 2, bottom + 44, "times as long as ffwd (logarithmic)", "label", "middle")
    shown = {family(peer) for _, marks in lines for peer, _ in marks}
    draw_key(picture, [name for name in MARKS if name in shown])
    for k, (title, marks) in enumerate(lines):
        y = TOP + ROW * (k + 0.5)
        picture.text(LEFT - 14, y + 4, title, "label", "end")
        picture.line(LEFT, y, WIDTH - 40, y)
        for peer, ratio in marks:
            picture.mark(axis(ratio), y, *MARKS[family(peer)])
    return picture.svg()


def draw_key(picture, names):
    x = 30
    for name in names:
        picture.mark(x, 86, *MARKS[name])
        picture.text(x + 12, 90, name)
        x += 30 + 7.2 * len(name)
