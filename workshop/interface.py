"""The names of the sentences that forms, notebooks and notes say of themselves.

The sentences stand in ``content/interface.md``. Some have names of their own to fill in.
"""

MESSAGE_KEYS = (
    # the status line
    "empty", "saving", "saved", "except", "unsaved", "unreachable", "recovered", "unreadable",
    # at a field
    "optional", "dismiss", "not_a_number", "too_low", "too_high", "locked", "commit_missing",
    # rows and sliders
    "add_row", "remove_row", "removed_row", "undo_row", "row_asks", "slider_back",
    # a board: rows in an order, under themes, with votes
    "order", "order_written", "order_highest", "order_earliest", "order_theme", "order_again", "ordered",
    "fold_all", "theme_none", "theme_rows", "theme_votes", "vote_more", "vote_less", "voted",
    # the clock
    "timer", "timer_of", "timer_start", "timer_pause", "timer_next", "timer_again", "timer_over",
    # when saving failed
    "copy", "copied", "retry",
    # the whole form, and its printed copy
    "open", "missing", "unanswered", "questions", "remarks", "reopen",
    # the card
    "export", "exported", "exported_folder", "export_failed", "card_missing", "card_complete",
    # the calendar file of the commitments
    "calendar_check", "calendar_due", "calendar_sentence", "calendar_partner", "calendar_seen", "calendar_undated",
    # the notebooks
    "hint", "hint_of", "next", "next_back", "next_map", "way_here", "head_minutes", "head_aims",
    "lab_new", "lab_again", "progress_done", "progress_open", "progress_all", "progress_column", "progress_of",
    "map_title", "map_about", "map_module", "map_what", "map_minutes",
    # the course as an app
    "app_title", "app_about", "app_modules", "app_lab", "app_lab_about", "app_wait", "app_running",
    "app_new", "app_begun", "app_done",
    # the course in a browser, without a server
    "site_about", "site_start", "site_open", "site_kept", "site_along", "site_missing", "site_exported",
    "no_frame", "no_word",
    # the quizzes, and the line under a claim
    "quiz_title", "quiz_intro", "quiz_right", "quiz_wrong", "quiz_reread", "quiz_understood",
    "evidence_line", "evidence_strong", "evidence_mixed", "evidence_weak", "evidence_practice",
    # the facilitator notes
    "solution", "notes_objectives", "notes_minutes", "notes_from", "notes_length", "notes_what", "notes_end",
    "notes_participants", "notes_objective", "notes_exercises", "notes_questions", "notes_evidence",
    "notes_against", "notes_used_in", "evidence_title", "evidence_about",
    "notes_title", "notes_how", "notes_cut", "notes_throughout", "notes_front", "notes_aims",
    # agendas
    "agenda_from", "agenda_to", "agenda_span", "agenda_break", "agenda_end", "agenda_ends", "agenda_spread",
    "agenda_breaks", "agenda_cuts", "agenda_late", "agenda_saves", "agenda_printed",
    # handouts and worked notebooks
    "handout_title", "handout_name", "handout_commit", "handout_scale", "worked",
    "part_goal", "part_materials", "part_say", "part_do", "part_watch-for", "part_if-it-goes-wrong", "part_debrief",
    "part_expected-answers", "part_cut", "part_extend",
)  # fmt: skip

