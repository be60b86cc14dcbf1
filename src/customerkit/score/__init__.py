"""The three averaged scores."""

from customerkit.score.mean import Score, analysis_score, clean_score, update_score
from customerkit.score.report import ScoreReport, Scores, scores
from customerkit.score.scorers import ScoredRecord, ScoredValue

__all__ = [
    "Score",
    "ScoreReport",
    "ScoredRecord",
    "ScoredValue",
    "Scores",
    "analysis_score",
    "clean_score",
    "scores",
    "update_score",
]
