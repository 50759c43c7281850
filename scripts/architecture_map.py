#!/usr/bin/env python3
"""The map of docs/architecture.md: which folders of src/ build on which, drawn from their #include lines.

    python3 scripts/architecture_map.py [--update] [ROOT]

Writes (--update) or checks the picture docs/architecture.svg and the table between the two markers of
docs/architecture.md; exit 1 and a word if they are not what the includes give. Numbers may lag behind by a fifth, so
that not every change of a source wants a new map.

An include of a public header counts for the folder it belongs to, if that lies lower; of a header that belongs higher
up a folder can use no more than the types, and the table says so. The picture leaves out what follows from other
arrows; the table has every include.
"""
import collections
import dataclasses
import pathlib
import re
import sys

import check_layers
import layered_picture

PICTURE, PAGE = "docs/architecture.svg", "docs/architecture.md"
BEGIN, END = "<!-- the map, by scripts/architecture_map.py --update -->", "<!-- end of the map -->"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
CAPTION = ["An arrow: includes headers of. What follows from other arrows is left out.",
           "Blue: the headers of the public API, include/ffwd, that belong to the folder."]


@dataclasses.dataclass
class Folder:
    words: str
    sources: int = 0
    lines: int = 0
    public: list = dataclasses.field(default_factory=list)  # headers of include/ffwd
    includes: collections.Counter = dataclasses.field(default_factory=collections.Counter)  # folder -> include lines
    from_above: set = dataclasses.field(default_factory=set)  # public headers that belong to higher folders


def owner(header, folders, root):
    """The folder that include/ffwd/<header>.h belongs to: that of its name, or the lowest with a source of its name."""
    if header in folders:
        return header
    return next((folder for folder in folders if (root / "src" / folder / f"{header}.cpp").is_file()), None)


def count_includes(name, text, folders, owners):
    """Adds the includes in `text`, a source or public header of the folder `name`, to what is known of it."""
    order = list(folders)
    for _, _, included in check_layers.includes(text):
        head, _, rest = included.partition("/")
        target = owners.get(rest) if head == "ffwd" else head
        if target not in folders or target == name:
            continue
        if head == "ffwd" and order.index(target) > order.index(name):
            folders[name].from_above.add(included)
        else:
            folders[name].includes[target] += 1


def read_folders(root):
    """{name: Folder}, lowest first, of the folders of src/ that exist."""
    layers = check_layers.read_layers(root)
    folders = {name: Folder(words) for name, words in layers.items() if (root / "src" / name).is_dir()}
    headers = sorted((root / "include" / "ffwd").glob("*.h"))
    owners = {path.name: owner(path.stem, folders, root) for path in headers}
    for path in headers:
        if owners[path.name]:
            folders[owners[path.name]].public.append(path.name)
            count_includes(owners[path.name], path.read_text(encoding="utf-8"), folders, owners)
    for name, folder in folders.items():
        if not folder.words:
            sys.exit(f"CMakeLists.txt: FFWD_LAYERS has no comment beside {name} that says what it is")
        for path in sorted((root / "src" / name).rglob("*")):
            if path.suffix in check_layers.SOURCES:
                text = path.read_text(encoding="utf-8")
                folder.sources += 1
                folder.lines += len(text.splitlines())
                count_includes(name, text, folders, owners)
    return folders


def reachable(name, edges):
    found, ahead = set(), list(edges[name])
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += edges[at]
    return found


def reduced(edges):
    """The edges that do not follow from others. {name: [names]} in and out; without cycles."""
    return {name: [end for end in ends if not any(end in reachable(other, edges) for other in ends if other != end)]
            for name, ends in edges.items()}


def draw(folders):
    boxes = {name: layered_picture.Box(name, folder.words, f"{folder.sources} sources · {folder.lines:,} lines",
                                       " ".join(folder.public)) for name, folder in folders.items()}
    edges = {name: sorted(folder.includes, key=list(folders).index) for name, folder in folders.items()}
    layered_picture.levels(edges)  # refuses a cycle, which reduced() would make vanish
    return layered_picture.picture(boxes, reduced(edges), "The folders of src/ and which includes which", CAPTION)


def write_table(folders):
    """Highest folder first, as in the picture."""
    order = list(folders)
    lines = ["| folder | holds | sources | lines | public headers | includes, and how often |",
             "|---|---|--:|--:|---|---|"]
    for name in reversed(order):
        folder = folders[name]
        ends = sorted(folder.includes, key=order.index, reverse=True)
        includes = [f"{end} {folder.includes[end]}" for end in ends]
        includes += [f"the types of `{header}`" for header in sorted(folder.from_above)]
        public = " ".join(f"`{header}`" for header in folder.public)
        lines.append(f"| `{name}` | {folder.words} | {folder.sources} | {folder.lines:,} | {public} | "
                     f"{', '.join(includes)} |")
    return "\n".join(lines) + "\n"


def with_table(page, table):
    """The page with `table` between its markers."""
    before, begin, rest = page.partition(BEGIN + "\n")
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{PAGE}: lacks the lines\n{BEGIN}\n{END}")
    return before + begin + "\n" + table + "\n" + end + after


def nearly(old, new):
    """Whether two texts differ in numbers alone, and in these little."""
    if NUMBER.sub("0", old) != NUMBER.sub("0", new):
        return False
    pairs = zip(*([float(number.replace(",", "")) for number in NUMBER.findall(text)] for text in (old, new)))
    return all(abs(a - b) <= 1 + 0.2 * max(a, b) for a, b in pairs)


def texts(root):
    """{path: (what is there, what the includes give)}"""
    folders = read_folders(root)
    old = {path: path.read_text(encoding="utf-8") if path.is_file() else "" for path in (root / PICTURE, root / PAGE)}
    return {root / PICTURE: (old[root / PICTURE], draw(folders)),
            root / PAGE: (old[root / PAGE], with_table(old[root / PAGE], write_table(folders)))}


def main(arguments):
    update = "--update" in arguments
    places = [argument for argument in arguments if argument != "--update"]
    root = pathlib.Path(places[0] if places else pathlib.Path(__file__).parents[1]).resolve()
    try:
        found = texts(root)
    except ValueError as cycle:
        sys.exit(f"src: {cycle}")
    if update:
        for path, (_, new) in found.items():
            path.write_text(new, encoding="utf-8")
        return 0
    stale = [path.relative_to(root) for path, (old, new) in found.items() if not nearly(old, new)]
    for path in stale:
        print(f"{path}: is not what the includes give; write it with scripts/architecture_map.py --update, "
              "and look at it", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
