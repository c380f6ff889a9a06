# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: -all
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
# ---

# %% [markdown]
# # Framing of an actor across outlets
# The champion reads sentences; outlet by outlet it tells how an actor is presented, in which words. For
# your own archive type `make predict ARGS="input=archive.csv output=read.parquet"` and read that file here.

# %%
import os
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from training import tracking
from training.data import bundled
from training.schema import STANCES

if not Path("mlflow.db").exists():
    os.chdir("..")
tracking.connect()
tested = set(tracking.answers(tracking.champion("stance").run_id, "test")["sentence_id"])
rows = bundled(contrast=False).to_pandas()
rows = rows[rows["sentence_id"].isin(tested)].reset_index(drop=True)
told = tracking.load("stance").predict(rows[["sentence", "actor", "mentions"]])
read = rows[["outlet", "actor", "sentence"]].join(told)
f"{len(read):,} pairs that the model was not trained on"

# %% [markdown]
# ## Who is presented differently
# The actors on whom outlets part most, by the mean of p(favor) - p(against); outlets with three rows or more.

# %%
read["tone"] = read["p_favor"] - read["p_against"]
by = read.groupby(["actor", "outlet"])["tone"].agg(["mean", "size"]).query("size >= 3")["mean"]
spread = by.groupby("actor").agg(["min", "max", "size"]).query("size >= 2")
spread.assign(apart=spread["max"] - spread["min"]).nlargest(10, "apart").round(2)

# %% [markdown]
# ## One actor

# %%
ACTOR = (spread["max"] - spread["min"]).idxmax()
COLOURS = {"against": "#c0504d", "neutral": "#bfbfbf", "favor": "#4f9d69"}
of = read[read["actor"] == ACTOR]
mean = (
    of.groupby("outlet")[[f"p_{stance}" for stance in STANCES]].mean().rename(columns=lambda name: name[2:])
)
mean.sort_values("against").plot.barh(
    stacked=True, color=COLOURS, figsize=(6, 0.9 + 0.35 * len(mean)), ylabel=""
)
plt.title(ACTOR)
plt.xlabel("mean probability")
plt.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.tight_layout()

# %% [markdown]
# ## In which words
# The spans that carry the stance, as the model found them, by outlet.

# %%
spans = of.query("stance != 'neutral'").explode("evidence").dropna(subset="evidence")
spans["words"] = [span["text"] for span in spans["evidence"]]
spans.groupby(["outlet", "stance"])["words"].agg(lambda words: " · ".join(dict.fromkeys(words))).to_frame()

# %% [markdown]
# ## The sentences

# %%
pd.set_option("display.max_colwidth", None)
of[["outlet", "stance", "tone", "sentence"]].sort_values("tone").round(2)
