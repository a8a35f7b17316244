"""Class files and JARs without a compiler, for tests and benchmarks."""
import random
import struct
import zipfile

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-"


def class_file(name, texts=(), super_class="java/lang/Object"):
    """A class without members for Java 8, whose constant pool has further texts."""
    utf8 = lambda text: b"\x01" + struct.pack(">H", len(text)) + text.encode()
    pool = [utf8(name), b"\x07\0\x01", utf8(super_class), b"\x07\0\x03", *map(utf8, texts)]
    return struct.pack(">IHHH", 0xCAFEBABE, 0, 52, len(pool) + 1) + b"".join(pool) + b"\0\x21\0\x02\0\x04" + b"\0\0" * 4


def write_jar(path, classes, text_bytes, root="java/lang/Object"):
    """Classes that extend each other in 97 lines, with texts that hardly compress. The same numbers give the same bytes."""
    rng = random.Random(classes)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as jar:
        for i in range(classes):
            name = f"com/example/p{i % 97}/C{i}"
            super_class = f"com/example/p{i % 97}/C{i - 97}" if i >= 97 and i % 3 else root
            texts = ["".join(rng.choices(ALPHABET, k=text_bytes))]
            jar.writestr(zipfile.ZipInfo(name + ".class"), class_file(name, texts, super_class), zipfile.ZIP_DEFLATED)
