"""The list of sizes and sha256 digests in geodata/README.md.

usage: checksums.py GEODATA_DIR            write the list anew
       checksums.py --check GEODATA_DIR    fail when it is not that of the files
"""

import os
import re
import sys

from common import RecipeError, sha256, write_bytes

LIMIT_BYTES = 15000000
BLOCK = re.compile(r"(?s)(<!-- checksums -->\n```\n).*?(```\n<!-- end -->)")
DATA = (".dbf", ".shp", ".shx", ".tsv", ".tsv.gz", ".prj", ".cpg")


def data_files(folder):
    """Names of what is committed: not the tables that are committed compressed."""
    names = sorted(os.listdir(folder))
    return [name for name in names if name.endswith(DATA) and name + ".gz" not in names]


def listing(folder):
    """One line per data file: digest, size in bytes, name; the sum at the end."""
    lines, total = [], 0
    for name in data_files(folder):
        path = os.path.join(folder, name)
        total += os.path.getsize(path)
        if not name.endswith((".prj", ".cpg")):
            lines.append("%s %8d %s\n" % (sha256(path), os.path.getsize(path), name))
    if total >= LIMIT_BYTES:
        raise RecipeError("%d bytes of data, more than %d" % (total, LIMIT_BYTES))
    return "".join(lines)


def main(folder, check):
    path = os.path.join(folder, "README.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    new, count = BLOCK.subn(lambda m: m[1] + listing(folder) + m[2], text)
    if count != 1:
        raise RecipeError("%s: no place for the checksums" % path)
    if check and new != text:
        raise RecipeError("%s: checksums are not those of the files" % path)
    if new != text:
        write_bytes(path, new.encode("utf-8"))
    sums = os.path.join(folder, "SHA256SUMS")
    lines = "".join("%s  %s\n" % (sha256(os.path.join(folder, name)), name)
                    for name in data_files(folder))
    if check:
        with open(sums, encoding="utf-8") as file:
            if file.read() != lines:
                raise RecipeError("%s: checksums are not those of the files" % sums)
    else:
        write_bytes(sums, lines.encode("utf-8"))


if __name__ == "__main__":
    main(sys.argv[-1], "--check" in sys.argv[1:])
