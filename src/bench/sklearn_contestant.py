"""Reads users, clusters them with scikit-learn and writes their clusters. Arguments: input, output, k, n_init."""

import sys

import pandas as pd
from sklearn.cluster import KMeans
from sklearn.preprocessing import StandardScaler

source, target, k, n_init = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
users = pd.read_csv(source)
points = StandardScaler().fit_transform(users.iloc[:, 1:])
clusters = KMeans(k, n_init=n_init, random_state=0).fit(points).labels_
pd.DataFrame({"user_id": users.iloc[:, 0], "cluster": clusters}).to_csv(target, index=False)
