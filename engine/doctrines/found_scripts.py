"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "e86a4e99eb57cb67e5210e70ee3b3f30": (
        "where-it-stands ring-about-the-money price race friday-setup ask two-halves whisper what-is-it ask "
        "fine-if-not play-back ask fine-if-not ring-the-bar ask no-hurry ask fine-if-not ask tomorrow-at-three "
        "what-brings ring-about-saturday wait.1h ring-about-saturday ring-about-the-money wait.evening "
        "ring-about-saturday ask ring-the-bar finish"
    ),
    # friday-pipeline
    "01ca319d77f87289e1bd9f728fea55c7": (
        "fig-tray@ines start-at-once@katja papers-arrived@yusuf worst-night@ines what-happened@ines brown-roses@katja "
        "remember-me@bram ring-yusuf@yusuf again-yusuf@yusuf ring-katja@katja again-katja@katja last-inspection@yusuf "
        "remember-me@katja who-hears-it@ines spring-lunches@bram what-happened@katja clipboard-truth@bram "
        "what-happened@bram next-weeks@yusuf what-happened@yusuf empty-hall@katja monday-yusuf@yusuf "
        "within-the-hour@katja monday-ines@ines straight-question@bram proof-of-cold@katja second-letter@yusuf "
        "wedding-orders@ines out-of-the-way@ines monday-bram@bram the-bursar@bram+3 elif-on-the-line@yusuf "
        "zupan-now@katja two-degrees@ines clipboards-gone@bram vaccine-weeks@yusuf no-slippers@ines door-open@bram "
        "papers-and-logs@yusuf sunday-watch@katja what-is-behind@yusuf what-is-behind@katja second-paper@katja "
        "what-would-you-need@bram what-is-behind@bram+3 what-would-you-need@katja one-shop-first@yusuf "
        "what-would-you-need@yusuf not-a-toy@bram take-the-no@bram no-new-screen@yusuf under-the-limit@katja "
        "february-soup@ines tape-not-drill@ines in-carrots@bram elifs-thermometer@yusuf ten-to-six@katja "
        "the-bursar@bram elif-on-the-line@yusuf within-the-hour@yusuf zupan-now@katja what-rui-laughed-at@ines "
        "silent-in-service@bram out-of-the-way@katja out-of-the-way@yusuf out-of-the-way@bram rui-in-the-kitchen@ines "
        "ask-plainly@bram ask-plainly@katja ask-plainly@yusuf ask-plainly@ines monday-bram@bram within-the-hour@bram "
        "take-the-no@katja take-the-no@ines take-the-no@yusuf ring-ines@ines again-ines@ines ring-yusuf@yusuf "
        "again-yusuf@yusuf ring-katja@katja again-katja@katja ring-bram@bram again-bram@bram again-katja@katja+3 "
        "wait.agreed wait.1h ring-ines@ines ring-yusuf@yusuf again-yusuf@yusuf ring-katja@katja again-katja@katja "
        "ring-bram@bram wait.3h ring-ines@ines again-ines@ines monday-yusuf@yusuf within-the-hour@katja "
        "monday-ines@ines ring-bram@bram again-bram@bram wait.tomorrow ring-ines@ines ring-ines@ines ring-yusuf@yusuf "
        "ring-bram@bram ring-katja@katja wait.15m ring-bram@bram wait.agreed wait.tomorrow again-ines@ines "
        "again-ines@ines again-yusuf@yusuf ring-katja@katja again-katja@katja ring-bram@bram again-bram@bram finish"
    ),
    # long-audition
    "fa4f52a446b2d81886a73d13c58642de": (
        "two-weeks-more whose-word ask-for-signature+77 fetch-shirin worse-before ball-in-court last-time "
        "friday-night-rota their-own-bills what-is-missing+9 question-answered+14 ring-therese+51 draft-rollout+21 "
        "nurse-to-nurse+28 swap-film+35 if-nothing end-of-month two-weeks-more week-with-shirin the-next-flu "
        "week-with-shirin red-pencil same-wreck one-page-back+7 ring-therese+52 ring-therese+60 stop-button "
        "fetch-alan+15 papers-by-friday+56 two-weeks-more be-there+63 week-with-shirin+65 chairs-by-noon "
        "ask-for-signature+66 whenever-it-suits ball-in-court be-there+73 ring-therese+52 ring-therese+56 "
        "week-with-shirin what-sits-under be-there+63 week-with-shirin+5 ask-for-shirin ring-therese+66 "
        "ring-therese+77 a-bad-tuesday"
    ),
    # pricing-form
    "f9dd4c7b7be9f0fa8a571ee981d027e9": (
        "who-dances who-pays two-days-shut anything-left this-morning plain-number a-week-late three-thousand-hole "
        "on-the-desk-for-owner close-the-file the-next-shin gives-under-them number-for-the-council "
        "laid-by-the-seventh hold-it-against-theirs what-worries-you book-the-layers+2 ask-in-nelson book-the-layers "
        "ring-the-number ring-again wait.15m ring-again written-quote ask-by-text mail-a-meeting book-the-layers "
        "book-the-layers finish+12 ring-the-number ring-again wait.15m ring-the-number+2 ring-again wait.evening "
        "ring-the-number ring-again wait.1w ask-by-text send-a-sample keep-the-hour ring-again ask-by-text "
        "mail-a-meeting book-the-layers book-the-layers finish+1 finish fine-to-say-no tomorrow-at-nine"
    ),
    # roof-before-the-rain
    "a1fb2d334f23274dd26f2b422796c514": (
        "who-signs who-should-see the-price what-compare what-goes-on anybody-waiting patch-it two-days-of-noise "
        "what-i-have the-valley three-addresses start-at-one shall-we side-by-side what-else-counts come-and-sit "
        "how-you-choose monday-then the-form why-now close-the-file monday-then"
    ),
    # saturday-showroom
    "bf1d2288b760d1f6881bde8546ab994a": (
        "what-there last-time why-today whats-on-paper fine-if-not where-it-stands still-with-you wait.1h "
        "who-else-rides when-all-are-in who-in-which-seat worst-road film-and-seats quarter-past-six wheelchair-in "
        "door-shut three-seats between-two-cones hill-start video-call wait.1h what-to-think-over bring-it-back "
        "month-by-month wait.agreed call-them+3 call-them+9 wait.3h call-them wait.1h three-thousand call-them "
        "leave-it-at-your-door on-speaker yours-from-friday winter-log wait.1h call-them wait.tomorrow call-them+7 "
        "price-history yours-from-friday figures wait.1h+12 off-my-list no-longer-it"
    ),
}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
