"""The program of somebody who hosts an event: the host's screen, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from engine.words import gettext, marked, speak
from game.home.settings import load_settings
from game.programs.program import Program
from game.screens.host import Host
from game.screens.host_sheets import Stopping
from game.text.telling import tell
from game.workshop.host.news import stopped

if TYPE_CHECKING:
    from game.workshop.hall.afterwards import Afterwards
    from game.workshop.hall.writer import Hall
    from game.workshop.host.invitation import Invitation


async def show(hall: Hall, invitation: Invitation, afterwards: Afterwards) -> int:
    """Host with a screen until somebody stops it. Returns the exit code."""
    app = HostApp(hall, invitation, afterwards)
    await app.run_async()
    for each in stopped(hall.room, deleted=hall.deleted):
        tell(each)
    return app.return_code or 0


class HostApp(Program):
    """The program of somebody who hosts. The event is served while it runs, and kept when it ends."""

    TITLE = "First Visit: host"
    CSS_PATH = ["../widgets/widgets.tcss", "../screens/host.tcss"]  # noqa: RUF012 (the base class declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "screen.help", marked("Help"), key_display="? F1"),
        Binding("f4", "colours", marked("Colours"), key_display="F4", show=False),
        Binding(
            "q,ctrl+q", "leave", marked("Stop"), key_display="q", tooltip=marked("Stop serving; the event is kept")
        ),
    ]

    def __init__(self, hall: Hall, invitation: Invitation, afterwards: Afterwards) -> None:
        super().__init__()
        self.hall = hall
        self.invitation = invitation
        self.afterwards = afterwards

    def on_mount(self) -> None:
        """Take the remembered colours, and show the room."""
        settings, _ = load_settings()
        self.take_over(settings.theme)
        speak(self.hall.room.language)
        self.push_screen(Host())

    async def action_quit(self) -> None:
        """Leave by any other key, such as q in the help: not without the question either."""
        self.action_leave()

    def action_leave(self) -> None:
        """Ask whether to stop serving, if anybody would notice."""
        if self.hall.room.running is None:
            self.exit()
            return
        if isinstance(self.screen, Stopping):
            return
        question = Stopping(
            gettext("Stop serving while a round runs?"),
            gettext(
                "Players keep their places and see that the host cannot be reached. The event is kept, and goes on "
                "with firstvisit host --resume. The minutes without you are given back to the round."
            ),
            yes=gettext("Go on hosting"),
            no=gettext("Stop serving"),
        )
        self.push_screen(question, lambda stay: None if stay is not False else self.exit())
