"""Readers for tests: packages as pip leaves them, written into a folder of the path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord import readers

SPANISH = """Caleda abre su puerto el viernes

La alcaldesa de Caleda, Inés de la Torre, afirmó el lunes: “Abriremos el viernes aunque haya que remolcar los barcos a mano”.

«El viernes no entra ni un barco», aseguró ayer el portavoz del sindicato de prácticos, Darío Menchaca. «Y el sábado tampoco», añadió.

"No hemos recibido ninguna oferta", dijo una fuente del sindicato que pidió no ser nombrada.

La llamada “ley de los muelles” no se toca. Menchaca respondió que «esa ley nació muerta». El martes, Inés de la Torre reiteró: « Abriremos. »

El presidente del puerto, que citó “el canon” de pasada, no quiso hablar. Ayer Menchaca concluyó: "Nos vemos en el juzgado".
"""


def package(site: Path, name: str, code: str, reader: str, version: str = "1.0", target: str = "read") -> None:
    """Writes a package of one module with an entry point, as an installation leaves it."""
    module = name.replace("-", "_")
    (site / f"{module}.py").write_text(code, encoding="utf-8")
    info = site / f"{module}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[onrecord.readers]\n{reader} = {module}:{target}\n")


@contextmanager
def on_the_path(site: Path) -> Iterator[None]:
    """What lies in a folder can be imported, and its readers are found, for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(site)
        readers.installed.cache_clear()
        yield
    readers.installed.cache_clear()
