"""Every exercise of the course, by name. To add one: write its file, name it here, give it words in ``content/``."""

from collections.abc import Mapping

from workshop.exercises.actions import Actions
from workshop.exercises.after import After
from workshop.exercises.assumptions import Assumptions
from workshop.exercises.base import Exercise
from workshop.exercises.before import Before
from workshop.exercises.clarify import Clarify
from workshop.exercises.commitments import Commitments
from workshop.exercises.conditions import Conditions
from workshop.exercises.decision import Decision
from workshop.exercises.estimate import Estimate
from workshop.exercises.follow_ups import FollowUps
from workshop.exercises.forecast import Forecast
from workshop.exercises.gate import Gate
from workshop.exercises.goal import Goal
from workshop.exercises.law import LawInWords
from workshop.exercises.notice import Notice
from workshop.exercises.peer_rating import PeerRating
from workshop.exercises.post_mortem_timeline import PostMortemTimeline
from workshop.exercises.premortem import Premortem
from workshop.exercises.promise import Promise
from workshop.exercises.reveal import Reveal
from workshop.exercises.revote import Revote
from workshop.exercises.rounds import Rounds
from workshop.exercises.sample_ratings import SampleRatings
from workshop.exercises.schedule import ScheduleRisk
from workshop.exercises.self_rating import SelfRating
from workshop.exercises.spot_the_blame import SpotTheBlame
from workshop.exercises.story import Story
from workshop.exercises.two_weeks import TwoWeeks
from workshop.exercises.values import Values
from workshop.exercises.vote import Vote

EXERCISES: Mapping[str, Exercise] = {
    exercise.name: exercise
    for exercise in (
        Values(),
        Goal(),
        Before(),
        SpotTheBlame(),
        SampleRatings(),
        Clarify(),
        Assumptions(),
        Estimate(),
        Premortem(),
        Reveal(),
        Forecast(),
        ScheduleRisk(),
        Vote(),
        Decision(),
        Revote(),
        Notice(),
        Promise(),
        LawInWords(),
        Gate(),
        PostMortemTimeline(),
        Conditions(),
        Actions(),
        Story(),
        SelfRating(),
        FollowUps(),
        Rounds(),
        PeerRating(),
        Commitments(),
        After(),
        TwoWeeks(),
    )
}

CARD = Story.name
"""The exercise whose answers make the card."""
