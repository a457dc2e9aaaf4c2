"""What pandas computes from events.csv, for the test PandasEventsTest: python3 expected.py"""

import math

import pandas as pd

MISSING = ["", "NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "\\N", "?", "-"]

events = pd.read_csv("events.csv", dtype=str, na_values=MISSING, keep_default_na=False)
# round_trip, so that a decimal is the nearest double.
events["amount"] = pd.read_csv(
    "events.csv", usecols=["amount"], float_precision="round_trip")["amount"]
# One by one, because the column has times with a zone and times without one, which are in UTC.
events["at"] = [
    stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
    for stamp in map(pd.Timestamp, events["at"])]
events["day"] = events["at"].dt.floor("D")
orders = events[events["type"] == "order"]
large = events[events["type"].isin(["order", "refund"]) & (events["amount"] > 100)]
recent = events[(events["at"] >= "2026-09-01") & (events["type"] != "refund")]
as_of = events["day"].max()


def order_of_text(text):
    """Numbers stand behind other texts and are compared as numbers."""
    try:
        return (1, float(text), text)
    except ValueError:
        return (0, 0.0, text)


def last(group):
    known = group.dropna(subset=["plan"])
    if known.empty:
        return None
    latest = known[known["at"] == known["at"].max()]
    return max(latest["plan"], key=order_of_text)


def exact_sum(values):
    """The sum of pandas depends on the order; math.fsum is the correctly rounded one."""
    return math.fsum(values.dropna())


by_customer = events.groupby("customer")
users = pd.DataFrame({
    "events": by_customer.size(),
    "orders": orders.groupby("customer").size(),
    "revenue": orders.groupby("customer")["amount"].apply(exact_sum),
    "mean_amount": by_customer["amount"].mean(),
    "smallest": by_customer["amount"].min(),
    "largest_order": orders.groupby("customer")["amount"].max(),
    "large": large.groupby("customer").size(),
    "recent": recent.groupby("customer").size(),
    "products": by_customer["product"].nunique(),
    "plan": by_customer.apply(last),
    "recency": (as_of - orders.groupby("customer")["day"].max()).dt.days,
    "tenure": (as_of - by_customer["day"].min()).dt.days,
    "active": by_customer["day"].nunique(),
})
for name in ["orders", "revenue", "large", "recent"]:
    users[name] = users[name].fillna(0)
for name in ["orders", "large", "recent", "recency"]:
    users[name] = users[name].astype("Int64")
users.sort_index().to_csv("expected.csv")
