"""Tables for the terminal and for Markdown."""


def used(header, lines):
    """Without columns that are empty throughout; the first stays."""
    keep = [k for k in range(len(header)) if k == 0 or any(line[k] for line in lines)]
    return [header[k] for k in keep], [[line[k] for k in keep] for line in lines]


def plain(header, lines):
    header, lines = used(header, lines)
    widths = [max(len(line[k]) for line in [header] + lines) for k in range(len(header))]

    def text(line):
        parts = [cell.ljust(width) if k in (0, len(line) - 1) else cell.rjust(width)
                 for k, (cell, width) in enumerate(zip(line, widths))]
        return ("  " + "  ".join(parts)).rstrip()

    return "\n".join(map(text, [header] + lines))


def markdown(header, lines):
    header, lines = used(header, lines)
    last_is_text = bool(header) and header[-1] == ""
    rule = "|---|" + "--:|" * (len(header) - 1 - last_is_text) + ("---|" if last_is_text else "")
    return "\n".join(["| " + " | ".join(header) + " |", rule] + ["| " + " | ".join(line) + " |" for line in lines])
