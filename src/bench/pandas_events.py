"""Computes the measures of events.yaml as a user of pandas would. Arguments: input, output."""

import sys

import pandas as pd

source, target = sys.argv[1:]
events = pd.read_csv(source, parse_dates=["at"])
day = events["at"].dt.floor("D")
by_user = events.assign(day=day, call=events["type"] == "api_call").groupby("user_id")
users = by_user.agg(
    events=("amount", "size"),
    revenue=("amount", "sum"),
    mean_amount=("amount", "mean"),
    calls=("call", "sum"),
    last=("day", "max"),
    active_days=("day", "nunique"))
users["recency_days"] = (day.max() - users.pop("last")).dt.days
users.to_csv(target)
