"""ZIP archives for tests, well-meant and hostile."""

import stat
import zipfile
from io import BytesIO

from PIL import Image


def picture(gray=90, side=32, kind="PNG"):
    kept = BytesIO()
    Image.new("L", (side, side), gray).save(kept, kind)
    return kept.getvalue()


def zipped(target, members, packing=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target


def entry(name, *, mode=None):
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    if mode is not None:
        info.external_attr = mode << 16
    return info


def link(name):
    return entry(name, mode=stat.S_IFLNK | 0o777)
