"""Inputs of growing size, each a family with one number that grows, for `scripts/bench growth`."""
import json
import math

import synthetic_jar
from other_process import run_apart


class Families:
    """Each family: the numbers, and what makes the arguments of the program for one of them."""

    def __init__(self, house, folder, write_savepoint):
        self.app = house / "fixtures/applications/orders-2.0/orders-2.0.jar"
        self.folder = folder
        self.write_savepoint = write_savepoint  # (variant, count) -> path of a _metadata

    def jar_of(self, name, classes, text_bytes):
        path = self.folder / f"{name}-{classes}.jar"
        if not path.exists():
            run_apart(synthetic_jar.write_jar, path, classes, text_bytes)
        return ["check", "--target", "2.2", "--app", path]

    def fleet_of(self, applications):
        path = self.folder / f"fleet-{applications}.jsonl"
        line = {"target": "2.2", "from": "1.20", "app": str(self.app)}
        path.write_text("".join(json.dumps({"id": i, **line}) + "\n" for i in range(applications)))
        return ["fleet", path, "--jobs", "1"]

    def all(self):
        savepoint = lambda variant: lambda count: ["check", "--target", "2.2", "--from", "2.2", "--savepoint",
                                                   self.write_savepoint(variant, count)]
        return {
            "bytes of a JAR (1,000 classes)": ([4_000, 8_000, 16_000, 32_000], lambda n: self.jar_of(f"bytes-{n}", 1_000, n)),
            "classes of a JAR": ([8_000, 16_000, 32_000, 64_000], lambda n: self.jar_of("classes", n, 100)),
            "subtasks of a savepoint": ([250_000, 500_000, 1_000_000, 2_000_000], savepoint("inline")),
            "states of a savepoint": ([2_500, 5_000, 10_000, 20_000], savepoint("states")),
            "applications of a fleet": ([50, 100, 200, 400], self.fleet_of),
        }


def exponent(sizes, seconds):
    """Of the power law that fits best: the slope of the line through the logarithms."""
    xs, ys = [math.log(size) for size in sizes], [math.log(max(second, 1e-4)) for second in seconds]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)
