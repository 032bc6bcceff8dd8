"""What a line between two units is under a worldview."""


class LineClasses:
    """Default class from the owners, exceptions from line-classes.tsv.

    A side of an exception is an owner code, "u:ID" or "*"; where several rows fit, the
    one that names more units wins, then the earlier one.
    """

    def __init__(self, table, worldview, owner):
        self.owner = owner
        self.rows = []
        self.hits = {}
        for number, row in enumerate(table):
            if worldview in row["worldviews"].split(","):
                named = sum(row[k].startswith("u:") for k in ("a", "b"))
                wild = sum(row[k] == "*" for k in ("a", "b"))
                self.rows.append((-named, wild, number, row["a"], row["b"], row["class"]))
        self.rows.sort()

    def _is(self, unit, side):
        return side in ("*", "u:%d" % unit, self.owner[unit])

    def of(self, left, right):
        """The class of the line between two units (neither of them the sea)."""
        for _, _, number, a, b, kind in self.rows:
            if (self._is(left, a) and self._is(right, b)) or (
                    self._is(left, b) and self._is(right, a)):
                self.hits[number] = self.hits.get(number, 0) + 1
                return kind
        return "province" if self.owner[left] == self.owner[right] else "country"

    def unused(self):
        """Rows that no line fitted: a spelling mistake, or a changed source."""
        return [row[3:] for row in self.rows if row[2] not in self.hits]
