"""Taking a preset in: checked as data, then kept among the user's own presets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.config.loading import dump_yaml, read_yaml
from hope_core.config.presets import own_presets_folder, preset_names
from hope_core.config.validation import parse_config
from hope_core.errors import ForeignFileError
from hope_core.exchange.kinds import open_plain
from hope_core.runs.disk_full import storage_error
from hope_core.runs.names import check_name
from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from pathlib import Path


def import_preset(path: Path, *, name: str | None = None) -> Path:
    """Keep a preset, so that its name is known from now on.

    Args:
        path: the YAML file.
        name: what to call it; None: as the file.

    Returns:
        Where it is kept.

    Raises:
        ConfigError: the file is not settings that can be used; names every problem.
        ForeignFileError: there is another preset of that name.
        RunError: the name cannot be used, or the file cannot be written.
    """
    with open_plain(path):
        config = parse_config(read_yaml(path), source=str(path))
    wanted = check_name(name if name is not None else path.stem)
    folder = own_presets_folder()
    target = folder / f"{wanted}.yaml"
    data = dump_yaml(config).encode()
    if wanted in preset_names() or (target.exists() and target.read_bytes() != data):
        raise ForeignFileError(
            f"There is a preset {wanted} already. Choose another name, or remove it."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error
    write_bytes(target, data)
    return target
