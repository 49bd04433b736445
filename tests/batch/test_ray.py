"""The same inputs here and on a cluster of two nodes; run with ``-m ray``."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from batch_help import parts

from newsclean.batch.audit import verify
from newsclean.batch.runner import run
from newsclean.batch.sinks import part_rows
from newsclean.batch.summary import Silent

pytestmark = [
    pytest.mark.ray,
    # Ray's own: files it leaves to the collector, and modules it imports under their old names.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning", "ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

Make = Callable[..., Any]

COUNT = 2000
POISON = {
    250: "x\nmisbehave: raise\n",
    700: "x\nmisbehave: loop\n",
    1234: "x\nmisbehave: eat\n",
    1750: "x\nmisbehave: kill\n",
}
BECAME = {
    250: ("failed", "exception"),
    700: ("quarantined", "timeout"),
    1234: ("quarantined", "memory"),
    1750: ("quarantined", "crashed"),
}


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two nodes of one processor each."""
    import ray
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.second = made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False)
    _wake(ray)
    yield made
    ray.shutdown()
    made.shutdown()


def _wake(ray: Any) -> None:
    """One task on each node, so that both have a process running before the work is shared out."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    wake = ray.remote(num_cpus=1)(_load_cleaner)
    places = [NodeAffinitySchedulingStrategy(node["NodeID"], soft=False) for node in ray.nodes()]
    assert len(places) == 2
    ray.get([wake.options(scheduling_strategy=place).remote() for place in places])


def _load_cleaner() -> None:
    import newsclean.api  # noqa: F401


def test_two_nodes_and_one_of_them_lost(pages: Make, config: Make, cluster: Any, tmp_path: Path) -> None:
    top = pages(COUNT, POISON)
    here = config(top, output="here", unit_size=100, workers=2)
    local = run(here)
    wanted = parts(here.output)
    assert local.units > 20

    there = config(top, output="there", unit_size=100, engine="ray")
    summary = run(there)
    assert len(summary.done_by) == 2
    assert min(summary.done_by.values()) >= 1
    assert parts(there.output) == wanted
    rows = [row for part in sorted(there.output.glob("part-*")) for row in part_rows(part)]
    became = {int(Path(r["id"]).stem): (r["status"], r["reason"]) for r in rows if r["status"] != "ok"}
    assert became == BECAME
    assert len(rows) == len({row["id"] for row in rows}) == COUNT
    assert verify(there.output).clean
    assert run(there).cleaned == 0

    class Lose(Silent):
        done = 0

        def unit(self, receipt: dict[str, Any], *, again: bool) -> None:
            self.done += 1
            if self.done == 4:
                cluster.remove_node(cluster.second, allow_graceful=False)

    lost = config(top, output="lost", unit_size=100, engine="ray", cleaner="batch_double:clean")
    started = time.monotonic()
    assert run(lost, watch=Lose()).cleaned == COUNT
    assert time.monotonic() - started < 90
    assert parts(lost.output) == wanted
    assert verify(lost.output).clean


def test_a_store_that_the_nodes_write_to(pages: Make, config: Make, cluster: Any, tmp_path: Path) -> None:
    top, store = pages(300), tmp_path / "store"
    local = config(top, output="local")
    run(local)
    there = config(top, output="ledger", store=store.as_uri(), engine="ray")
    assert len(run(there).done_by) == 2
    found = {p.name: p.read_bytes() for p in store.glob("part-*")}
    assert found == {p.name: p.read_bytes() for p in local.output.glob("part-*")}
    assert verify(there.output).clean


def test_an_error_of_a_unit_is_the_error_of_the_run(pages: Make, config: Make, cluster: Any) -> None:
    from newsclean.errors import ConfigurationError

    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        run(config(pages(10), engine="ray", cleaner="batch_double:nothing"))
