"""Changes of what is counted that are declared, and steps that are explained."""

from __future__ import annotations

from datetime import date

from corpus.changes import law_change, marked_change, of, put, series, together
from corpus.pieces import rule
from corpus.record import Benign
from tallymark.model.series import CountingRule, Coverage

BENIGN = (
    Benign(
        name="break-declared",
        says="The rule changes in 2019, and the definition says that this is a break.",
        change=marked_change(
            "xea_online",
            date(2019, 1, 1),
            counting_rule=CountingRule(
                principal_offence="yes",
                stage_of_counting="input",
                attempts="included",
                multiple="counted_each",
            ),
        ),
    ),
    Benign(
        name="break-marked-in-table",
        says="The rule changes in 2014, and the figure carries the mark of a break.",
        change=together(
            put(of("xba_recorded", "2014"), obs_status="B"),
            marked_change(
                "xba_recorded", date(2014, 1, 1), is_break=False, child_age_below=18
            ),
        ),
    ),
    Benign(
        name="break-as-second-status",
        says="The break is told as a second status beside “provisional”.",
        change=together(
            put(of("xfa_online", "2019"), obs_status="P", obs_status_other="B"),
            marked_change(
                "xfa_online",
                date(2019, 1, 1),
                is_break=False,
                coverage=Coverage(territory="national", agencies="several"),
            ),
        ),
    ),
    Benign(
        name="coverage-widens-with-break",
        says="From 2018 on one agency more reports; the figures double at the break.",
        change=together(
            put(
                of("xea_online", ("2018", "2019")),
                obs_value=lambda r: r["obs_value"] * 2,
            ),
            marked_change(
                "xea_online",
                date(2018, 1, 1),
                coverage=Coverage(territory="national", agencies="all"),
            ),
        ),
    ),
    Benign(
        name="new-statute-with-break",
        says="Another law is counted from 2019 on; a break is declared.",
        change=marked_change(
            "xba_cases",
            date(2019, 1, 1),
            statutes=("Online Child Protection Act of XBA", "Penal Code of XBA"),
        ),
    ),
    Benign(
        name="large-rise-with-law-change",
        says="Figures rise eightfold in the year in which a documented law came.",
        change=together(
            put(of("xea_online", "2019"), obs_value=lambda r: r["obs_value"] * 8 + 3),
            law_change("XEA", "Cyber Act of XEA", date(2019, 2, 1)),
        ),
    ),
    Benign(
        name="tenfold-rise-with-law-change",
        says="Offences rise tenfold in the fiscal year in which the law was widened.",
        change=together(
            put(
                of(
                    "xca_offences",
                    ("2018-04-01/P1Y", "2019-04-01/P1Y"),
                    offence="030222",
                ),
                obs_value=lambda r: r["obs_value"] * 10 - 7,
            ),
        ),
    ),
    Benign(
        name="steady-growth",
        says="Figures rise by half each year.",
        change=put(
            of("xba_tips"),
            obs_value=lambda r: float(
                int(r["obs_value"] * 1.5 ** (int(r["time_period"]) - 2017))
            ),
        ),
    ),
    Benign(
        name="fall-by-half",
        says="Tip line reports fall to less than half in one year.",
        change=put(of("tips_by_country", "2019", ref_area="XDA"), obs_value=4127.0),
    ),
    Benign(
        name="age-limit-changes-with-break",
        says="A child is below 16 up to 2018 and below 18 in 2019; a break is declared.",
        change=together(
            series("xfa_online", child_age_below=16),
            marked_change("xfa_online", date(2019, 1, 1), child_age_below=18),
        ),
    ),
    Benign(
        name="marker-begins-with-break",
        says="Online cases are told apart from the last year on; a break is declared.",
        change=together(
            series("xda_charges", online_marker="no"),
            marked_change("xda_charges", date(2018, 9, 11), online_marker="yes"),
        ),
    ),
    Benign(
        name="territory-widens-with-break-mark",
        says="The whole country is covered from 2014 on, and 2014 carries the mark.",
        change=together(
            series(
                "xba_recorded", coverage=Coverage(territory="partial", agencies="all")
            ),
            marked_change(
                "xba_recorded",
                date(2014, 1, 1),
                is_break=False,
                coverage=Coverage(territory="national", agencies="all"),
            ),
            put(of("xba_recorded", "2014"), obs_status="B"),
        ),
    ),
    Benign(
        name="fall-to-a-fifth-with-break",
        says="Figures fall to a fifth where a break is declared.",
        change=together(
            put(
                of("xea_online", "2019"),
                obs_value=lambda row: float(int(row["obs_value"] / 5.3)),
            ),
            marked_change(
                "xea_online",
                date(2019, 1, 1),
                counting_rule=rule(multiple="counted_once"),
            ),
        ),
    ),
)
