"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "b6dd8a4481746517640ff29d763b93e5": (
        "play-back ask what-is-it fine-if-not+6 friday-setup what-brings where-it-stands two-halves ask fine-if-not "
        "ask ask price race ask fine-if-not whisper ask"
    ),
    # friday-pipeline
    "5a38ab7047ad5f1e54bbff371fb443b1": (
        "fig-tray@ines papers-arrived@yusuf worst-night@ines what-happened@ines brown-roses@katja ring-katja@katja "
        "again-katja@katja ring-bram@bram again-bram@bram remember-me@bram+3 last-inspection@yusuf remember-me@katja "
        "who-hears-it@ines spring-lunches@bram what-happened@katja proof-of-cold@katja what-happened@bram "
        "next-weeks@yusuf what-happened@yusuf empty-hall@katja monday-yusuf@yusuf sunday-watch@katja "
        "monday-katja@katja monday-some-time@bram within-the-hour@katja monday-ines@ines within-the-hour@yusuf "
        "straight-question@bram second-letter@yusuf wedding-orders@ines rui-in-the-kitchen@ines the-bursar@bram+3 "
        "elif-on-the-line@yusuf what-is-behind@yusuf second-paper@katja zupan-now@katja two-degrees@ines "
        "clipboards-gone@bram vaccine-weeks@yusuf no-slippers@ines door-open@bram papers-and-logs@yusuf "
        "ask-plainly@katja+1 what-is-behind@katja clipboard-truth@bram what-would-you-need@bram what-is-behind@bram "
        "what-would-you-need@katja what-would-you-need@yusuf not-a-toy@bram take-the-no@bram no-new-screen@yusuf "
        "one-shop-first@yusuf under-the-limit@katja february-soup@ines tape-not-drill@ines in-carrots@bram "
        "elifs-thermometer@yusuf ask-plainly@katja ten-to-six@katja what-rui-laughed-at@ines silent-in-service@bram "
        "out-of-the-way@katja out-of-the-way@yusuf out-of-the-way@bram out-of-the-way@ines ask-plainly@bram "
        "ask-plainly@katja ask-plainly@yusuf ask-plainly@ines monday-bram@bram within-the-hour@bram take-the-no@katja "
        "take-the-no@ines take-the-no@yusuf ring-ines@ines again-ines@ines ring-yusuf@yusuf again-yusuf@yusuf "
        "monday-katja@katja within-the-hour@katja monday-ines@ines within-the-hour@yusuf ring-katja@katja "
        "again-katja@katja ring-bram@bram again-bram@bram wait.agreed wait.1h ring-ines@ines+3 ring-yusuf@yusuf "
        "again-yusuf@yusuf ring-katja@katja again-katja@katja ring-bram@bram again-bram@bram wait.3h ring-ines@ines "
        "again-ines@ines ring-yusuf@yusuf wait.tomorrow ring-ines@ines again-ines@ines ring-yusuf@yusuf "
        "again-yusuf@yusuf ring-katja@katja wait.15m ring-bram@bram again-bram@bram again-yusuf@yusuf wait.agreed "
        "ring-ines@ines again-ines@ines again-katja@katja ring-bram@bram again-bram@bram finish"
    ),
    # long-audition
    "07924112469aa5a6e6e649e921b5a9ea": (
        "whose-word ask-for-shirin what-sits-under a-bad-tuesday last-time friday-night-rota if-nothing "
        "how-the-budget-stands end-of-month two-weeks-with-alan one-page-back+7 two-weeks-more let-it-settle "
        "two-weeks-more red-pencil what-is-missing+6 same-wreck wait.3d+37 swap-in-the-corridor chairs-by-noon "
        "ball-in-court be-there+26 two-weeks-more two-weeks-more sum-with-date weeks-then-decide-alan two-weeks-more "
        "yearly-exit why-that-amount weeks-then-decide-alan inside-the-plan swap-film+37 weeks-then-decide-alan "
        "stop-button ring-therese+74 alans-own-bills+46 fetch-shirin+60 not-your-name-alone week-with-shirin "
        "be-there+52 fetch-alan papers-by-friday+54 whenever-it-suits week-with-shirin ask-for-signature+70 "
        "ring-therese+58 week-with-shirin be-there+60 ring-therese+63 ask-for-signature+62 be-there+64 "
        "week-with-shirin whenever-it-suits ring-therese+65 draft-rollout+27 ring-therese+71 week-with-shirin "
        "ask-for-signature+68 week-with-shirin ring-therese+74 whenever-it-suits ask-for-signature+72 "
        "whenever-it-suits"
    ),
    # pricing-form
    "e5e1cb2b84adaeb1d8a97af7c2da87d3": (
        "who-dances who-pays this-morning plain-number a-week-late the-next-shin gives-under-them two-days-shut "
        "what-worries-you three-thousand-hole hold-it-against-theirs number-for-the-council laid-by-the-seventh "
        "on-the-desk-for-owner ask-in-nelson book-the-layers ring-the-number ring-again wait.15m ring-again "
        "ask-by-text ring-again written-quote what-worries-you close-the-file three-percent mail-a-meeting "
        "ring-the-number ring-again wait.tomorrow ring-the-number ring-again finish finish book-the-layers "
        "anything-left book-the-layers book-the-layers book-the-layers fine-to-say-no tomorrow-at-nine"
    ),
    # roof-before-the-rain
    "390593a319edc6d67ba1768796abcdba": (
        "side-by-side who-signs who-should-see sum-or-when what-worries-you how-you-choose anybody-waiting "
        "say-it-back two-days-of-noise what-i-have why-now what-worries-you the-valley three-addresses start-at-one "
        "about-the-cost what-compare half-and-half price-and-ask the-form come-and-sit ten-minutes-outside "
        "sum-or-when the-price monday-then monday-then monday-then close-the-file wait.tomorrow"
    ),
    # saturday-showroom
    "1a50cae12e2a34defc45d2f4f5e55cdb": (
        "fine-if-not why-today who-else-rides whats-on-paper wheelchair-in when-all-are-in last-time "
        "round-the-block+2 quarter-past-six price-history+2 door-shut quarter-past-six third-row where-it-stands "
        "next-week what-to-think-over bring-it-back worst-road three-seats who-drives-most wait.3h wait.agreed "
        "wait.1h call-them wait.1h call-them send-film wait.1h call-them wait.3h wait.tomorrow what-there call-them "
        "wait.tomorrow wait.agreed still-with-you month-by-month film-and-seats on-speaker leave-it-at-your-door "
        "winter-log call-them+2 finish three-thousand price-history yours-from-friday no-longer-it come-in-together "
        "yours-from-friday off-my-list yours-from-friday"
    ),
}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
