"""`python -m game` is `firstvisit`."""

from game.start import main

raise SystemExit(main())
