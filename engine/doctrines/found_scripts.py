"""The best scripts of the scenarios that come along, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "2f2d15f5525f2cfd2edbcb8b3e84cef3": (
        "where-it-stands price race ask whisper friday-setup what-is-it ask+3 two-halves ask fine-if-not play-back "
        "ask ask ask what-brings ask"
    ),
    # friday-pipeline
    "9c6480604f31f383bc84047c32f793a2": (
        "ring-ines@ines worst-night@ines ask-plainly@ines ring-yusuf@yusuf what-happened@ines who-hears-it@ines "
        "last-inspection@yusuf remember-me@yusuf monday-ines@ines next-weeks@yusuf what-happened@yusuf "
        "ring-katja@katja ask-plainly@yusuf what-is-behind@ines monday-yusuf@yusuf wait.15m ring-ines@ines "
        "ring-bram@bram remember-me@katja+3 ring-yusuf@yusuf empty-hall@katja zupan-now@katja sunday-watch@katja "
        "what-happened@katja vaccine-weeks@yusuf ask-plainly@katja take-the-no@katja what-is-behind@yusuf "
        "what-happened@bram take-the-no@bram straight-question@bram clipboards-gone@bram+3 remember-me@bram "
        "what-is-behind@bram two-degrees@ines no-slippers@ines take-the-no@ines ask-plainly@katja wait.15m "
        "wait.tomorrow ring-katja@katja ring-bram@bram ring-yusuf@yusuf wait.agreed clipboard-truth@bram "
        "ring-katja@katja elif-on-the-line@yusuf ask-plainly@katja one-shop-first@yusuf rui-in-the-kitchen@ines "
        "ask-plainly@bram ask-plainly@bram what-is-behind@yusuf no-new-screen@yusuf take-the-no@yusuf "
        "elif-on-the-line@yusuf+3 again-ines@ines wait.15m elifs-thermometer@yusuf again-yusuf@yusuf "
        "what-rui-laughed-at@ines out-of-the-way@ines tape-not-drill@ines wait.15m february-soup@ines "
        "ask-plainly@ines again-ines@ines papers-and-logs@yusuf ring-katja@katja ask-plainly@yusuf again-katja@katja "
        "wait.15m again-ines@ines again-katja@katja again-yusuf@yusuf again-bram@bram ask-plainly@ines "
        "within-the-hour@ines wait.15m again-bram@bram ask-plainly@yusuf again-yusuf@yusuf again-ines@ines wait.15m "
        "ring-katja@katja ring-bram@bram ring-yusuf@yusuf again-ines@ines again-yusuf@yusuf wait.15m "
        "again-yusuf@yusuf finish"
    ),
    # long-audition
    "77b6b42520542ef4dd291ebf94c3aad9": (
        "what-sits-under if-nothing same-wreck the-next-flu one-page-back+7 whose-word until-then a-bad-tuesday "
        "fetch-alan two-weeks-more ring-therese+73 ball-in-court week-with-shirin not-your-name-alone "
        "friday-night-rota their-own-bills worse-before nurse-to-nurse+28 two-weeks-more ball-in-court last-time "
        "ring-therese+56 question-answered+14 be-there+73 week-with-shirin+60 fetch-alan fetch-alan ask-for-shirin "
        "stop-button two-weeks-more ask-for-signature+72 ring-therese+49 ring-therese+71 swap-film+35 "
        "alans-own-bills+43 ring-therese+52 be-there+63 ring-therese+66 draft-rollout+14 papers-by-friday+56 "
        "what-is-missing week-with-shirin ask-for-signature+66 ring-therese+77 ask-for-signature+77 whenever-it-suits "
        "end-of-month"
    ),
    # pricing-form
    "360458a023eb28830e94b7f8269e075f": (
        "this-morning plain-number ring-the-number a-week-late laid-by-the-seventh book-the-layers two-days-shut "
        "fine-to-say-no anything-left book-the-layers ring-again+1 ring-again book-the-layers close-the-file "
        "fine-to-say-no+3 ring-the-number ring-again+8 ring-the-number+2 wait.15m+2 book-the-layers book-the-layers "
        "book-the-layers brochure-and-shout book-the-layers"
    ),
    # roof-before-the-rain
    "a1fb2d334f23274dd26f2b422796c514": (
        "come-and-sit the-price who-signs who-should-see how-you-choose anybody-waiting what-i-have the-valley "
        "three-addresses side-by-side shall-we start-at-one why-now monday-then two-days-of-noise the-form "
        "monday-then monday-then close-the-file monday-then"
    ),
    # saturday-showroom
    "47216bad1250e87f0492b460c3f5a76f": (
        "line-by-line last-time when-all-are-in door-shut over-five-years worst-road no-longer-it where-it-stands "
        "no-longer-it between-two-cones hill-start on-speaker third-row three-seats round-the-block fine-if-not "
        "what-to-think-over video-call wait.3h wait.agreed wait.1h call-them wait.3h wait.3h call-them what-there "
        "month-by-month leave-it-at-your-door film-and-seats+2 send-log why-today bring-it-back still-with-you "
        "three-thousand yours-from-friday whats-on-paper who-drives-most call-them wait.tomorrow call-them wait.1h "
        "call-them wait.1h wait.3h call-them price-history film-and-seats wait.tomorrow come-in-together "
        "yours-from-friday wait.tomorrow come-in-together yours-from-friday off-my-list"
    ),
}
"""By `known_scripts.key`, each as `known_scripts.written` writes it."""
