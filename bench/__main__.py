"""`python -m bench [NAME …]` runs the named benches, or all of them, one after the other."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench


def main(chosen: list[str]) -> int:
    """Run each bench's `main()`; a name selects the bench itself and those that begin with it."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    unknown = [part for part in chosen if not any(name.startswith(part) for name in names)]
    if unknown:
        print(f"No bench called {', '.join(unknown)}. There are: {', '.join(names)}.", file=sys.stderr)
        return 2
    for name in names:
        if not chosen or any(name.startswith(part) for part in chosen):
            print(f"── {name} ".ljust(100, "─"), flush=True)
            importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
