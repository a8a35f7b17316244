"""Changes of an input that mean nothing: each makes the input anew in a folder of its own, and gives its path."""
import pathlib
import random
import re
import shutil
import zipfile

from synthetic_jar import class_file

UNRELATED = "zz/unrelated/Nothing"


def repacked(path, folder, order=lambda entries: entries, method=zipfile.ZIP_DEFLATED, more=()):
    result = folder / path.name
    with zipfile.ZipFile(path) as jar, zipfile.ZipFile(result, "w") as copy:
        entries = [(entry.filename, jar.read(entry)) for entry in jar.infolist()]
        for name, content in [*order(entries), *more]:
            copy.writestr(zipfile.ZipInfo(name), content, method)
    return result


def shuffled(entries):
    return random.Random(1).sample(entries, len(entries))


def renamed(path, folder):
    return pathlib.Path(shutil.copy(path, folder / "another name.zip"))


def moved(path, folder):
    return pathlib.Path(shutil.copytree(path, folder / "elsewhere" / "savepoint of today"))


def of_top_level(pom):
    """The text before the sections of a pom, its sections with the blanks and comments before them, and the text behind."""
    head = re.match(r"(?s).*?<project\b[^>]*>", pom).group()
    sections, at = [], len(head)
    while match := re.compile(r"(?s)(?:\s|<!--.*?-->)*<(\w+)>").match(pom, at):
        end = pom.index(f"</{match.group(1)}>", at) + len(match.group(1)) + 3
        sections.append(pom[at:end])
        at = end
    return head, sections, pom[at:]


def sections_reversed(path, folder):
    """The pom alone is changed; what it refers to (parents, modules) is copied beside it."""
    result = pathlib.Path(shutil.copytree(path.parent, folder / path.parent.name)) / path.name
    head, sections, tail = of_top_level(path.read_text())
    result.write_text(head + "".join(reversed(sections)) + tail)
    return result


def with_dependency(path, folder):
    result = pathlib.Path(shutil.copytree(path.parent, folder / path.parent.name)) / path.name
    head, sections, tail = of_top_level(path.read_text())
    more = "<dependency><groupId>zz.unrelated</groupId><artifactId>nothing</artifactId><version>1.0</version></dependency>"
    sections = [section.replace("</dependencies>", more + "</dependencies>") if "<dependencies>" in section and
                "<dependencyManagement>" not in section else section for section in sections]
    result.write_text(head + "".join(sections) + tail)
    return result


OF_JARS = {
    "packed in another order": lambda path, folder: repacked(path, folder, order=shuffled),
    "stored": lambda path, folder: repacked(path, folder, method=zipfile.ZIP_STORED),
    "under another name": renamed,
    "an unrelated class more": lambda path, folder: repacked(path, folder, more=[(UNRELATED + ".class", class_file(UNRELATED))]),
    "an unrelated file more": lambda path, folder: repacked(path, folder, more=[("zz/readme.txt", b"nothing")]),
}
OF_POMS = {"sections in another order": sections_reversed, "an unrelated dependency more": with_dependency}
CHANGES = {"app": OF_JARS, "running_app": OF_JARS, "savepoint": {"in another folder": moved}, "pom": OF_POMS}


def changes_of(inputs):
    """(field of inputs, the change in words, what makes it) for each change of each input that is given."""
    for field, changes in CHANGES.items():
        if getattr(inputs, field):
            for words, make in changes.items():
                yield field, words, make
