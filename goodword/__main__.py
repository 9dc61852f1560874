"""`python -m goodword` is `goodword`."""

from goodword.config.cli import main

if __name__ == "__main__":
    main(prog_name="goodword")
