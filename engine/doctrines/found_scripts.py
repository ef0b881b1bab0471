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
        "again-katja@katja ring-bram@bram ring-ines@ines worst-night@ines ask-plainly@ines ring-yusuf@yusuf "
        "what-happened@ines+2 who-hears-it@ines remember-me@yusuf next-weeks@yusuf monday-yusuf@yusuf "
        "what-happened@yusuf ask-plainly@yusuf out-of-the-way@yusuf what-is-behind@yusuf brown-roses@katja wait.15m "
        "elif-on-the-line@yusuf ring-yusuf@yusuf ring-bram@bram wait.15m vaccine-weeks@yusuf ask-plainly@yusuf "
        "what-happened@katja straight-question@katja what-rui-laughed-at@ines again-ines@ines no-slippers@ines "
        "what-is-behind@ines clipboard-truth@bram ring-katja@katja monday-bram@bram ring-yusuf@yusuf "
        "remember-me@katja ring-bram@bram wait.15m what-is-behind@yusuf ask-plainly@ines elifs-thermometer@yusuf "
        "again-yusuf@yusuf what-is-behind@katja take-the-no@ines empty-hall@katja straight-question@bram "
        "monday-katja@katja what-happened@bram take-the-no@yusuf what-is-behind@bram wait.15m wait.15m "
        "take-the-no@bram ask-plainly@katja sunday-watch@katja again-katja@katja wait.agreed+1 again-ines@ines "
        "again-yusuf@yusuf take-the-no@katja ask-plainly@ines ask-plainly@yusuf wait.15m ask-plainly@ines "
        "second-paper@katja ask-plainly@yusuf monday-bram@bram silent-in-service@bram clipboards-gone@bram "
        "ask-plainly@bram ask-plainly@bram ask-plainly@katja ten-to-six@katja wait.agreed again-yusuf@yusuf "
        "ring-katja@katja again-ines@ines within-the-hour@bram the-bursar@bram wait.15m again-bram@bram "
        "again-katja@katja again-yusuf@yusuf wait.15m wait.agreed again-ines@ines+3 again-katja@katja again-bram@bram "
        "ask-plainly@bram again-ines@ines wait.15m again-katja@katja ring-ines@ines again-bram@bram again-bram@bram "
        "again-bram@bram wait.1h wait.15m finish wait.15m"
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
        "this-morning some-time-friday a-week-late ring-again+5 ring-again ask-by-text+1 ask-by-text+10 "
        "laid-by-the-seventh ring-the-number book-the-layers ask-in-nelson anything-left plain-number "
        "brochure-and-shout ring-again wait.15m ring-again ring-the-number some-time-wednesday book-the-layers "
        "book-the-layers close-the-file ring-the-number wait.15m ring-again wait.15m ring-again wait.15m ring-again "
        "ring-again+3 ring-the-number some-time-wednesday book-the-layers fine-to-say-no book-the-layers "
        "fine-to-say-no book-the-layers wait.15m ring-again wait.15m ring-again book-the-layers"
    ),
    # roof-before-the-rain
    "a1fb2d334f23274dd26f2b422796c514": (
        "who-signs who-should-see the-price what-compare what-goes-on anybody-waiting patch-it two-days-of-noise "
        "what-i-have the-valley three-addresses start-at-one shall-we side-by-side what-else-counts come-and-sit "
        "how-you-choose monday-then the-form why-now close-the-file monday-then"
    ),
    # saturday-showroom
    "47216bad1250e87f0492b460c3f5a76f": (
        "last-time no-longer-it coffee-first why-today who-drives-most where-it-stands when-all-are-in "
        "who-in-which-seat door-shut worst-road who-else-rides wheelchair-in three-seats between-two-cones what-there "
        "what-to-think-over what-to-think-over three-thousand wait.3h wait.1h wait.agreed wait.1h call-them wait.1h "
        "call-them wait.1h wait.1h call-them+14 winter-log+3 price-history month-by-month film-and-seats "
        "still-with-you on-speaker call-them wait.tomorrow bring-it-back on-speaker+2 winter-log yours-from-friday "
        "come-in-together round-the-block on-speaker call-them yours-from-friday no-longer-it wait.1h+1 call-them "
        "yours-from-friday off-my-list"
    ),
}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
