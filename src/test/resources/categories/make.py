"""Writes customers.csv and expected.csv: a category and a weight by scikit-learn's encoders and K-Means."""
import csv
import random

import numpy as np
from sklearn.cluster import KMeans
from sklearn.preprocessing import OneHotEncoder, StandardScaler

random.seed(20261129)
PLANS = ["basic", "pro, yearly", 'the "big" one']
TYPICAL = {0: (20, 5, [8, 1, 1, 1]), 1: (60, 2, [1, 8, 1, 1]), 2: (45, 9, [1, 1, 8, 2])}
WEIGHT = 1.5
customers = []
for i in range(400):
    spend, visits, plans = TYPICAL[random.choices(range(3), [5, 3, 2])[0]]
    customers.append({
        "customer": f"c{i}",
        "spend": repr(round(random.gauss(spend, 6), 2)),
        "plan": random.choices(PLANS + ["trial"], plans)[0],
        "visits": str(max(0, round(random.gauss(visits, 1.5)))),
    })
with open("customers.csv", "w", newline="") as out:
    table = csv.DictWriter(out, customers[0].keys(), lineterminator="\n")
    table.writeheader()
    table.writerows(customers)

numbers = np.array([[float(c["spend"]), float(c["visits"])] for c in customers])
scaler = StandardScaler().fit(numbers)
# The spec lists three plans; the fourth is "other".
plans = np.array([[c["plan"] if c["plan"] in PLANS else "other"] for c in customers])
indicators = OneHotEncoder(categories=[PLANS + ["other"]], sparse_output=False).fit_transform(plans)
shares = indicators.mean(axis=0)
unit = np.sqrt((shares * (1 - shares)).sum())
standardized = scaler.transform(numbers)
users = np.column_stack([standardized[:, 0] * WEIGHT, (indicators - shares) / unit, standardized[:, 1]])
best = KMeans(n_clusters=3, n_init=200, random_state=1, tol=0).fit(users)

with open("expected.csv", "w", newline="") as out:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["figure", "spend", *("plan=" + plan for plan in PLANS), "plan=other", "visits"])
    table.writerow(["mean", *map(repr, map(float, [scaler.mean_[0], *shares, scaler.mean_[1]]))])
    table.writerow(["unit", *map(repr, map(float, [scaler.scale_[0] / WEIGHT, *[unit] * 4, scaler.scale_[1]]))])
    for center in sorted(best.cluster_centers_.tolist()):
        table.writerow(["center", *map(repr, center)])
    table.writerow(["inertia", repr(float(best.inertia_)), "", "", "", "", ""])
