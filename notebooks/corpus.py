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
# # The corpus
# What the bundled articles hold: labels, actors, and one event as opposed outlets tell it.

# %%
import matplotlib.pyplot as plt
import pandas as pd

from training.data import bundled
from training.schema import STANCES

COLOURS = {"against": "#c0504d", "neutral": "#bfbfbf", "favor": "#4f9d69"}
pd.set_option("display.max_colwidth", None)
rows = bundled(contrast=False).to_pandas()
counted = ["article_id", "event", "outlet", "actor", "sentence_id"]
rows[counted].nunique().rename("different").to_frame()

# %% [markdown]
# ## Labels
# Most pairs are reported without judgement; who judges is the outlet itself or somebody it reports.

# %%
pd.crosstab(rows["stance"], rows["voice"].fillna("none")).loc[list(STANCES)]

# %%
shares = pd.crosstab(rows["register"], rows["stance"], normalize="index")[list(STANCES)]
shares.plot.barh(stacked=True, color=COLOURS, xlabel="share of pairs", ylabel="", figsize=(6, 5))
plt.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.tight_layout()

# %% [markdown]
# ## Actors
# A model that knew only the name should learn little: the most frequent actors are judged both ways.

# %%
often = rows["actor"].value_counts().head(15).index
actors = pd.crosstab(rows["actor"], rows["stance"], normalize="index").loc[often, list(STANCES)]
actors[::-1].plot.barh(stacked=True, color=COLOURS, xlabel="share of pairs", ylabel="", figsize=(6, 5))
plt.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.tight_layout()

# %% [markdown]
# ## One event, several outlets
# The event whose outlets part most over one actor; the words that carry the stance stand beside it.

# %%
SIGN = {"against": -1, "neutral": 0, "favor": 1}
tone = rows.assign(tone=rows["stance"].map(SIGN)).groupby(["event", "actor", "outlet"])["tone"].mean()
apart = tone.groupby(["event", "actor"]).agg(lambda means: means.max() - means.min())
event, actor = apart.idxmax()
told = rows[(rows["event"] == event) & (rows["actor"] == actor)]


def words(row):
    """The evidence, as it stands in the sentence."""
    return " · ".join(row["sentence"][span["start"] : span["end"]] for span in row["evidence"])


print(event, actor)
told.assign(evidence=told.apply(words, axis=1))[["outlet", "stance", "evidence", "sentence"]]

# %% [markdown]
# ## Lengths

# %%
length = rows.drop_duplicates("sentence_id")["sentence"].str.split().str.len()
length.describe(percentiles=[0.05, 0.5, 0.95]).round(1).to_frame("words a sentence")
