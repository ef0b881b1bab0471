"""An event as it goes on: what seats and hosts do, and the one writer who lets it happen."""