MESSAGE_VALUES = {
    "recovered": ("n",),
    "except": ("names",),
    "open": ("n",),
    "unreadable": ("lines", "file"),
    "commit_missing": ("names",),
    "too_low": ("bound",),
    "too_high": ("bound",),
    "missing": ("names",),
    "add_row": ("name",),
    "remove_row": ("name",),
    "removed_row": ("name",),
    "row_asks": ("n",),
    "slider_back": ("value",),
    "order_highest": ("label",),
    "order_earliest": ("label",),
    "order_theme": ("label",),
    "ordered": ("order", "name"),
    "theme_none": ("label",),
    "theme_rows": ("n",),
    "theme_votes": ("label", "n"),
    "vote_more": ("label", "name"),
    "vote_less": ("label", "name"),
    "voted": ("label", "name", "n"),
    "timer_of": ("n", "count"),
    "timer_over": ("label",),
    "export": ("formats",),
    "exported": ("files",),
    "exported_folder": ("folder",),
    "export_failed": ("file", "reason"),
    "calendar_due": ("action",),
    "calendar_sentence": ("trigger", "action"),
    "calendar_partner": ("partner",),
    "calendar_seen": ("seen",),
    "hint_of": ("n", "count"),
    "next": ("link",),
    "next_back": ("link",),
    "next_map": ("link",),
    "head_minutes": ("minutes",),
    "lab_new": ("file",),
    "lab_again": ("file", "link"),
    "progress_done": ("done", "all"),
    "progress_open": ("links",),
    "progress_of": ("done", "all"),
    "site_start": ("link",),
    "notes_minutes": ("minutes",),
    "quiz_title": ("module",),
    "quiz_right": ("feedback",),
    "quiz_wrong": ("feedback",),
    "quiz_reread": ("sections",),
    "evidence_line": ("label", "source"),
    "notes_used_in": ("modules",),
    "notes_title": ("course", "agenda"),
    "agenda_ends": ("end",),
    "agenda_spread": ("early", "late"),
    "agenda_cuts": ("minutes",),
    "agenda_breaks": ("net", "breaks"),
    "agenda_saves": ("minutes",),
    "agenda_printed": ("command",),
    "handout_title": ("course", "title"),
    "handout_scale": ("base",),
}
"""The values that a sentence may use."""

