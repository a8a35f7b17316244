"""Assembles fat JARs from artifacts of Maven Central, as the Maven Shade plugin would: fat_jars.json says which."""
import json
import pathlib
import subprocess
import xml.sax.saxutils
import zipfile

INGREDIENTS = pathlib.Path(__file__).with_suffix(".json")


def dependency(coordinates):
    group, artifact, version = (xml.sax.saxutils.escape(part) for part in coordinates.split(":"))
    return (f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>"
            "<exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>\n")


def download(artifacts, folder):
    """Copies the artifacts alone, without what they depend on, into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    pom = folder / "pom.xml"
    pom.write_text("<project><modelVersion>4.0.0</modelVersion><groupId>benchmark</groupId><artifactId>fat-jars</artifactId>"
                   "<version>1</version><packaging>pom</packaging><dependencies>\n"
                   + "".join(map(dependency, artifacts)) + "</dependencies></project>\n")
    subprocess.run(["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={folder}"], check=True)


def file_of(coordinates, folder):
    _, artifact, version = coordinates.split(":")
    return folder / f"{artifact}-{version}.jar"


def assemble(artifacts, target):
    """One JAR of the content of all: of entries with one name the first, signatures left out, each deflated anew."""
    unfinished = target.with_suffix(".unfinished")
    names = set()
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as fat:
        for artifact in artifacts:
            with zipfile.ZipFile(artifact) as jar:
                for entry in jar.infolist():
                    signature = entry.filename.startswith("META-INF/") and entry.filename.endswith((".SF", ".RSA", ".DSA"))
                    if entry.filename not in names and not signature:
                        names.add(entry.filename)
                        fat.writestr(zipfile.ZipInfo(entry.filename), jar.read(entry), zipfile.ZIP_DEFLATED)
    unfinished.rename(target)


def fat_jars(folder):
    """The JARs by name, smallest first; those that are there already are not made again."""
    jars, artifacts = {}, []
    for name, added in json.loads(INGREDIENTS.read_text())["jars"].items():
        artifacts += added
        jars[name] = folder / f"fat-{name}.jar"
        if not jars[name].exists():
            if not all(file_of(one, folder).exists() for one in artifacts):
                download(artifacts, folder)
            assemble([file_of(one, folder) for one in artifacts], jars[name])
    return jars
