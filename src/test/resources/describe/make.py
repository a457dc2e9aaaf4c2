"""Writes users.csv and expected.csv: figures of described columns by numpy and scipy."""
import csv
import math
import random

import numpy as np
from scipy import stats

random.seed(20261129)
K = 3
PLANS = ["basic", "pro, yearly", 'the "big" one', "=odd"]
users = []
for i in range(240):
    cluster = random.choices(range(K), [5, 3, 2])[0]
    users.append({
        "cluster": cluster,
        "revenue": "" if random.random() < 0.1 else repr(round(random.gauss(100 + 30 * cluster, 40), 2)),
        "churned": "NA" if random.random() < 0.05 else random.choices(["yes", "no"], [3 - cluster, 2 + cluster])[0],
        "plan": random.choices(PLANS, [4 - cluster, 2, 1 + cluster, 1])[0],
        "since": f"20{random.randint(18, 25)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}",
        "luck": str(random.randint(0, 9)),
    })
with open("users.csv", "w", newline="") as out:
    table = csv.DictWriter(out, users[0].keys(), lineterminator="\n")
    table.writeheader()
    table.writerows(users)

REPLICATES = 20_000
generator = np.random.default_rng(6)


def bootstrap(values):
    """By cluster the 95% intervals of the mean and of the mean minus that of all: users are resampled."""
    clusters = np.array([user["cluster"] for user in users])
    own = [[] for _ in range(K)]
    difference = [[] for _ in range(K)]
    for _ in range(REPLICATES):
        drawn = generator.integers(0, len(users), len(users))
        value, cluster = values[drawn], clusters[drawn]
        everyone = np.nanmean(value)
        for j in range(K):
            mean = np.nanmean(value[cluster == j])
            own[j].append(mean)
            difference[j].append(mean - everyone)
    return [[*np.percentile(own[j], [2.5, 97.5]), *np.percentile(difference[j], [2.5, 97.5])] for j in range(K)]


EPOCH = np.datetime64("1970-01-01")


def figures(values):
    """Rows of users, value, all, index, effect, v-test for values (NaN: missing) by cluster."""
    clusters = np.array([user["cluster"] for user in users])
    present = ~np.isnan(values)
    everyone = values[present]
    n = len(everyone)
    for j in range(K):
        mine = values[present & (clusters == j)]
        rest = values[present & (clusters != j)]
        yield mine, rest, everyone, n


def mean_rows(values):
    for mine, rest, everyone, n in figures(values):
        pooled = math.sqrt(((len(mine) - 1) * mine.var(ddof=1) + (len(rest) - 1) * rest.var(ddof=1)) / (n - 2))
        v = (mine.mean() - everyone.mean()) / math.sqrt(everyone.var() / len(mine) * (n - len(mine)) / (n - 1))
        p = max(2 * stats.norm.sf(abs(v)), stats.ttest_ind(mine, rest, equal_var=False).pvalue)
        yield len(mine), mine.mean(), everyone.mean(), (mine.mean() - rest.mean()) / pooled, v, p


def share_rows(values):
    for mine, rest, everyone, n in figures(values):
        table = [[mine.sum(), len(mine) - mine.sum()], [rest.sum(), len(rest) - rest.sum()]]
        chi2 = stats.chi2_contingency(table, correction=False)[0]
        phi = math.copysign(math.sqrt(chi2 / n), mine.mean() - rest.mean())
        v = (mine.mean() - everyone.mean()) / math.sqrt(everyone.var() / len(mine) * (n - len(mine)) / (n - 1))
        chance = stats.hypergeom(n, int(everyone.sum()), len(mine))
        p = min(1, 2 * min(chance.cdf(mine.sum()), chance.sf(mine.sum() - 1)))
        yield len(mine), mine.mean(), everyone.mean(), phi, v, p


def column(name):
    return [user[name] for user in users]


rows = []
strengths = {}


def add_mean(name, values):
    groups = [mine for mine, *_ in figures(values)]
    everyone = values[~np.isnan(values)]
    between = sum(len(g) * (g.mean() - everyone.mean()) ** 2 for g in groups)
    strengths[name] = math.sqrt(between / (len(everyone) * everyone.var()))
    for j, (row, ends) in enumerate(zip(mean_rows(values), bootstrap(values))):
        rows.append([name, "", j, *row, *ends])


add_mean("revenue", np.array([float(v) if v else math.nan for v in column("revenue")]))
add_mean("luck", np.array([float(v) for v in column("luck")]))
add_mean("since", np.array([(np.datetime64(v) - EPOCH).astype(int) for v in column("since")], dtype=float))
churned = np.array([{"yes": 1.0, "no": 0.0}.get(v, math.nan) for v in column("churned")])
for j, (row, ends) in enumerate(zip(share_rows(churned), bootstrap(churned))):
    rows.append(["churned", "", j, *row, *ends])
cross = [[sum(1 for u in users if u["cluster"] == j and u["churned"] == v) for v in ("yes", "no")] for j in range(K)]
strengths["churned"] = stats.contingency.association(cross, method="cramer")
for plan in PLANS:
    having = np.array([1.0 if v == plan else 0.0 for v in column("plan")])
    for j, (row, ends) in enumerate(zip(share_rows(having), bootstrap(having))):
        rows.append(["plan", plan, j, *row, *ends])
cross = [[sum(1 for u in users if u["cluster"] == j and u["plan"] == p) for p in PLANS] for j in range(K)]
strengths["plan"] = stats.contingency.association(cross, method="cramer")

p = np.array([row[8] for row in rows])
kept = stats.false_discovery_control(p) <= 0.05
with open("expected.csv", "w", newline="") as out:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["column", "level", "cluster", "users", "value", "all", "effect", "v_test", "p_value",
                    "value_low", "value_high", "difference_low", "difference_high", "strength", "chance"])
    for row, keep in zip(rows, kept):
        table.writerow(row[:4] + [repr(float(x)) for x in row[4:]] + [repr(float(strengths[row[0]])), "no" if keep else "yes"])
