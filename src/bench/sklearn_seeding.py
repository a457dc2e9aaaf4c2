"""Clusters a table of SeedingGrid with ten restarts of scikit-learn; prints inertia and processor seconds.

Arguments: a file of big-endian doubles, column by column; the number of columns; the number of clusters.
"""
import sys
import time

import numpy
from sklearn.cluster import KMeans

columns = numpy.fromfile(sys.argv[1], dtype=">f8").astype(float).reshape(int(sys.argv[2]), -1)
rows = numpy.ascontiguousarray(columns.T)
before = time.process_time()
inertia = KMeans(n_clusters=int(sys.argv[3]), n_init=10, random_state=0).fit(rows).inertia_
print(inertia, time.process_time() - before)
