"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "2f2d15f5525f2cfd2edbcb8b3e84cef3": (
        "where-it-stands what-brings play-back price ask two-halves race whisper what-is-it friday-setup ask ask "
        "fine-if-not ask ask ask"
    ),
    # friday-pipeline
    "9c6480604f31f383bc84047c32f793a2": (
        "again-katja@katja last-inspection@yusuf fig-tray@ines start-at-once@katja papers-arrived@yusuf "
        "worst-night@ines what-happened@ines brown-roses@katja remember-me@bram again-bram@bram ring-yusuf@yusuf "
        "again-yusuf@yusuf ring-bram@bram ring-katja@katja remember-me@katja who-hears-it@ines spring-lunches@bram "
        "what-happened@katja clipboards-gone@bram what-happened@bram next-weeks@yusuf what-happened@yusuf "
        "empty-hall@katja monday-yusuf@yusuf monday-katja@katja monday-some-time@bram within-the-hour@katja "
        "monday-ines@ines ask-plainly@yusuf+3 within-the-hour@yusuf within-the-hour@bram straight-question@bram "
        "what-is-behind@katja who-pays-the-claims@katja second-letter@yusuf wedding-orders@ines two-degrees@ines "
        "out-of-the-way@ines the-bursar@bram+3 elif-on-the-line@yusuf zupan-now@katja clipboard-truth@bram "
        "vaccine-weeks@yusuf no-slippers@ines door-open@bram papers-and-logs@yusuf sunday-watch@katja "
        "what-is-behind@yusuf proof-of-cold@katja what-would-you-need@bram what-is-behind@bram "
        "what-would-you-need@katja not-a-toy@bram take-the-no@bram no-new-screen@yusuf one-shop-first@yusuf "
        "ask-plainly@katja february-soup@ines tape-not-drill@ines in-carrots@bram elifs-thermometer@yusuf "
        "ten-to-six@katja second-paper@katja what-rui-laughed-at@ines silent-in-service@bram out-of-the-way@katja "
        "out-of-the-way@yusuf out-of-the-way@bram rui-in-the-kitchen@ines ask-plainly@bram under-the-limit@katja "
        "ask-plainly@yusuf ask-plainly@ines monday-bram@bram within-the-hour@bram take-the-no@katja take-the-no@ines "
        "take-the-no@yusuf ring-ines@ines again-ines@ines ring-yusuf@yusuf again-yusuf@yusuf ring-katja@katja "
        "again-katja@katja ring-bram@bram again-bram@bram again-katja@katja+2 wait.agreed+3 ring-ines@ines+3 wait.1h "
        "ring-bram@bram ring-yusuf@yusuf again-yusuf@yusuf ring-katja@katja again-katja@katja again-ines@ines "
        "again-bram@bram wait.3h ring-ines@ines again-ines@ines ring-bram@bram monday-yusuf@yusuf monday-katja@katja "
        "within-the-hour@katja monday-ines@ines again-bram@bram wait.tomorrow wait.3h ring-yusuf@yusuf "
        "again-ines@ines ring-katja@katja wait.15m ring-bram@bram again-bram@bram wait.tomorrow again-ines@ines "
        "again-yusuf@yusuf again-katja@katja ring-bram@bram again-bram@bram finish"
    ),
    # long-audition
    "77b6b42520542ef4dd291ebf94c3aad9": (
        "ask-for-shirin whose-word what-sits-under rather-a-no a-bad-tuesday ball-in-court fetch-alan last-time "
        "friday-night-rota their-own-bills worse-before what-sits-under two-weeks-more let-it-settle+56 "
        "question-answered+14 draft-rollout+21 nurse-to-nurse+28 wait.3h+63 week-with-shirin+65 red-pencil "
        "swap-film+37 week-with-shirin+65 if-nothing end-of-month yearly-exit week-with-shirin fetch-alan fetch-alan "
        "not-your-name-alone+48 two-weeks-more one-page-back+7 ring-therese+52 ring-therese+56 stop-button "
        "what-is-missing papers-by-friday+56 ask-for-signature+66 ball-in-court be-there+73 ring-therese+52 "
        "ring-therese+56 ring-therese+73 week-with-shirin be-there+63 the-next-flu week-with-shirin ring-therese+66 "
        "ring-therese+71 ask-for-signature+71 ask-for-signature"
    ),
    # pricing-form
    "360458a023eb28830e94b7f8269e075f": (
        "who-dances three-thousand-hole who-pays two-days-shut this-morning what-would-it-take plain-number "
        "close-the-file ring-the-number ring-again wait.15m ring-again a-week-late what-would-it-take "
        "on-the-desk-for-owner the-next-shin ring-the-number wait.15m ring-again ask-by-text laid-by-the-seventh+6 "
        "gives-under-them number-for-the-council laid-by-the-seventh hold-it-against-theirs ask-in-nelson "
        "ring-the-number wait.15m ring-again ask-by-text written-quote mail-a-meeting wait.1h+1 ring-again "
        "ask-by-text finish ring-again finish finish some-time-friday book-the-layers some-time-friday "
        "book-the-layers book-the-layers tomorrow-at-nine"
    ),
    # roof-before-the-rain
    "a1fb2d334f23274dd26f2b422796c514": (
        "who-signs who-should-see the-price what-compare what-goes-on anybody-waiting patch-it two-days-of-noise "
        "what-i-have the-valley three-addresses start-at-one shall-we side-by-side what-else-counts come-and-sit "
        "how-you-choose monday-then the-form why-now close-the-file monday-then"
    ),
    # saturday-showroom
    "47216bad1250e87f0492b460c3f5a76f": (
        "what-there last-time why-today whats-on-paper fine-if-not where-it-stands still-with-you wait.1h "
        "who-else-rides when-all-are-in who-in-which-seat worst-road film-and-seats wheelchair-in door-shut "
        "three-seats between-two-cones hill-start video-call wait.1h what-to-think-over bring-it-back month-by-month "
        "call-them+3 call-them+9 wait.3h call-them+1 call-them wait.1h three-thousand call-them leave-it-at-your-door "
        "on-speaker yours-from-friday winter-log wait.1h call-them wait.tomorrow call-them+7 wait.1h call-them "
        "wait.tomorrow call-them+7 price-history yours-from-friday figures yours-from-friday wait.1h+12 off-my-list "
        "no-longer-it"
    ),
}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
