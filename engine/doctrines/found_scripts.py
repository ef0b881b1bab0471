"""The best scripts of the bundled scenarios, written by `python -m game.commands.finding_scripts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FOUND: Final[Mapping[str, str]] = {
    # first-five-minutes
    "871df467478c953a4b32094e62eb27a7": (
        "price what-is-it back-of-the-queue whisper what-brings race friday-setup play-back fine-if-not ask "
        "two-halves where-it-stands ask tomorrow-at-three ask friend ask ask"
    ),
    # friday-pipeline
    "e168602d060035f91d6cb3199bcf50b8": (
        "ring-ines@ines worst-night@ines ask-plainly@ines take-the-no@ines ring-yusuf@yusuf again-katja@katja+3 "
        "last-inspection@yusuf ask-plainly@ines second-letter@yusuf what-happened@yusuf ring-katja@katja "
        "ask-plainly@yusuf what-rui-laughed-at@ines ask-plainly@bram elifs-thermometer@yusuf again-yusuf@yusuf "
        "wait.15m papers-and-logs@yusuf ring-ines@ines ring-bram@bram+3 again-bram@bram sunday-watch@katja "
        "straight-question@katja clipboard-truth@bram clipboards-gone@bram ring-katja@katja no-new-screen@yusuf "
        "elif-on-the-line@yusuf what-is-behind@bram monday-katja@katja ask-plainly@yusuf ask-plainly@bram "
        "ring-bram@bram monday-bram@bram two-degrees@ines monday-bram@bram zupan-now@katja empty-hall@katja "
        "take-the-no@yusuf monday-yusuf@yusuf vaccine-weeks@yusuf what-happened@katja ring-yusuf@yusuf "
        "again-bram@bram ask-plainly@ines wait.15m wait.agreed one-shop-first@yusuf ask-plainly@katja wait.15m "
        "take-the-no@katja wait.15m ten-to-six@katja ask-plainly@katja again-katja@katja next-weeks@yusuf "
        "take-the-no@bram second-paper@katja the-bursar@bram in-carrots@bram under-the-limit@katja wait.agreed "
        "wait.15m not-a-toy@bram silent-in-service@bram again-katja@katja ring-bram@bram ring-yusuf@yusuf "
        "again-bram@bram wait.15m again-bram@bram again-katja@katja again-yusuf@yusuf ring-ines@ines ring-bram@bram "
        "wait.tomorrow ask-plainly@yusuf wait.tomorrow within-the-hour@bram wait.15m again-bram@bram "
        "again-yusuf@yusuf wait.15m again-bram@bram again-katja@katja ask-plainly@bram again-yusuf@yusuf finish"
    ),
    # long-audition
    "9795659c4c1d6dfa201f9b529e56c0cb": (
        "whose-word a-bad-tuesday last-time weeks-then-decide-alan the-next-flu week-with-shirin be-there+62 "
        "two-weeks-more two-weeks-proof whenever-it-suits friday-night-rota if-nothing end-of-month "
        "two-weeks-with-alan what-hurt-most one-page-back+12 weeks-then-decide-shirin promise-to-shirin+74 "
        "fetch-alan+38 ask-for-alan red-pencil what-is-missing two-hundred-waiting their-own-bills same-wreck "
        "be-there+21 two-weeks-proof chairs-by-noon swap-in-the-corridor swap-film+34 alans-own-bills+40 "
        "what-sits-under early-shift+44 ask-for-shirin why-that-amount not-your-name-alone let-it-settle worse-before "
        "promise-to-shirin fetch-alan ask-shirin fetch-shirin question-answered+22 ring-therese+62 take-call+22 "
        "weeks-then-decide-alan week-with-shirin nurse-to-nurse+30 ring-therese+62 inside-the-plan draft-rollout+28 "
        "fetch-alan stop-button+55 be-there+49 fetch-shirin weeks-then-decide-shirin fetch-alan+38 until-then "
        "ring-therese+55 papers-by-friday+54 week-with-shirin ask-for-signature+61 week-with-shirin whenever-it-suits "
        "be-there+66 ring-therese+71 ask-for-signature+67 week-with-shirin ask-for-signature+71"
    ),
    # pricing-form
    "be39873eff32375b3e73d40a4db68f0d": (
        "text-the-number a-week-late plain-number what-worries-you this-morning ring-again laid-by-the-seventh "
        "bring-marguerite book-the-layers what-sits-behind bring-marguerite wait.1h ring-again grant-letter "
        "ask-by-text wait.3h ring-again wait.1h ring-again finish fine-to-say-no ask-in-nelson book-the-layers "
        "what-sits-behind who-pays what-worries-you cheaper-ones bring-marguerite book-the-layers close-the-file "
        "book-the-layers book-the-layers+1 book-the-layers book-the-layers book-the-layers book-the-layers "
        "bring-marguerite book-the-layers"
    ),
    # roof-before-the-rain
    "ec9088e01defb9588d090be4b52ec31d": (
        "the-price who-signs who-should-see how-you-choose anybody-waiting what-i-have come-and-sit three-addresses "
        "side-by-side shall-we start-at-one the-valley monday-then two-days-of-noise the-form monday-then monday-then "
        "why-now close-the-file sum-or-when"
    ),
    # saturday-showroom
    "3d41a3c2fd96343116d4460a8fb884cf": (
        "whats-on-paper when-all-are-in who-else-rides door-shut saloons who-in-which-seat three-thousand "
        "you-carry-everyone why-today what-to-think-over screen-and-sound worst-road wheelchair-in three-seats "
        "no-longer-it quarter-past-six fine-if-not figures wait.3h wait.1h wait.1h call-them wait.agreed send-log "
        "wait.3h wait.1h what-there price-history wait.3h call-them still-with-you video-call wait.tomorrow "
        "month-by-month on-speaker winter-log face-down bring-it-back yours-from-friday call-them jonas-question "
        "yours-from-friday call-them wait.tomorrow finish yours-from-friday off-my-list come-in-together"
    ),
}
