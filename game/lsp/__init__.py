"""A language server: what `check` says of a scenario while it is written, in any editor that speaks the protocol.

`server` answers an editor (it needs pygls, the extra `lsp`); `serving` is the command. What can be written where, and
which id means what, is in `engine.scenario.editing` and `engine.scenario.naming`.
"""
