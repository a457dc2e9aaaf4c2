"""Writes customers.csv and expected.csv: records with weights, by scikit-learn's sample_weight."""
import csv
import random

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler

random.seed(20261130)
PLANS = ["basic", "pro"]
TYPICAL = {0: (20, 5, [8, 1, 1]), 1: (60, 2, [1, 8, 1]), 2: (45, 9, [1, 1, 8])}
customers = []
for i in range(240):
    spend, visits, plans = TYPICAL[random.choices(range(3), [5, 3, 2])[0]]
    customers.append({
        "customer": f"c{i}",
        "spend": repr(round(random.gauss(spend, 6), 2)),
        "plan": random.choices(PLANS + ["trial"], plans)[0],
        "visits": str(max(0, round(random.gauss(visits, 1.5)))),
        "region": random.choice(["north", "south", "west"]),
        "users": str(random.choices([0, 1, 2, 3, 12], [1, 6, 4, 3, 1])[0]),
    })
with open("customers.csv", "w", newline="") as out:
    table = csv.DictWriter(out, customers[0].keys(), lineterminator="\n")
    table.writeheader()
    table.writerows(customers)

weights = np.array([int(c["users"]) for c in customers])
numbers = np.array([[float(c["spend"]), float(c["visits"])] for c in customers])
scaler = StandardScaler().fit(numbers, sample_weight=weights)
# The spec lists two plans; the third is "other".
plans = np.array([[c["plan"] if c["plan"] in PLANS else "other"] for c in customers])
indicators = OneHotEncoder(categories=[PLANS + ["other"]], sparse_output=False).fit_transform(plans)
shares = np.average(indicators, axis=0, weights=weights)
unit = np.sqrt((shares * (1 - shares)).sum())
standardized = scaler.transform(numbers)
points = np.column_stack([standardized[:, 0], (indicators - shares) / unit, standardized[:, 1]])
best = KMeans(n_clusters=3, n_init=200, random_state=1, tol=0).fit(points, sample_weight=weights)
raw = np.column_stack([numbers[:, 0], indicators, numbers[:, 1]])
repeated = np.repeat(points, weights, axis=0)
labels = np.repeat(best.labels_, weights)

order = sorted(range(3), key=lambda j: best.cluster_centers_[j].tolist())
with open("expected.csv", "w", newline="") as out:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["figure", "spend", *("plan=" + plan for plan in PLANS), "plan=other", "visits"])
    table.writerow(["mean", *map(repr, map(float, [scaler.mean_[0], *shares, scaler.mean_[1]]))])
    table.writerow(["unit", *map(repr, map(float, [scaler.scale_[0], *[unit] * 3, scaler.scale_[1]]))])
    for j in order:
        own = best.labels_ == j
        table.writerow(["center", *map(repr, best.cluster_centers_[j].tolist())])
        table.writerow(["rawMean", *map(repr, np.average(raw[own], axis=0, weights=weights[own]).tolist())])
        table.writerow(["users", int(weights[own].sum()), "", "", "", ""])
    for figure, value in {
        "inertia": best.inertia_,
        "silhouette": silhouette_score(repeated, labels, metric="sqeuclidean"),
        "daviesBouldin": davies_bouldin_score(repeated, labels),
        "calinskiHarabasz": calinski_harabasz_score(repeated, labels),
    }.items():
        table.writerow([figure, repr(float(value)), "", "", "", ""])
