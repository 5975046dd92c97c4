"""What several folders of tests share: the demonstration's record, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("beside others")  # a busy machine is no mistake of the code
settings.load_profile("beside others")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a record into which the demonstration was replayed; copy it before writing."""
    from onrecord.demo.show import demonstrate

    home: Path = tmp_path_factory.mktemp("demonstration")
    demonstrate(home)
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with the file that takes longest, so that no core waits for it at the end."""
    items.sort(key=lambda item: item.path.name != "test_crash.py")
