"""Reads users, clusters them with scikit-learn and writes their clusters. Arguments: input, output, k, n_init, columns.

The columns are "cluster", or "all" for the seven columns that `segment` writes: the persona of a
cluster is its number, and an outlier is farther from its centroid than 99.5% of its cluster.
"""

import sys

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

source, target, k, n_init, columns = sys.argv[1:]
users = pd.read_csv(source)
points = StandardScaler().fit_transform(users.iloc[:, 1:])
model = KMeans(int(k), n_init=int(n_init), random_state=0).fit(points)
result = pd.DataFrame({"user_id": users.iloc[:, 0], "cluster": model.labels_})
if columns == "all":
    distances = model.transform(points)
    rows = np.arange(len(points))
    nearest = model.labels_
    distance = distances[rows, nearest]
    distances[rows, nearest] = np.inf
    second = distances.argmin(axis=1)
    second_distance = distances[rows, second]
    names = np.array([f"persona {cluster}" for cluster in range(int(k))])
    edges = pd.Series(distance).groupby(nearest).quantile(0.995).to_numpy()
    result["persona"] = names[nearest]
    result["distance"] = distance.round(4)
    result["second_persona"] = names[second]
    result["margin"] = ((second_distance - distance) / second_distance).round(4)
    result["outlier"] = np.where(distance > edges[nearest], "true", "false")
result.to_csv(target, index=False)
