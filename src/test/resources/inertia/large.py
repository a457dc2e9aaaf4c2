"""Makes large.csv: per set of 100,000 rows the best inertia of 100 scikit-learn restarts.

The rows are not kept: LargeInertiaTest makes the same ones, from the same random numbers (SplitMix64).
Needs numpy and scikit-learn; the file was made with 1.2.1. Run it in this folder; it takes half an hour.
"""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

ROWS = 100_000


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def uniform(self, count):
        """The next numbers in [0, 1)."""
        with np.errstate(over="ignore"):
            steps = np.arange(1, count + 1, dtype=np.uint64)
            z = np.uint64(self.state) + steps * np.uint64(0x9E3779B97F4A7C15)
            self.state = int(z[-1])
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z = z ^ (z >> np.uint64(31))
        return (z >> np.uint64(11)) * 2.0 ** -53

    def bell(self, count):
        """The sum of four, of mean 0 and deviation 1."""
        u = self.uniform(4 * count).reshape(count, 4)
        return (u[:, 0] + u[:, 1] + u[:, 2] + u[:, 3] - 2) * np.sqrt(3)


def mixture(seed, d, k, spread, ratio, tail):
    random = SplitMix64(seed)
    centres = random.bell(k * d).reshape(k, d) * spread
    weights = ratio ** (np.arange(k) / (k - 1))
    cluster = np.searchsorted(np.cumsum(weights), random.uniform(ROWS) * np.sum(weights))
    noise = random.bell(ROWS * d).reshape(ROWS, d)
    if tail:
        noise = noise / np.sqrt(random.uniform(ROWS * d).reshape(ROWS, d) + 1e-3)
    return centres[np.minimum(cluster, k - 1)] + noise


SETS = {
    # d, true clusters, spread of their centres, largest over smallest, heavy tails; k
    "apart": (mixture(1, 4, 10, 6, 1, False), 10),
    "overlapping": (mixture(2, 8, 25, 1.2, 1, False), 25),
    "unbalanced": (mixture(3, 5, 20, 2, 50, False), 20),
    "heavy_tailed": (mixture(4, 6, 12, 2, 5, True), 12),
    "many": (mixture(5, 2, 60, 8, 3, False), 60),
    "one_heap": (mixture(6, 3, 2, 0.5, 1, False), 8),
}

if __name__ == "__main__":
    with open("large.csv", "w") as out:
        out.write("set,k,inertia\n")
        for name, (rows, k) in SETS.items():
            z = StandardScaler().fit_transform(rows)
            best = KMeans(k, n_init=100, random_state=0).fit(z)
            out.write(f"{name},{k},{float(best.inertia_)!r}\n")
            out.flush()
