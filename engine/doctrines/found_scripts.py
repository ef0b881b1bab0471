"""The best scripts of the bundled scenarios, written by `python -m game.commands.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "b5d45a1aface9ab96f21161f2a9f786e": (
        "where-it-stands price what-brings race play-back whisper two-halves ask friday-setup what-is-it ask ask "
        "fine-if-not ask ask ask"
    ),
    # friday-pipeline
    "ced88dc1e6820dff46da8502323de73f": (
        "ring-ines@ines ask-plainly@ines worst-night@ines ring-yusuf@yusuf+1 elif-on-the-line@yusuf "
        "within-the-hour@yusuf what-happened@ines papers-arrived@yusuf last-inspection@yusuf ask-plainly@ines "
        "take-the-no@ines empty-hall@katja elif-on-the-line@yusuf give-a-little@yusuf what-happened@yusuf "
        "ring-katja@katja second-letter@yusuf take-the-no@bram elifs-thermometer@yusuf again-yusuf@yusuf "
        "ring-yusuf@yusuf monday-katja@katja ask-plainly@ines papers-and-logs@yusuf ask-plainly@yusuf "
        "monday-yusuf@yusuf ring-bram@bram+3 remember-me@katja wait.15m ask-plainly@katja remember-me@bram "
        "straight-question@katja clipboard-truth@bram ring-katja@katja no-new-screen@yusuf elif-on-the-line@yusuf "
        "spring-lunches@bram monday-katja@katja ask-plainly@yusuf what-is-behind@katja ask-plainly@bram "
        "monday-yusuf@yusuf what-is-behind@yusuf vaccine-weeks@yusuf what-happened@katja next-weeks@yusuf+3 "
        "one-shop-first@yusuf ring-yusuf@yusuf take-the-no@katja ring-bram@bram ring-ines@ines take-the-no@yusuf "
        "wait.tomorrow ask-plainly@bram second-paper@katja under-the-limit@katja wait.tomorrow again-yusuf@yusuf "
        "wait.15m+3 again-katja@katja wait.agreed wait.15m again-yusuf@yusuf again-katja@katja ring-yusuf@yusuf "
        "wait.15m wait.agreed sunday-watch@katja ask-plainly@katja again-katja@katja ring-yusuf@yusuf "
        "ask-plainly@yusuf elif-on-the-line@yusuf within-the-hour@yusuf wait.15m ask-plainly@yusuf again-yusuf@yusuf "
        "again-katja@katja wait.15m again-yusuf@yusuf again-katja@katja again-yusuf@yusuf finish"
    ),
    # long-audition
    "6fafdb09ab3b3ac3f81bb5c1e2ab17ef": (
        "whose-word a-bad-tuesday last-time friday-night-rota if-nothing what-sits-under end-of-month "
        "two-weeks-with-alan same-wreck two-weeks-more one-page-back+7 ask-for-shirin ask-for-alan sum-settled "
        "red-pencil two-weeks-more weeks-then-decide-shirin two-hundred-waiting promise-to-shirin their-own-bills "
        "fetch-alan+5 the-next-flu what-hurt-most be-there+21 two-weeks-proof chairs-by-noon sum-with-date "
        "ring-therese+68 week-with-shirin fetch-alan+5 whenever-it-suits ring-therese+71 ask-for-signature+67 "
        "ask-for-shirin swap-in-the-corridor week-with-shirin why-that-amount let-it-settle worse-before "
        "ball-in-court fetch-alan+11 yearly-exit question-answered+22 weeks-then-decide-alan not-your-name-alone+65 "
        "ask-shirin+60 weeks-then-decide-alan until-then alans-own-bills+40 until-then stop-button smallest-step+70 "
        "be-there+55 fetch-shirin week-with-shirin what-is-missing ring-therese+55 papers-by-friday+54 fetch-alan "
        "week-with-shirin whenever-it-suits ring-therese+62 week-with-shirin be-there+62 ask-for-signature+61 "
        "fetch-alan ring-therese+68 week-with-shirin whenever-it-suits be-there+66 ring-therese+71 "
        "ask-for-signature+67 nurse-to-nurse+26 inside-the-plan swap-film+34 whenever-it-suits ask-for-signature+70 "
        "ask-for-signature"
    ),
    # pricing-form
    "b81dcba98700a1397b930c73386a8eae": (
        "ring-the-number bring-marguerite a-week-late close-the-file plain-number this-morning wait.1h+7 ring-again "
        "anything-left laid-by-the-seventh bring-marguerite two-days-shut what-worries-you come-and-measure "
        "bring-marguerite grant-letter wait.1h ring-again wait.1h+9 who-signs book-the-layers wait.3h+10 "
        "ring-the-number cheaper-ones who-pays some-time-friday fine-to-say-no wait.15m ring-again wait.3h "
        "book-the-layers wait.1h ring-again book-the-layers bring-marguerite book-the-layers wait.15m"
    ),
    # roof-before-the-rain
    "d945640039d712668e8f7eeb0a593e63": (
        "the-price who-signs who-should-see how-you-choose anybody-waiting what-i-have come-and-sit three-addresses "
        "side-by-side shall-we start-at-one the-valley monday-then two-days-of-noise the-form monday-then monday-then "
        "why-now close-the-file sum-or-when"
    ),
    # saturday-showroom
    "1309491a6260770f74a14f9bac5f6662": (
        "fine-if-not why-today whats-on-paper you-carry-everyone when-all-are-in who-else-rides who-in-which-seat "
        "worst-road three-seats door-shut price-history quarter-past-six on-speaker wheelchair-in quarter-past-six "
        "film-and-seats winter-log video-call face-down last-time on-speaker what-to-think-over wait.tomorrow "
        "quarter-past-six wait.agreed call-them wait.1h what-there call-them wait.1h wait.1h call-them wait.1h "
        "call-them wait.1h wait.1h bring-it-back month-by-month three-thousand on-speaker take-it-home come-in-today "
        "who-drives-most still-with-you yours-from-friday leave-it-at-your-door send-log wait.1h+2 call-them "
        "jonas-question wait.1h yours-from-friday call-them no-longer-it yours-from-friday yours-from-friday "
        "on-speaker off-my-list"
    ),
}
