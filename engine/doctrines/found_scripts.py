"""The best scripts of the bundled scenarios, written by `python -m game.commands.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "4c0f2a0b2cde7a4e97f26a72461209f2": (
        "where-it-stands price what-brings race play-back whisper two-halves ask friday-setup what-is-it ask ask "
        "fine-if-not ask ask ask"
    ),
    # friday-pipeline
    "3b191bd8e7e70217c0f715088805f15c": (
        "ring-ines@ines+3 worst-night@ines remember-me@ines ring-yusuf@yusuf what-happened@ines who-hears-it@ines "
        "last-inspection@yusuf ask-plainly@ines remember-me@yusuf two-degrees@ines no-slippers@ines monday-ines@ines "
        "monday-ines@ines next-weeks@yusuf what-happened@yusuf wait.15m second-letter@yusuf papers-and-logs@yusuf "
        "ask-plainly@yusuf what-is-behind@ines monday-yusuf@yusuf ring-ines@ines ring-bram@bram remember-me@katja "
        "ring-yusuf@yusuf+3 empty-hall@katja monday-yusuf@yusuf out-of-the-way@katja brown-roses@katja "
        "vaccine-weeks@yusuf what-is-behind@yusuf clipboard-truth@bram sunday-watch@katja straight-question@katja "
        "ask-plainly@katja ring-katja@katja again-katja@katja elif-on-the-line@yusuf no-new-screen@yusuf+2 "
        "monday-katja@katja what-happened@bram+1 what-is-behind@katja spring-lunches@bram ask-plainly@bram wait.15m "
        "monday-bram@bram what-rui-laughed-at@ines tape-not-drill@ines take-the-no@ines one-shop-first@yusuf "
        "ask-plainly@katja ring-katja@katja ring-yusuf@yusuf take-the-no@katja take-the-no@yusuf wait.tomorrow "
        "ten-to-six@katja rui-in-the-kitchen@ines take-the-no@bram ask-plainly@ines spring-lunches@bram "
        "ask-plainly@bram door-open@bram clipboards-gone@bram second-paper@katja not-a-toy@bram again-yusuf@yusuf "
        "elifs-thermometer@yusuf again-ines@ines february-soup@ines the-bursar@bram ask-plainly@bram+2 "
        "under-the-limit@katja again-katja@katja wait.agreed wait.15m again-yusuf@yusuf within-the-hour@ines "
        "again-bram@bram again-ines@ines wait.15m ask-plainly@ines again-katja@katja wait.agreed again-bram@bram "
        "ask-plainly@yusuf ask-plainly@katja again-yusuf@yusuf elif-on-the-line@yusuf again-bram@bram "
        "within-the-hour@yusuf again-ines@ines wait.15m within-the-hour@yusuf again-ines@ines again-katja@katja "
        "ring-bram@bram again-yusuf@yusuf wait.15m again-katja@katja again-bram@bram ring-bram@bram again-bram@bram "
        "again-yusuf@yusuf finish"
    ),
    # long-audition
    "33ef9bdad4e65430254d7c0aa6d95b0b": (
        "whose-word a-bad-tuesday last-time rather-a-no until-then friday-night-rota one-page-back+15 ring-therese+71 "
        "ask-for-alan sum-settled red-pencil ask-for-signature+71 two-weeks-more two-hundred-waiting the-next-flu "
        "same-wreck be-there+21 two-weeks-proof chairs-by-noon ask-for-shirin let-it-settle worse-before "
        "what-sits-under why-that-amount what-has-come-up ask-shirin yearly-exit question-answered+22 "
        "weeks-then-decide-alan until-then week-with-shirin nurse-to-nurse+26 inside-the-plan ball-in-court "
        "week-with-shirin whenever-it-suits swap-film+50 fetch-shirin early-shift+44 stop-button promise-to-shirin "
        "be-there+55 weeks-then-decide-alan until-then week-with-shirin two-weeks-more not-your-name-alone "
        "what-is-missing ring-therese+55 papers-by-friday+54 fetch-alan week-with-shirin+63 ring-therese+62 "
        "week-with-shirin be-there+62 ask-for-signature+51 fetch-alan fetch-alan ring-therese+69 week-with-shirin "
        "be-there+66 whenever-it-suits ask-for-signature+68 ring-therese+73 whenever-it-suits+59"
    ),
    # pricing-form
    "9cddd6602d0a486fcfdcc4a1048a804a": (
        "ring-the-number bring-marguerite a-week-late close-the-file plain-number this-morning wait.1h+7 ring-again "
        "anything-left laid-by-the-seventh bring-marguerite two-days-shut what-worries-you come-and-measure "
        "bring-marguerite wait.1h ring-again wait.1h+9 who-signs book-the-layers wait.3h+10 ring-the-number "
        "cheaper-ones who-pays some-time-friday fine-to-say-no wait.15m ring-again wait.3h book-the-layers wait.1h "
        "ring-again book-the-layers bring-marguerite book-the-layers wait.15m"
    ),
    # roof-before-the-rain
    "2937faeb6c73f523612db304e3d6691d": (
        "the-price who-signs who-should-see how-you-choose anybody-waiting what-i-have come-and-sit three-addresses "
        "side-by-side shall-we start-at-one the-valley monday-then two-days-of-noise the-form monday-then monday-then "
        "why-now close-the-file sum-or-when"
    ),
    # saturday-showroom
    "68e6d9a25493243af0bb25c9b2965d2f": (
        "what-there film-and-seats coffee-first last-time fine-if-not worst-road why-today three-thousand "
        "where-it-stands who-else-rides next-week coffee-corner who-in-which-seat three-seats door-shut face-down "
        "on-speaker wheelchair-in when-all-are-in between-two-cones what-to-think-over wait.tomorrow wait.agreed "
        "call-them wait.1h send-log call-them wait.1h call-them bring-it-back still-with-you wait.1h month-by-month "
        "yours-from-friday call-them leave-it-at-your-door wait.1h winter-log come-in-together price-history "
        "call-them jonas-question wait.1h yours-from-friday wait.1h call-them send-figures finish no-longer-it "
        "yours-from-friday yours-from-friday off-my-list"
    ),
}
