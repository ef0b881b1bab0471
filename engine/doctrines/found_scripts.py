"""The best scripts of the bundled scenarios, written by `python -m game.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "7da79d74c45a0c2619d95d71e6c7fd0b": (
        "where-it-stands what-brings price race friday-setup play-back whisper two-halves ask friend ring-the-bar "
        "what-is-it ask ask fine-if-not ask ring-about-saturday ring-about-the-money wait.1h wait.1h "
        "ring-about-the-money wait.3h ask wait.tomorrow wait.1h ring-the-bar wait.tomorrow ask ring-the-bar finish "
        "tomorrow-at-three"
    ),
    # friday-pipeline
    "92759bd425a7cf7d171cc99ca79fd79f": (
        "again-bram@bram ring-ines@ines worst-night@ines remember-me@ines last-inspection@yusuf ask-plainly@ines "
        "remember-me@yusuf monday-ines@ines monday-ines@ines what-is-behind@yusuf second-letter@yusuf "
        "ring-yusuf@yusuf what-happened@ines who-hears-it@ines next-weeks@yusuf what-happened@yusuf wait.1h "
        "ring-katja@katja what-is-behind@ines monday-ines@ines take-the-no@ines monday-yusuf@yusuf "
        "papers-and-logs@yusuf vaccine-weeks@yusuf empty-hall@katja what-happened@katja elif-on-the-line@yusuf "
        "spring-lunches@bram monday-katja@katja what-happened@bram ask-plainly@yusuf remember-me@katja "
        "out-of-the-way@katja ask-plainly@bram+3 within-the-hour@bram+3 ring-bram@bram straight-question@bram "
        "monday-bram@bram no-slippers@ines what-rui-laughed-at@ines tape-not-drill@ines one-shop-first@yusuf "
        "ring-yusuf@yusuf wait.15m take-the-no@katja ring-ines@ines ring-bram@bram monday-katja@katja "
        "ask-plainly@yusuf what-is-behind@katja take-the-no@yusuf elifs-thermometer@yusuf ask-plainly@bram "
        "ring-yusuf@yusuf again-bram@bram again-yusuf@yusuf wait.tomorrow ten-to-six@katja take-the-no@bram "
        "rui-in-the-kitchen@ines ask-plainly@bram monday-bram@bram ask-plainly@yusuf next-month@yusuf "
        "ask-plainly@katja ask-plainly@bram ask-plainly@katja ring-katja@katja two-degrees@ines again-yusuf@yusuf "
        "again-ines@ines february-soup@ines under-the-limit@katja wait.agreed again-katja@katja wait.15m "
        "again-ines@ines again-yusuf@yusuf ask-plainly@ines ask-plainly@katja within-the-hour@ines wait.15m "
        "again-bram@bram again-katja@katja wait.agreed within-the-hour@ines again-yusuf@yusuf ask-plainly@yusuf "
        "wait.15m again-ines@ines again-bram@bram wait.15m again-ines@ines wait.15m again-katja@katja wait.15m "
        "again-bram@bram again-katja@katja again-yusuf@yusuf again-bram@bram finish"
    ),
    # long-audition
    "186a22b76d49562b87c8cec19fe1a9d7": (
        "whose-word a-bad-tuesday friday-night-rota sum-settled what-hurt-most what-is-missing fetch-shirin+63 "
        "two-weeks-with-alan one-page-back+7 wait.tomorrow+14 ring-therese+70 be-there+56 ring-therese+77 "
        "end-of-month ask-shirin why-that-amount inside-the-plan week-with-shirin if-nothing rather-a-no "
        "week-with-shirin whenever-it-suits red-pencil weeks-then-decide-alan yearly-exit+63 question-answered+21 "
        "wait.tomorrow+30 wait.1h+70 fetch-shirin+17 two-weeks-with-alan alans-own-bills+50 ring-therese+70 "
        "stop-button draft-rollout+24 swap-film+42 be-there+41 fetch-alan papers-by-friday+49 whenever-it-suits "
        "ring-therese+63 ask-for-signature+63 week-with-alan week-with-shirin ring-therese+18 wait.3h+70 "
        "ring-therese+74 after-all-this+51 ask-for-signature+70 week-with-shirin ask-for-shirin still-open "
        "after-all-this whenever-it-suits be-there+14"
    ),
    # pricing-form
    "7cde311af6e90374a3a445b3cf038bc9": (
        "ring-the-number a-week-late fine-to-say-no plain-number this-morning anything-left ring-again wait.1h "
        "laid-by-the-seventh ring-again wait.1h ring-again book-the-layers two-days-shut what-worries-you "
        "book-the-layers book-the-layers wait.1h wait.1h wait.evening ring-again wait.tomorrow wait.1h wait.1h "
        "ring-the-number+1 finish book-the-layers fine-to-say-no book-the-layers+5 close-the-file book-the-layers "
        "book-the-layers fine-to-say-no some-time-friday book-the-layers"
    ),
    # roof-before-the-rain
    "f6080d994b622ff0d262d8b9c0047ab4": (
        "who-should-see what-compare the-price anybody-waiting two-days-of-noise what-i-have why-now how-you-choose "
        "who-signs side-by-side three-addresses shall-we start-at-one come-and-sit monday-then monday-then the-form "
        "monday-then the-valley close-the-file sum-or-when"
    ),
    # saturday-showroom
    "ea7cecb7ca4fd248f2021dbdcc129304": (
        "next-week what-there film-and-seats coffee-first last-time fine-if-not who-else-rides why-today "
        "three-thousand wheelchair-in price-history where-it-stands when-all-are-in coffee-corner face-down door-shut "
        "worst-road three-seats on-speaker between-two-cones figures what-to-think-over wait.tomorrow wait.agreed "
        "call-them wait.1h call-them wait.1h call-them bring-it-back still-with-you wait.1h month-by-month "
        "yours-from-friday call-them leave-it-at-your-door wait.1h winter-log come-in-together call-them "
        "jonas-question wait.1h yours-from-friday wait.evening wait.1h call-them send-figures finish no-longer-it "
        "yours-from-friday yours-from-friday off-my-list"
    ),
}
