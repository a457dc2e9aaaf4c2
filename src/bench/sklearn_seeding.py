"""Clusters a table of SeedingGrid with scikit-learn. Prints the inertia of the best restart and the processor time in seconds.

Arguments: a file of big-endian doubles, column after column; number of columns; number of clusters; number of restarts; and the number
of the best restarts that continue with tol=0 until no centroid moves (0 for none).
"""
import sys
import time

import numpy
from sklearn.cluster import KMeans

columns = numpy.fromfile(sys.argv[1], dtype=">f8").astype(float).reshape(int(sys.argv[2]), -1)
rows = numpy.ascontiguousarray(columns.T)
clusters, restarts, continued = (int(argument) for argument in sys.argv[3:6])


def start(seed):
    return KMeans(clusters, n_init=1, random_state=seed, algorithm="lloyd", max_iter=300).fit(rows)


def converged(fitted):
    return KMeans(clusters, n_init=1, init=fitted.cluster_centers_, algorithm="lloyd", max_iter=300, tol=0).fit(rows)


before = time.process_time()
if continued == 0:
    inertia = KMeans(clusters, n_init=restarts, random_state=0).fit(rows).inertia_
else:
    best = sorted((start(seed) for seed in range(restarts)), key=lambda fitted: fitted.inertia_)[:continued]
    inertia = min(converged(fitted).inertia_ for fitted in best)
print(inertia, time.process_time() - before)
