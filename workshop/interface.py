"""The names of the sentences that forms, notebooks and notes say of themselves.

The sentences stand in ``content/interface.md``. Some have names of their own to fill in.
"""

MESSAGE_KEYS = (
    # the status line
    "empty", "saving", "saved", "unsaved", "recovered", "unreadable",
    # at a field
    "optional", "choose", "dismiss", "not_a_number", "locked", "commit_missing",
    # when saving failed
    "copy", "copied", "retry",
    # the whole form, and its printed copy
    "missing", "unanswered", "questions", "remarks",
    # the card
    "export", "exported", "export_failed", "card_missing", "card_complete",
    # the notebooks
    "hint", "next",
    # the facilitator notes
    "solution", "notes_minutes", "notes_from", "notes_length", "notes_what", "notes_end", "notes_participants",
    "part_goal", "part_materials", "part_say", "part_do", "part_watch-for", "part_if-it-goes-wrong", "part_debrief",
    "part_expected-answers", "part_cut", "part_extend",
)  # fmt: skip

MESSAGE_VALUES = {
    "recovered": ("n",),
    "unreadable": ("lines", "file"),
    "commit_missing": ("names",),
    "missing": ("names",),
    "exported": ("files",),
    "export_failed": ("file", "reason"),
    "next": ("link",),
    "notes_minutes": ("minutes",),
}
"""The values that a sentence may use."""
