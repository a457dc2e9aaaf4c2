"""Clusters a table of SeedingGrid with scikit-learn. Prints the inertia of the best restart and the processor time in seconds.

Arguments: a file of big-endian doubles, column after column; number of columns; number of clusters; number of restarts.
"""
import sys
import time

import numpy
from sklearn.cluster import KMeans

columns = numpy.fromfile(sys.argv[1], dtype=">f8").astype(float).reshape(int(sys.argv[2]), -1)
rows = numpy.ascontiguousarray(columns.T)
before = time.process_time()
inertia = KMeans(n_clusters=int(sys.argv[3]), n_init=int(sys.argv[4]), random_state=0).fit(rows).inertia_
print(inertia, time.process_time() - before)
