"""The slots through which an extension on Linux reaches CPython's functions."""

import struct

SECTION = struct.Struct("<IIQQQQIIQQ")
RELOCATION = struct.Struct("<QQq")
SYMBOL = struct.Struct("<IBBHQQ")
DYNSYM, RELA = 11, 4
SLOT = (6, 7)  # R_X86_64_GLOB_DAT, R_X86_64_JUMP_SLOT


def slots(path):
    """The address of each slot that holds one of CPython's functions, in this process."""
    start, code = mapped(path)
    for offset in offsets(path):
        (target,) = struct.unpack("<Q", peek(start + offset, 8))
        if any(low <= target < high for low, high in code):
            yield start + offset


def peek(address, size):
    with open("/proc/self/mem", "rb", buffering=0) as memory:
        memory.seek(address)
        return memory.read(size)


def mapped(path):
    """Where the file starts in memory, and all that can be executed."""
    starts, code = [], []
    with open("/proc/self/maps") as lines:
        for line in lines:
            where, rights, _offset, _device, _inode, *name = line.split(None, 5)
            low, high = (int(part, 16) for part in where.split("-"))
            if name and name[0].strip() == path:
                starts.append(low)
            if "x" in rights:
                code.append((low, high))
    return min(starts), code


def offsets(path):
    """For each slot whose symbol has a name such as CPython's, how far behind the start it is."""
    with open(path, "rb") as file:
        data = file.read()
    at, size, count = *struct.unpack_from("<Q", data, 40), *struct.unpack_from("<HH", data, 58)
    sections = [SECTION.unpack_from(data, at + size * index) for index in range(count)]
    symbols = next(section for section in sections if section[1] == DYNSYM)
    names = sections[symbols[6]][4]
    for section in sections:
        if section[1] != RELA:
            continue
        for place in range(section[4], section[4] + section[5], RELOCATION.size):
            offset, info, _addend = RELOCATION.unpack_from(data, place)
            if info & 0xFFFFFFFF in SLOT:
                symbol = SYMBOL.unpack_from(data, symbols[4] + SYMBOL.size * (info >> 32))
                start = names + symbol[0]
                if data[start : data.index(b"\0", start)].startswith((b"Py", b"_Py")):
                    yield offset
