"""A share is told by the table of mounts, wherever on it the folder lies."""

from pathlib import Path

import pytest

from fhc_desktop.storage.log.network_share import network_kind, network_kind_of

MOUNTS = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/net /net nfs4 rw,vers=4.2 0 0
/dev/sdb1 /net/own ext4 rw 0 0
//server/clinic /mnt/Clinic\040share cifs rw 0 0
me@host: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
//server/old /srv smb3 rw 0 0
/dev/sdd1 /srv ext4 rw 0 0
half a line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/fhc", ""),
        ("/net/anna/fhc-desktop", "nfs4"),
        ("/network/anna", ""),
        ("/opt/local/anna", ""),
        ("/mnt/Clinic share/data", "cifs"),
        ("/mnt/ssh/data", "fuse.sshfs"),
        ("/media/stick/data", ""),
        ("/srv/data", ""),
    ],
)
def test_that_the_nearest_and_last_mount_says_what_it_is(folder, kind):
    assert network_kind(Path(folder), MOUNTS) == kind


def test_that_an_empty_table_says_nothing():
    assert network_kind(Path("/net"), "") == ""


def test_that_a_folder_of_this_machine_is_on_none(tmp_path):
    assert network_kind_of(tmp_path / "not there yet") == ""
