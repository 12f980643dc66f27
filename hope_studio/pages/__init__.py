"""The pages, in the order of the navigation rail; each is imported when it is first shown."""

from __future__ import annotations

from hope_core.table import Table

PAGES = Table(
    "page",
    {
        "home": "hope_studio.pages.home:HomePage",
        "data": "hope_studio.pages.data:DataPage",
        "configure": "hope_studio.pages.configure:ConfigurePage",
        "train": "hope_studio.pages.train:TrainPage",
        "memory": "hope_studio.pages.memory:MemoryPage",
        "generate": "hope_studio.pages.generate:GeneratePage",
        "runs": "hope_studio.pages.runs:RunsPage",
    },
)
