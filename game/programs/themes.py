"""The program's own colours: a dark theme, a light one, and one of high contrast. One accent each."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

from engine.words import marked

DARK: Final = Theme(
    name="first-visit-dark",
    dark=True,
    primary="#d9a05b",
    secondary="#7fa6a3",
    accent="#d9a05b",
    foreground="#d6d9dc",
    background="#15181b",
    surface="#1c2024",
    panel="#252a2f",
    success="#8fb573",
    warning="#d9a05b",
    error="#df8576",
    variables={
        "border": "#3a4148",
        "text-muted": "#98a1a8",
        "block-cursor-background": "#33302b",
        "block-cursor-foreground": "#f2e6d5",
        "block-cursor-text-style": "none",
        "footer-background": "#15181b",
        "footer-key-foreground": "#d9a05b",
        "footer-description-foreground": "#98a1a8",
        "input-selection-background": "#d9a05b 35%",
        "scrollbar": "#343a40",
        "scrollbar-background": "#15181b",
    },
)

LIGHT: Final = Theme(
    name="first-visit-light",
    dark=False,
    primary="#8a5200",
    secondary="#2f6b67",
    accent="#8a5200",
    foreground="#24292d",
    background="#faf8f4",
    surface="#f3efe8",
    panel="#e9e3d8",
    success="#3f6b21",
    warning="#8a5200",
    error="#a3301f",
    variables={
        "border": "#c9c1b3",
        "text-muted": "#5d656b",
        "block-cursor-background": "#efe0c6",
        "block-cursor-foreground": "#24292d",
        "block-cursor-text-style": "none",
        "footer-background": "#faf8f4",
        "footer-key-foreground": "#8a5200",
        "footer-description-foreground": "#5d656b",
        "input-selection-background": "#8a5200 30%",
        "scrollbar": "#d3cbbd",
        "scrollbar-background": "#faf8f4",
    },
)

CONTRAST: Final = Theme(
    name="first-visit-contrast",
    dark=True,
    primary="#ffd75f",
    secondary="#ffffff",
    accent="#ffd75f",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    success="#ffffff",
    warning="#ffd75f",
    error="#ffafaf",
    text_alpha=1.0,
    variables={
        "border": "#ffffff",
        "text-muted": "#e4e4e4",
        "block-cursor-background": "#444444",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold",
        "footer-background": "#000000",
        "footer-key-foreground": "#ffd75f",
        "footer-description-foreground": "#ffffff",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#000000",
    },
)

THEMES: Final = (DARK, LIGHT, CONTRAST)
"""Those that can be chosen. A theme of the library is not tested with these screens, and so is not offered."""
NAMES: Final = {DARK.name: marked("dark"), LIGHT.name: marked("light"), CONTRAST.name: marked("high contrast")}
