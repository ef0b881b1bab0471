"""`python -m game` is `firstvisit`."""

from game.cli import main

raise SystemExit(main())
