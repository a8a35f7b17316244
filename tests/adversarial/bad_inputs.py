"""The bad inputs of the adversarial suite: each a kind, the arguments of `check`, and the bytes of one file.

All are made from the fixtures with a generator of numbers that is seeded, so that every run makes the same.
"""
import dataclasses
import io
import pathlib
import random
import struct
import zipfile

MIB = 1 << 20


@dataclasses.dataclass
class BadInput:
    kind: str
    option: str  # of check
    name: str  # of the file
    content: bytes
    arguments: tuple = ()  # further ones


def damaged(rng, kind, option, name, content, count, arguments=()):
    """Cut at `count` places, with as many bits flipped, and as many numbers replaced by extreme ones."""
    for i in range(count):
        cut = len(content) * i // count if i % 2 else rng.randrange(len(content))
        yield BadInput(f"{kind}: cut short", option, name, content[:cut], arguments)
    for _ in range(count):
        copy = bytearray(content)
        for _ in range(rng.choice([1, 1, 1, 4, 32])):
            copy[rng.randrange(len(copy))] ^= 1 << rng.randrange(8)
        yield BadInput(f"{kind}: flipped bits", option, name, bytes(copy), arguments)
    for _ in range(count):
        copy = bytearray(content)
        number = rng.choice([b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0" * 4, b"\xff\xff\xff\x7f", b"\x7f" + b"\xff" * 7])
        at = rng.randrange(max(1, len(copy) - len(number)))
        copy[at:at + len(number)] = number
        yield BadInput(f"{kind}: lying numbers", option, name, bytes(copy), arguments)


def jar_of(entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as jar:
        for name, content in entries:
            jar.writestr(zipfile.ZipInfo(name) if isinstance(name, str) else name, content, method)
    return buffer.getvalue()


def class_file(pool, count=None, tail=b"\0\x21\0\x01\0\x01" + b"\0\0" * 4):
    """A class file with the given entries of the constant pool, each as bytes."""
    return struct.pack(">IHHH", 0xCAFEBABE, 0, 52, count or len(pool) + 1) + b"".join(pool) + tail


def utf8(text):
    return b"\x01" + struct.pack(">H", len(text)) + text


def class_files():
    reference = lambda tag, *indices: struct.pack(">B" + "H" * len(indices), tag, *indices)
    yield "a class that names itself", class_file([reference(7, 1)])
    yield "a name and type that go in a circle", class_file([reference(7, 2), reference(12, 2, 2)])
    yield "an index out of range", class_file([reference(7, 0xFFFF)])
    yield "an index of nothing", class_file([reference(7, 0)])
    yield "more entries promised than there are", class_file([reference(7, 2), utf8(b"A")], count=0xFFFF)
    yield "an unknown tag", class_file([b"\x63\0\0"])
    yield "a long in the last place", class_file([b"\x05" + b"\0" * 8])
    yield "a name of 64 KiB", class_file([reference(7, 2), utf8(b"a" * 0xFFFF)])
    yield "a name with control characters", class_file([reference(7, 2), utf8(b"a\x1b[31m\x07\x0a")])
    yield "a name that is no UTF-8", class_file([reference(7, 2), utf8(b"\xff\xfe\xc0\x80")])
    yield "a dynamic constant of itself", class_file([reference(17, 0, 2), reference(12, 1, 1)])
    yield "65,535 interfaces", class_file([reference(7, 2), utf8(b"A")], tail=b"\0\x21\0\x01\0\x01\xff\xff" + b"\0\x01" * 9)
    yield "65,535 methods", class_file([reference(7, 2), utf8(b"A")], tail=b"\0\x21\0\x01\0\x01\0\0\0\0\xff\xff")
    yield "an attribute of 4 GiB", class_file(
        [reference(7, 2), utf8(b"A")], tail=b"\0\x21\0\x01\0\x01\0\0\0\0\0\0\0\x01\0\x02\xff\xff\xff\xff")
    yield "nothing", b""
    yield "the magic number alone", b"\xca\xfe\xba\xbe"


def set_field(content, signature, offset, value):
    """Overwrites a field of each header with this signature."""
    copy, at = bytearray(content), content.find(signature)
    while at >= 0:
        copy[at + offset:at + offset + len(value)] = value
        at = content.find(signature, at + 4)
    return bytes(copy)


def jars(rng, fixtures):
    for path in sorted((fixtures / "jars").glob("*.jar")):
        yield from damaged(rng, "JAR", "--app", "app.jar", path.read_bytes(), 16)
    for words, content in class_files():
        yield BadInput(f"class file: {words}", "--app", "app.jar", jar_of([("com/example/A.class", content)]))
    with zipfile.ZipFile(fixtures / "jars" / "language-levels.jar") as jar:
        name = next(name for name in jar.namelist() if name.endswith(".class"))
        whole = jar.read(name)
    for bad in damaged(rng, "class file", "--app", "app.jar", whole, 90):
        yield dataclasses.replace(bad, content=jar_of([("com/example/A.class", bad.content)]))

    plain = jar_of([("com/example/A.class", whole), ("readme.txt", b"text" * 100)])
    central, local = b"PK\x01\x02", b"PK\x03\x04"
    huge = struct.pack("<I", 0x7FFFFFFF)
    for words, content in {
        "a lying size": set_field(plain, central, 24, huge),
        "a lying compressed size": set_field(plain, central, 20, huge),
        "a wrong CRC": set_field(plain, central, 16, b"\1\2\3\4"),
        "encrypted": set_field(set_field(plain, central, 8, b"\1\0"), local, 6, b"\1\0"),
        "an unknown method": set_field(set_field(plain, central, 10, b"\x63\0"), local, 8, b"\x63\0"),
        "entries in one place": set_field(plain, central, 42, b"\0\0\0\0"),
        "an offset beyond the end": set_field(plain, central, 42, huge),
        "65,535 entries promised": set_field(plain, b"PK\x05\x06", 10, b"\xff\xff"),
        "a directory beyond the end": set_field(plain, b"PK\x05\x06", 16, huge),
        "a comment longer than the file": set_field(plain, b"PK\x05\x06", 20, b"\xff\xff"),
        "two archives in one": plain + plain,
        "bytes before": b"#!/bin/sh\n" * 1000 + plain,
        "bytes after": plain + b"\0" * 70_000,
        "no archive": b"not a zip file at all",
        "nothing": b"",
        "an empty archive": jar_of([]),
    }.items():
        yield BadInput(f"JAR: {words}", "--app", "app.jar", content)
    zeros = b"\0" * (64 * MIB)
    bomb = jar_of([("zeros.class", zeros)])
    yield BadInput("zip bomb: flat", "--app", "app.jar", bomb)
    yield BadInput("zip bomb: flat, a library", "--app", "app.jar", jar_of([("lib/zeros.jar", zeros)]))
    nested = bomb
    for depth in range(6):
        nested = jar_of([(f"lib/level-{depth}.jar", nested), (f"lib/again-{depth}.jar", nested)])
        yield BadInput("zip bomb: nested", "--app", "app.jar", nested)
    yield BadInput("JAR: 70,000 entries", "--app", "app.jar", jar_of([(f"{i}", b"") for i in range(70_000)], zipfile.ZIP_STORED))
    for name in ["../../escape.class", "/absolute.class", "a/" * 30_000 + "A.class", "\x1b[2Jclear.class", "<script>alert(1)</script>.class",
                 "new\nline.class", "\u202eright-to-left.class", "nul\\0.class", "C:\\windows.class", "com/example/" + "n" * 65_000 + ".class"]:
        yield BadInput("JAR: a hostile name", "--app", "app.jar", jar_of([(name, whole)]))
    for text in [b"Main-Class: " + b"x" * 100_000, b"\xff\xfe", b"Main-Class\n", b" continuation first\n", b"Main-Class: a\x1b[31m\r\n", b"\0" * 1000]:
        yield BadInput("JAR: a broken manifest", "--app", "app.jar", jar_of([("META-INF/MANIFEST.MF", text), ("com/example/A.class", whole)]))


def savepoints(rng, fixtures):
    paths = sorted(path for path in (fixtures / "savepoints").rglob("_metadata") if path.stat().st_size < 12_000)
    for path in paths[::2]:
        yield from damaged(rng, "savepoint", "--savepoint", "_metadata", path.read_bytes(), 12)
    magic = b"\x49\x60\x67\x2d"
    for version in [0, 1, 2, 7, 8, 1000, -1]:
        for rest in [b"", b"\0" * 64, b"\xff" * 64, b"\x7f\xff\xff\xff" * 16]:
            yield BadInput("savepoint: a header alone", "--savepoint", "_metadata", magic + struct.pack(">i", version) + rest)


def builds(rng, fixtures):
    for path in sorted((fixtures / "builds").iterdir()):
        yield from damaged(rng, "build", "--build", path.name, path.read_bytes(), 12)
    for words, name, content in (
            ("100,000 levels of TOML", "libs.versions.toml", b"x = " + b"[" * 100_000),
            ("a key of 1,000,000 parts", "libs.versions.toml", b"a." * 1_000_000 + b"b = 1"),
            ("100,000 levels of JSON", "bom.json", b'{"bomFormat":' + b"[" * 100_000),
            ("an open text of 8 MiB", "build.gradle", b'implementation "' + b"$" * (8 << 20)),
            ("control characters", "requirements.txt", b"apache-flink==\x1b[31m1.20\n"),
            ("another name", "build.xml", b"<project/>"),
            ("nothing", "gradle.lockfile", b"")):
        yield BadInput(f"build: {words}", "--build", name, content)


def poms(rng, fixtures):
    for path in sorted((fixtures / "poms").rglob("pom.xml")):
        yield from damaged(rng, "pom", "--pom", "pom.xml", path.read_bytes(), 8)
    project = b"<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>b</artifactId><version>1</version>%s</project>"
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 10))
    for words, content in {
        "entities in entities": b'<!DOCTYPE p [<!ENTITY e0 "x">' + entities + b"]>" + project % b"<name>&e9;</name>",
        "an external entity": b'<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + project % b"<name>&e;</name>",
        "100,000 levels": b"<project>" + b"<a>" * 100_000,
        "100,000 levels, closed": b"<project>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</project>",
        "a property of itself": project % b"<properties><a>${a}</a></properties><dependencies><dependency><groupId>${a}</groupId><artifactId>x</artifactId><version>${a}</version></dependency></dependencies>",
        "properties in a circle": project % (b"<properties>" + b"".join(b"<p%d>${p%d}${p%d}</p%d>" % (i, (i + 1) % 40, (i + 1) % 40, i) for i in range(40)) + b"</properties><name>${p0}</name>"),
        "properties that double": project % (b"<properties>" + b"".join(b"<p%d>${p%d}${p%d}</p%d>" % (i, i + 1, i + 1, i) for i in range(60)) + b"<p60>xxxxxxxx</p60></properties><dependencies><dependency><groupId>g</groupId><artifactId>x</artifactId><version>${p0}</version></dependency></dependencies>"),
        "its own parent": project % b"<parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent>",
        "a parent that is a folder": project % b"<parent><groupId>x</groupId><artifactId>y</artifactId><version>1</version><relativePath>..</relativePath></parent>",
        "its own module": project % b"<modules><module>.</module></modules>",
        "a module far away": project % b"<modules><module>../../../../../../../../etc/passwd</module></modules>",
        "5 MB of comments": project % (b"<!--" + b"x" * (5 * MIB) + b"-->"),
        "a name of 1 MB": project % (b"<name>" + b"n" * MIB + b"</name>"),
        "no pom": b"<html></html>",
        "no XML": b"{}",
        "nothing": b"",
        "a mark of UTF-16": "<project/>".encode("utf-16"),
        "bytes that are no UTF-8": project % b"<name>\xff\xfe\xc3</name>",
        "control characters": project % b"<dependencies><dependency><groupId>a\x1b[2J</groupId><artifactId>&#x1b;[31m</artifactId><version>&#0;</version></dependency></dependencies>",
        "100,000 dependencies": project % (b"<dependencies>" + b"<dependency><groupId>a</groupId><artifactId>b</artifactId><version>1</version></dependency>" * 100_000 + b"</dependencies>"),
    }.items():
        yield BadInput(f"pom: {words}", "--pom", "pom.xml", content)


def plans(rng, seeds):
    savepoint = ("--savepoint", "SAVEPOINT")
    for path in sorted(seeds.glob("*.json")):
        yield from damaged(rng, "plan", "--sql-plan", "plan.json", path.read_bytes(), 40, savepoint)
    for words, content in {
        "100,000 levels of lists": b"[" * 100_000,
        "100,000 levels of objects": b'{"a":' * 100_000,
        "a million values": b'{"flinkVersion":"1.20","nodes":[' + b"1," * MIB + b"1]}",
        "a number of 100,000 digits": b'{"flinkVersion":' + b"9" * 100_000 + b"}",
        "names twice": b'{"flinkVersion":"1.20","flinkVersion":"2.0","nodes":[],"edges":[]}',
        "no object": b"[]",
        "no JSON": b"<xml/>",
        "nothing": b"",
        "bytes that are no UTF-8": b'{"flinkVersion":"\xff\xfe"}',
        "other types": b'{"flinkVersion":[1],"nodes":{"a":1},"edges":"x"}',
    }.items():
        yield BadInput(f"plan: {words}", "--sql-plan", "plan.json", content, savepoint)


def deployments(rng, fixtures):
    for path in sorted((fixtures / "deployments").iterdir()):
        if path.is_file() and path.suffix != ".md":
            yield from damaged(rng, "deployment", "--deployment", path.name, path.read_bytes(), 6)
    resource = b"apiVersion: flink.apache.org/v1beta1\nkind: FlinkDeployment\nspec:\n  "
    laughs = b"".join(b"  a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n" % (i, i, i - 1, i - 1, i - 1, i - 1) for i in range(1, 40))
    for name, words, content in [
        ("d.json", "100,000 levels of lists", b"[" * 100_000),
        ("d.yaml", "100,000 levels of lists", b"a: " + b"[" * 100_000),
        ("d.yaml", "more YAML than is read", b"a: " + b"[" * (4 * MIB)),
        ("d.yaml", "aliases that expand", resource + b"flinkConfiguration:\n  a0: &a0 x\n" + laughs),
        ("d.yaml", "100,000 documents", b"---\nkind: A\napiVersion: b\n" * 100_000),
        ("d.yaml", "other types", resource + b"job: {args: {}, parallelism: [], upgradeMode: {a: b}}\n"),
        ("d.yaml", "a parallelism beyond all", resource + b"job: {parallelism: 99999999999999999999}\n"),
        ("d.yaml", "control characters", resource + b'job: {entryClass: "a\\e[2J\\0b"}\n'),
        ("d.yaml", "nothing", b""),
        ("d.yaml", "bytes that are no UTF-8", resource + b"image: \xff\xfe\n"),
        ("d.yaml", "a mark of UTF-16", "kind: FlinkDeployment".encode("utf-16")),
        ("d.json", "a million snapshots", b'{"SnapshotSummaries":[' + b"{}," * 400_000 + b"{}]}"),
        ("main.tf", "100,000 levels of blocks", b"a {" * 100_000),
        ("main.tf", "100,000 levels of lists", b"a = " + b"[" * 100_000),
        ("main.tf", "100,000 templates in templates", b'a = "' + b'${"' * 100_000),
        ("main.tf", "300,000 names", b"".join(b"a%d = 1\n" % i for i in range(300_000))),
        ("main.tf", "a comment without end", b"/*" * 500_000),
        ("main.tf", "5 MB", b"# x\n" * (5 * MIB // 4)),
        ("flink-conf.yaml", "400,000 lines that are none", b"a\n" * 400_000),
        ("flink-conf.yaml", "one key again and again", b"a: b\n" * 400_000),
        ("start.sh", "500,000 words", b"flink run " + b"a " * 500_000),
        ("start.sh", "300,000 commands", b"flink run a\n" * 300_000),
        ("start.sh", "a quote without end", b'flink run "' + b"a" * MIB),
        ("start.sh", "substitutions in substitutions", b"flink run " + b"$(" * 300_000),
    ]:
        yield BadInput(f"deployment: {words}", "--deployment", name, content)


def tables(rng, table):
    pom = ("--pom", "POM")
    for name in ["hops.json", "releases.json", "connectors.json"]:
        yield from damaged(rng, "table", "--table", name, (table / name).read_bytes(), 14, pom)
    yield BadInput("table: 100,000 levels", "--table", "hops.json", b'{"table":"hops","rows":' + b"[" * 100_000, pom)
    yield BadInput("table: nothing", "--table", "hops.json", b"", pom)
    index = (table / "flink.api").read_bytes()
    yield from damaged(rng, "API index", "--table", "more.api", index[:400_000], 3, ("--app", "APP"))


WAIVERS = b"""waivers:
  - rule: connector-without-release
    subject: "*rabbitmq*"
    kind: dependency
    path: "*"
    reason: moves to Kafka
    approved_by: M. Maier
    expires: 2099-01-31
"""
CONFIGURATION = b"platform: standalone\nfail-on: medium\nstrict: true\nformat: [json]\ndefine: [a=b, c=d]\nprofiles: x\n"


def decisions(rng, report):
    """What a team writes down: waivers, a configuration, an earlier report."""
    pom = ("--pom", "POM")
    for kind, option, name, content in [("waivers", "--waivers", "waivers.yaml", WAIVERS),
                                        ("configuration", "--config", "config.yaml", CONFIGURATION),
                                        ("baseline", "--baseline", "earlier.json", report)]:
        # The report is one of an upgrade on MSF: of another platform it would be refused whole.
        more = pom + (("--platform", "msf") if kind == "baseline" else ())
        yield from damaged(rng, kind, option, name, content, 30, more)
        laughs = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
            b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("b"), ord("k")))
        for what, bad in [("nested", b"[" * 100_000), ("nested", b'{"a":' * 100_000), ("aliases", laughs),
                          ("empty", b""), ("binary", bytes(range(256)) * 16), ("a text", b"hello\n"),
                          ("a long text", b"waivers: " + b"x" * 5_000_000), ("control characters", b'"\x1b[2J\x07": 1\n'),
                          ("a long list", b"waivers:\n" + b"  - x\n" * 300_000), ("a null", b"null\n")]:
            yield BadInput(f"{kind}: {what}", option, name, bad, more)
    pattern = b"*a" * 20_000
    yield BadInput("waivers: a pattern of stars", "--waivers", "waivers.yaml",
                   b"waivers: [{rule: connector-without-release, subject: '%s', reason: x, expires: never}]\n" % pattern, pom)


def all_inputs(house: pathlib.Path):
    rng = random.Random(20261129)
    fixtures = house / "fixtures"
    yield from savepoints(rng, fixtures)
    yield from jars(rng, fixtures)
    yield from builds(rng, fixtures)
    yield from poms(rng, fixtures)
    yield from plans(rng, house / "tests" / "fuzz" / "seeds" / "compiled_plan")
    yield from deployments(rng, fixtures)
    yield from tables(rng, house / "rules" / "table")
    yield from decisions(rng, (house / "tests" / "reports" / "golden" / "blocked.json").read_bytes())
