"""Bursts: notice, bin by bin, that a search or a topic is talked about far more than it usually is.

- `Tuning.for_bins(seconds)` is the one fixed set of parameters; `bin_of(moment, seconds)` numbers the bins.
- `Detector(tuning)` watches one series: `.observe(value, bin_index)` gives a `Burst` or `None`. `.to_bytes()` and
  `Detector.from_bytes` keep what it learned (a few hundred bytes, of constant size).
- `DetectorBank(count, tuning)` watches many at once and gives the same: `.observe(values, bin_index)` gives
  `(index, Burst)` pairs; `.rows` is its state, a row a series, the same bytes as the detector's, which `.restore`
  takes back.
- A `Burst` says since when, how many were heard and expected, how sure, how rare, and at what pace it came. One
  rise raises one alert: the next can come when it was quiet for six hours. Nothing is raised in a series' first day.

Which posts are typical of a burst, and what is talked about in it, is for `goodword.language.topics`:
`typical_posts` and `find_topics`.
"""

from goodword.language.bursts.bank import DetectorBank
from goodword.language.bursts.bins import bin_of, start_of
from goodword.language.bursts.burst import Burst, Pace
from goodword.language.bursts.detector import BinOutOfOrder, Detector
from goodword.language.bursts.tuning import Tuning

__all__ = ["BinOutOfOrder", "Burst", "Detector", "DetectorBank", "Pace", "Tuning", "bin_of", "start_of"]
