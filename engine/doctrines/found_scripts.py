"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "f90f295b10390f5aea5d58c6c63e8166": (
        "what-brings price race whisper two-halves friday-setup ask where-it-stands what-is-it ask ask fine-if-not "
        "ask ask ask play-back"
    ),
    # friday-pipeline
    "d870df11b643c9713561b097e5c3fb6f": (
        "ring-ines@ines worst-night@ines remember-me@ines ring-yusuf@yusuf ring-bram@bram monday-ines@ines "
        "who-hears-it@ines last-inspection@yusuf ask-plainly@ines remember-me@yusuf rui-in-the-kitchen@ines+3 "
        "monday-ines@ines what-happened@ines next-weeks@yusuf elif-on-the-line@yusuf+3 papers-and-logs@yusuf+3 "
        "what-happened@yusuf wait.15m ring-katja@katja wait.evening elifs-thermometer@yusuf second-letter@yusuf "
        "what-is-behind@ines monday-yusuf@yusuf ring-ines@ines ring-bram@bram remember-me@katja ring-yusuf@yusuf "
        "empty-hall@katja monday-yusuf@yusuf elif-on-the-line@yusuf what-happened@katja sunday-watch@katja "
        "vaccine-weeks@yusuf ask-plainly@katja what-is-behind@yusuf clipboards-gone@bram out-of-the-way@katja "
        "ask-plainly@bram ask-plainly@yusuf ring-bram@bram+3 monday-katja@katja take-the-no@bram no-slippers@ines "
        "what-rui-laughed-at@ines tape-not-drill@ines take-the-no@ines wait.15m take-the-no@katja brown-roses@katja "
        "clipboard-truth@bram ring-katja@katja elif-on-the-line@yusuf one-shop-first@yusuf no-new-screen@yusuf "
        "ask-plainly@yusuf spring-lunches@bram wait.tomorrow take-the-no@yusuf ten-to-six@katja what-is-behind@bram+3 "
        "rui-in-the-kitchen@ines second-paper@katja ask-plainly@bram two-degrees@ines again-yusuf@yusuf "
        "february-soup@ines papers-and-logs@yusuf ask-plainly@yusuf under-the-limit@katja ask-plainly@katja "
        "wait.agreed again-katja@katja again-ines@ines wait.15m ring-ines@ines ring-bram@bram ring-yusuf@yusuf "
        "again-ines@ines again-yusuf@yusuf again-katja@katja ask-plainly@ines within-the-hour@ines ask-plainly@katja "
        "wait.15m wait.agreed again-katja@katja ring-bram@bram ring-yusuf@yusuf within-the-hour@ines ask-plainly@ines "
        "ask-plainly@yusuf again-yusuf@yusuf again-ines@ines wait.15m again-katja@katja again-ines@ines "
        "again-yusuf@yusuf wait.15m again-katja@katja again-yusuf@yusuf finish"
    ),
    # long-audition
    "6db8f4c2660168fe0e0c7db9fdee5d4d": (
        "whose-word a-bad-tuesday fetch-alan rather-a-no ask-for-signature+70 two-weeks-more red-pencil+7 "
        "friday-night-rota two-weeks-more two-weeks-more why-that-amount last-time same-wreck not-your-name-alone "
        "one-page-back+7 ball-in-court two-weeks-more the-next-flu end-of-month what-is-missing ask-for-signature+77 "
        "week-with-shirin+38 two-weeks-more stop-button yearly-exit worse-before question-answered+14 ring-therese+74 "
        "ring-therese+77 week-with-shirin+65 ask-for-signature+77 draft-rollout+22 swap-film+35 alans-own-bills+42 "
        "ring-therese+49 ring-therese+52 ring-therese+56 papers-by-friday+56 be-there+63 ring-therese+66 be-there+73 "
        "week-with-shirin week-with-shirin week-with-shirin fetch-alan ball-in-court two-weeks-more "
        "ask-for-signature+51 if-nothing why-that-amount+61 fetch-alan+56 ask-for-signature+66 two-weeks-more "
        "ask-for-shirin ask-for-signature+77 whenever-it-suits"
    ),
    # pricing-form
    "496d9b7cfd7c91892c38aad529b4ee5b": (
        "ring-the-number a-week-late book-the-layers+1 plain-number this-morning wait.1h+7 ring-again "
        "laid-by-the-seventh book-the-layers what-worries-you book-the-layers+2 wait.1h tomorrow-at-nine "
        "ask-in-nelson book-the-layers on-the-desk-for-owner book-the-layers book-the-layers ask-by-text ring-again "
        "wait.1h ring-again ask-by-text wait.1h book-the-layers fine-to-say-no ask-by-text ring-again wait.1h "
        "ring-the-number+1 ring-again ask-by-text book-the-layers wait.1h+4 wait.1h book-the-layers+1 book-the-layers "
        "wait.1h+7 ring-again wait.tomorrow wait.1h finish book-the-layers book-the-layers"
    ),
    # roof-before-the-rain
    "bcd9b98cf15b663df520766c35ad9e27": (
        "the-price who-signs who-should-see how-you-choose anybody-waiting what-i-have come-and-sit three-addresses "
        "side-by-side shall-we start-at-one the-valley monday-then two-days-of-noise the-form monday-then monday-then "
        "why-now close-the-file sum-or-when"
    ),
    # saturday-showroom
    "ff66c658ffc81f4902df89c58514eca3": (
        "last-time leave-it-at-your-door fine-if-not whats-on-paper when-all-are-in who-else-rides where-it-stands "
        "who-in-which-seat door-shut wheelchair-in worst-road next-week three-seats between-two-cones what-there "
        "face-down what-to-think-over price-history month-by-month wait.tomorrow wait.agreed call-them wait.1h "
        "wait.1h call-them wait.1h what-there call-them wait.1h call-them three-thousand film-and-seats bring-it-back "
        "wait.1h still-with-you on-speaker winter-log yours-from-friday call-them why-today wait.1h call-them wait.1h "
        "come-in-together come-in-together no-longer-it call-them finish yours-from-friday come-in-together "
        "no-longer-it call-them finish yours-from-friday off-my-list"
    ),
}