_TABLES = {
    "timeline": ("week", "date", "event", "detail"),
    "dependencies": ("part", "team", "weeks", "ready", "promise"),
    "revenue": ("week", "date", "weight", "revenue", "total"),
    "delay": ("delay", "calendar", "uniform", "shifted"),
    "mix": ("kind", "group", "percent"),
    "currencies": ("code", "decimals", "authorities", "withdrawn"),
    "decision": ("parameter", "meaning", "base", "low", "high", "unit"),
    "schedule": ("parameter", "meaning", "value", "unit"),
    "decision-options": ("option", "mean", "worst", "large", "seen"),
    "decision-losses": ("option", "mean", "reign"),
    "decision-tornado": ("parameter", "range", "low", "high"),
    "decision-turns": ("parameter", "now", "range", "with", "without"),
    "notice": ("part", "text"),
    "standing": ("kind", "what"),
    "clauses": ("clause", "what"),
    "currency-table": ("currency", "decimals", "authority", "smallest", "largest"),
    "tried": ("request", "status", "answer"),
    "suite": ("check", "result"),
    "findings": ("clause", "rule", "operation", "count", "example"),
    "strictness": ("level", "count", "clauses"),
    "opinion": ("complaint", "operation", "count"),
    "gaps": ("clause", "what"),
    "engines": ("engine", "failed", "share", "interval", "budget"),
    "currencies-failing": ("currency", "failed", "payments", "share"),
    "countries-failing": ("country", "failed", "payments", "share"),
    "causes-failing": ("clause", "what", "failed", "share"),
    "load": ("load", "mock", "delivered", "objective"),
    "merge": ("clause", "result", "what"),
    "post-mortem-timeline": ("number", "when", "what", "known", "source"),
    "action-strength": ("grade", "yours", "published"),
    "actions": ("action", "grade", "reason"),
    "check": ("what", "state", "fix"),
    "heat": ("number", "risk", "likelihood", "money"),
    "ranking": ("number", "risk", "theme", "votes", "odds", "days", "expected", "after"),
    "themes": ("theme", "risks", "votes", "expected"),
    "tripwires": ("check", "number", "indicator", "threshold", "then", "owner"),
    "foreseen": ("cause", "detail", "control", "foreseen", "watched"),
    "peer-rating": ("dimension", "own", "listener"),
    "after": ("objective", "before", "after"),
    "legs": ("parts", "chance"),
    "schedule-runs": ("weeks", "share", "done"),
    "schedule-levers": ("lever", "chance", "half", "eighty", "points"),
    "schedule-waiting": ("path", "chance", "half", "eighty", "mean"),
    "schedule-alarm": ("what", "told"),
}
_CHECKS = ("python", "saving", "reading", "forms", "frames", "card")
_DIMENSIONS = (
    "stakes", "ownership", "causes", "decision", "bad_news", "result", "system_change", "under_probing",
)  # fmt: skip
_GRADES = ("stronger", "intermediate", "weaker", "unclear")
_MORE = {
    "dependencies": ("promise_own", "promise_verbal", "promise_contract", "own", "integration", "own_team", "axis_date",
                     "launch", "numbers", "alt"),
    "revenue": ("axis_week", "axis_weight", "axis_total", "axis_revenue", "numbers", "alt"),
    "delay": ("axis_delay", "axis_lost", "numbers", "alt"),
    "mix": ("axis_share", "numbers", "alt"),
    "heat": ("axis_likelihood", "axis_money", "numbers", "alt"),
    "foreseen": ("control_ours", "control_shared", "control_outside", "none", "open", "yes", "no"),
    "legs": ("axis_chance", "numbers", "alt"),
    "schedule-runs": ("plan", "half", "eighty", "own_half", "own_eighty", "own_nearly", "axis", "numbers", "alt"),
    "schedule-levers": ("none", "contract", "cut", "both", "here"),
    "schedule-waiting": ("alone", "all"),
    "schedule-alarm": ("half", "eighty", "enough", "rare"),
    "decision-options": ("full", "limited", "delay"),
    "decision-losses": ("axis_loss", "axis_chance", "now", "numbers", "alt"),
    "decision-tornado": ("axis", "zero", "now", "numbers", "alt"),
    "decision-turns": ("weight", "at", "never", "already"),
    "notice": ("changed", "impact", "known", "unknown", "assumed", "responsibility", "options", "recommendation",
               "decision", "containment", "next_update", "contact"),
    "standing": ("none", "line", "kind_unsigned", "kind_expired", "kind_half-filled", "kind_slip", "kind_currency",
                 "kind_example"),
    "clauses": ("fold",),
    "currency-table": ("fold",),
    "suite": ("passed", "failed"),
    "findings": ("none",),
    "strictness": ("level_free", "level_enum", "level_patterns", "level_laws"),
    "opinion": ("none", "ours", "nothing"),
    "gaps": ("none",),
    "engines": ("legacy", "delivered", "reference", "no_budget"),
    "currencies-failing": ("none", "axis", "numbers", "alt"),
    "countries-failing": ("none",),
    "causes-failing": ("none",),
    "load": ("axis_load", "axis_ms", "numbers", "alt"),
    "merge": ("passed", "broken", "skipped", "blocked", "open"),
    "post-mortem-timeline": ("alarm", "launch", "axis", "numbers", "alt"),
    "action-strength": (*_GRADES, "yours", "published", "axis", "of", "numbers", "alt"),
    "actions": _GRADES,
    "check": ("fine", "trouble", "elsewhere", *_CHECKS, *(f"{name}_fix" for name in _CHECKS)),
    "peer-rating": _DIMENSIONS,
    "after": ("tell", "early", "range", "promise", "sentence", "luck", "ranges", "fix", "level", "there", "elsewhere",
              "unsure"),
}  # fmt: skip

FIGURE_LABELS = {
    name: (*(f"column_{column}" for column in columns), *_MORE.get(name, ())) for name, columns in _TABLES.items()
}
"""Table or chart to the labels that it uses, whose words stand in ``content/figures.md``."""

DATA_SETS = {
    "mix": ("group", "kind", "percent"),
    "causes": ("key", "title", "text", "control"),
    **{name: _TABLES[name] for name in ("currencies", "decision", "schedule")},
}
"""The data sets of a scenario pack, one YAML file each, and their columns."""

OPTIONAL_SETS = ("currencies",)
"""The data sets that a pack may lack: a module whose head says ``needs: [currencies]`` is then left out."""
