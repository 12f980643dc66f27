"""Team: the processes that train one run together. Process 0 leads, the others follow its orders.

Only process 0 listens to people, decides, and writes events; so whatever is decided holds for all.
Orders travel through a key-value store and cost some hundred microseconds; waiting for one has no
limit, so that a run may pause for days. Exchanges of tensors do have one.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import torch.distributed as dist
from torch.distributed import PrefixStore, TCPStore  # type: ignore[attr-defined]

from hope_core.errors import HopeError
from hope_core.training.orders import AnyOrder, Dismiss
from hope_core.training.place import STORE_HANDLE

if TYPE_CHECKING:
    from hope_core.training.place import Place

EXCHANGE_TIMEOUT = timedelta(seconds=60)
"""Of one exchange of tensors: the slowest process may be so far behind."""
JOIN_TIMEOUT = timedelta(minutes=5)
"""Until all processes have met; a cluster's machines do not start at once."""
ANSWER_TIMEOUT = timedelta(seconds=120)
"""Until every follower has written its share of a checkpoint."""
FAREWELL_TIMEOUT = timedelta(seconds=10)
"""Until every follower has heard that the run has ended; whoever has not is ended by the crew."""
LISTEN = timedelta(hours=1)
LOST_WORDS = ("connection closed", "connection reset", "gloo", "nccl", "timed out", "timeout")


class TeamLostError(HopeError):
    """Another process of the run has ended, or no longer answers."""


class TeamFaultError(HopeError):
    """Another process of the run has ended and said why."""


class Team:
    """The processes of one run, as one of them sees them.

    Args:
        place: where this process stands.
        device_type: cpu or cuda; decides how tensors are exchanged.
    """

    def __init__(self, place: Place, device_type: str) -> None:
        self.place = place
        self._store = _open_store(place)
        backend = "nccl" if device_type == "cuda" else "gloo"
        dist.init_process_group(
            backend,
            store=PrefixStore("group", self._store),
            rank=place.rank,
            world_size=place.size,
            timeout=EXCHANGE_TIMEOUT,
        )
        self._orders = PrefixStore("orders", self._store)
        self._number = 0
        self._decoder: msgspec.json.Decoder[AnyOrder] = msgspec.json.Decoder(AnyOrder)

    # -- the run ---------------------------------------------------------------------------------
    def name_run(self, path: Path) -> None:
        """Tell the followers which run this is, where only process 0 can know."""
        self._store.set("run", str(path))

    def named_run(self) -> Path:
        """Which run process 0 has named.

        Raises:
            TeamLostError: process 0 ended before.
        """
        try:
            return Path(self._store.get("run").decode())
        except dist.DistError as error:
            raise TeamLostError("Process 1 ended before it had made the run.") from error

    # -- orders ----------------------------------------------------------------------------------
    def send(self, order: AnyOrder) -> None:
        """Ask something of all followers; for process 0."""
        self._number += 1
        self._orders.set(str(self._number), msgspec.json.encode(order).decode())
        if self._number > 2:  # whoever takes part in the last one has read the one before
            self._orders.delete_key(str(self._number - 2))

    def receive(self) -> AnyOrder:
        """The next order, whenever it comes; for followers.

        Raises:
            TeamLostError: process 0 is gone.
        """
        self._number += 1
        key = str(self._number)
        while True:
            try:
                self._orders.wait([key], LISTEN)
                return self._decoder.decode(self._orders.get(key))
            except dist.DistNetworkError as error:
                raise TeamLostError("Process 1 of this run is gone.") from error
            except dist.DistStoreError:
                continue  # a long pause

    def is_dismissed(self) -> bool:
        """Whether process 0 has ended the run; also while an earlier order is worked on."""
        return bool(self._store.check(["dismissed"]))

    def dismiss(self) -> None:
        """End the run for all followers, and wait until they have heard it."""
        self._store.set("dismissed", "")
        self.send(Dismiss())
        heard = [f"heard/{rank}" for rank in range(1, self.place.size)]
        self._wait_for(heard, FAREWELL_TIMEOUT)

    def say_heard(self) -> None:
        """Tell process 0 that this follower ends."""
        self._store.set(f"heard/{self.place.rank}", "")

    # -- answers ---------------------------------------------------------------------------------
    def report(self, fault: str) -> None:
        """Tell process 0 why this follower ends."""
        number = self.place.rank + 1
        self._store.set("fault", f"Process {number} of {self.place.size}: {fault}")

    def tell_written(self, trouble: str) -> None:
        """Tell process 0 that this process's share is on the disk, or why it is not."""
        self._store.set(f"written/{self.place.rank}", trouble)

    def troubles_of_writing(self) -> list[str]:
        """Wait for the shares of all followers; what went wrong with each, most often nothing.

        Raises:
            TeamLostError: one does not answer.
        """
        keys = [f"written/{rank}" for rank in range(1, self.place.size)]
        if not self._wait_for(keys, ANSWER_TIMEOUT):
            raise TeamLostError("A process of this run did not write its share of a checkpoint.")
        told = [self._store.get(key).decode() for key in keys]
        for key in keys:
            self._store.delete_key(key)
        return [trouble for trouble in told if trouble]

    def cause_of(self, error: Exception) -> Exception:
        """What lies behind an error of process 0: a follower's fault, a lost process, or itself."""
        if isinstance(error, HopeError) and not isinstance(error, TeamLostError):
            return error
        if self._store.check(["fault"]):
            return TeamFaultError(self._store.get("fault").decode())
        if isinstance(error, dist.DistError) or (
            isinstance(error, RuntimeError)
            and any(word in str(error).lower() for word in LOST_WORDS)
        ):
            return TeamLostError("Another process of this run ended, or no longer answers.")
        return error

    def _wait_for(self, keys: list[str], limit: timedelta) -> bool:
        try:
            self._store.wait(keys, limit)
        except dist.DistError:
            return False
        return True


def _open_store(place: Place) -> TCPStore:
    """Process 0 holds the store, on a socket that its launcher opened; else as torchrun does it."""
    address, port = os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"])
    held_by_agent = os.environ.get("TORCHELASTIC_USE_AGENT_STORE") == "True"
    holds = place.leads and not held_by_agent
    handle = int(os.environ[STORE_HANDLE]) if holds and STORE_HANDLE in os.environ else None
    return TCPStore(
        address,
        port,
        None if held_by_agent else place.size,
        holds,
        timeout=JOIN_TIMEOUT,
        wait_for_workers=False,
        multi_tenant=True,
        master_listen_fd=handle,
    )
