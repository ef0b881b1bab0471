"""Commands that let computer players play many times.

Only argparse is needed to read it.
"""

from __future__ import annotations

from game.options.shared import Command, add_json, add_output, add_processes, add_runs, add_scenarios, runs, seed

EVIDENCE_RUNS = 2_000
"""The runs of each experiment of the evidence page, unless others are asked for."""


def add(command: Command) -> None:
    """Add these commands, in the order in which `--help` lists them."""
    _simulate(command)
    _evidence(command)


def _simulate(command: Command) -> None:
    simulate = command(
        "simulate",
        "game.commands.simulating:simulate_scenarios",
        "let computer players play scenarios many times",
        "How it ends, what it earns, which lines are never said, for each player, with 95% intervals. The same "
        "seeds give the same report. Ctrl+C stops, and reports what was done.",
        "  firstvisit simulate saturday-showroom\n"
        "  firstvisit simulate my-scenario.yaml -n 1000 --players schools,random\n"
        "  firstvisit simulate my-scenario.yaml --players all --expert-runs 40 --json --output report.json\n",
    )
    simulate.add_argument(
        "names", metavar="SCENARIO", nargs="+", help="the id of a scenario, or the path of a scenario file"
    )
    add_runs(simulate, 10_000, "runs of each player, with consecutive seeds")
    simulate.add_argument("--seed", metavar="N", type=seed, default=1, help="the first seed (default 1)")
    simulate.add_argument(
        "--players",
        metavar="NAMES",
        default="quick",
        help="names separated by commas, or schools, foils, quick (default: everybody but the script, which has to "
        "be found first, and the expert, which searches and can take seconds over a run), all",
    )
    simulate.add_argument(
        "--expert-runs",
        metavar="N",
        type=runs,
        default=100,
        help="runs of the expert, instead of -n (default 100)",
    )
    add_processes(simulate)
    shape = simulate.add_mutually_exclusive_group()
    add_json(shape)
    shape.add_argument("--csv", action="store_true", help="print a row for each scenario and player, for spreadsheets")
    add_output(simulate)
    add_scenarios(simulate, again=True)


def _evidence(command: Command) -> None:
    evidence = command(
        "evidence",
        "game.commands.evidence:show_evidence",
        "show published figures beside simulated ones, and try the schools' claims",
        "Every figure with its source, every school in every scenario, the scenarios beside their trades, 22 claims as "
        "experiments. The whole page takes some minutes. The same question always gets the same answer.",
        "  firstvisit evidence --output evidence.txt\n"
        "  firstvisit evidence 0.3 switch.decay myth.five_followups\n"
        "  firstvisit evidence schools --runs 500 --json\n",
    )
    evidence.add_argument(
        "ids",
        metavar="ID",
        nargs="*",
        help="a published figure, a claim (0.1 to 4.4), a switch, `schools`, `kinds-of-sale` or `trades`; or all",
    )
    add_runs(evidence, EVIDENCE_RUNS, "runs of each experiment")
    add_processes(evidence)
    form = evidence.add_mutually_exclusive_group()
    add_json(form)
    form.add_argument("--markdown", action="store_true", help="print it as Markdown")
    add_output(evidence)
