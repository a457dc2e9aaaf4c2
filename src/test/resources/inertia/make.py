"""Makes the data sets beside it and, in expected.csv, the best inertia of 100 scikit-learn restarts.

Needs numpy and scikit-learn; those files were made with 1.2.1. Run it in this folder.
"""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(20261123)


def mixture(n, d, k, spread, weights=None):
    centres = rng.normal(size=(k, d)) * spread
    weights = np.ones(k) if weights is None else weights
    cluster = rng.choice(k, n, p=weights / weights.sum())
    return centres[cluster] + rng.normal(size=(n, d))


def customers(n):
    segment = rng.choice(5, n, p=[0.4, 0.3, 0.15, 0.1, 0.05])
    orders = rng.poisson(np.exp(rng.normal(0.5 + 0.4 * segment, 0.6)))
    return np.column_stack([
        rng.normal(40, 12, n).round(),
        np.exp(rng.normal(10, 0.5, n) + 0.1 * segment).round(),
        orders,
        orders * np.exp(rng.normal(3, 0.6, n)),
        rng.exponential(60 / (1 + orders)),
        rng.integers(0, 2, n),
    ])


SETS = {
    "overlapping": (mixture(300, 4, 5, 1.2), 5),
    "twenty": (mixture(1000, 2, 20, 6), 20),
    "unbalanced": (mixture(800, 5, 10, 1.5, rng.exponential(size=10) ** 2 + 0.02), 10),
    "hundred": (mixture(1000, 2, 100, 12), 100),
    "log_normal": (rng.lognormal(0, 1, size=(600, 5)), 8),
    "heavy_tailed": (rng.standard_t(2, size=(600, 6)), 12),
    "uniform": (rng.random((600, 2)), 9),
    "wide": (np.log1p(rng.lognormal(2, 1, size=(200, 30))), 6),
    "customers": (customers(700), 6),
    "few": (customers(100), 4),
}

with open("expected.csv", "w") as out:
    out.write("set,k,inertia\n")
    for name, (rows, k) in SETS.items():
        rows = np.round(rows, 3)
        header = ",".join(f"f{i}" for i in range(rows.shape[1]))
        np.savetxt(f"{name}.csv", rows, fmt="%.10g", delimiter=",", header=header, comments="")
        z = StandardScaler().fit_transform(rows)
        best = KMeans(k, n_init=100, random_state=0).fit(z)
        out.write(f"{name},{k},{float(best.inertia_)!r}\n")
