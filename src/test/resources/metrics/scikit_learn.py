"""Makes scikit_learn.json, the figures that ClusterMetricsTest compares with; not needed to run it.

From the top folder, with numpy and scikit-learn 1.2 or newer:
    python3 src/test/resources/metrics/scikit_learn.py
"""
import csv
import json
import os

import numpy as np
import sklearn
from sklearn import cluster, datasets, metrics

HERE = os.path.dirname(os.path.abspath(__file__))
GRID = 2.0**24


def standardized(x):
    return np.rint((x - x.mean(axis=0)) / x.std(axis=0) * GRID) / GRID


def sample():
    with open("data/customer_segmentation_data.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name not in ("user_id", "expected_persona")]
    return np.array([[float(row[name]) for name in columns] for row in rows])


def unbalanced():
    """Five groups of 120, 60, 30, 9 and 1 points in the plane; the last is alone in its cluster."""
    random = np.random.default_rng(5)
    centres = [(0, 0), (6, 1), (2, 7), (-5, 5), (30, -20)]
    sizes = [120, 60, 30, 9, 1]
    return np.vstack([c + random.normal(size=(n, 2)) for c, n in zip(centres, sizes)])


def case(name, x, k):
    model = cluster.KMeans(k, n_init=50, tol=0, random_state=1).fit(x)
    labels = model.labels_
    return {
        "name": name,
        "k": k,
        "centroids": model.cluster_centers_.tolist(),
        "inertia": model.inertia_,
        "silhouette": metrics.silhouette_score(x, labels, metric="sqeuclidean"),
        "daviesBouldin": metrics.davies_bouldin_score(x, labels),
        "calinskiHarabasz": metrics.calinski_harabasz_score(x, labels),
        "smallestShare": np.bincount(labels).min() / len(x),
    }


def main():
    sets = {
        "sample": (standardized(sample()), (2, 3, 4, 8)),
        "unbalanced": (standardized(unbalanced()), (2, 5, 6)),
        "iris": (standardized(datasets.load_iris().data), (2, 3, 5)),
    }
    result = {
        "scikit-learn": sklearn.__version__,
        "points": {name: x.tolist() for name, (x, _) in sets.items()},
        "cases": [case(name, x, k) for name, (x, ks) in sets.items() for k in ks],
    }
    with open(os.path.join(HERE, "scikit_learn.json"), "w", encoding="utf-8") as file:
        json.dump(result, file)
        file.write("\n")


main()
