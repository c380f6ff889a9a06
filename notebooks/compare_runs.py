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
# # Comparing runs
# Runs of one experiment from MLflow, with their intervals, and the two best pair by pair. Train some first:
# `make train ARGS="-m features=combined,window,lexicon"`.

# %%
import os
from pathlib import Path

import matplotlib.pyplot as plt
import mlflow

from training import tracking
from training.metrics import paired

if not Path("mlflow.db").exists():
    os.chdir("..")
tracking.connect()
METRIC = "macro_f1"

runs = mlflow.search_runs(
    experiment_names=["stance-bundled-event"],
    filter_string=f"attributes.status = 'FINISHED' and metrics.`test/{METRIC}` > 0",
    order_by=[f"metrics.`validation/{METRIC}` DESC"],
).drop_duplicates("tags.words")
columns = {
    f"metrics.{part}/{name}": f"{part} {name}" for part in ("validation", "test") for name in (METRIC, "ece")
}
columns |= {"metrics.behaviour/all": "behaviour", "metrics.fit_seconds": "fit, s"}
table = runs.set_index("tags.mlflow.runName").reindex(columns=list(columns)).rename(columns=columns)
table.round(3)

# %% [markdown]
# ## With their intervals
# Where intervals overlap, the order may be chance; the paired comparison below is the sharper instrument.

# %%
best = runs.head(10)[::-1].reset_index(drop=True)
for shift, part in ((0.12, "validation"), (-0.12, "test")):
    value, low, high = (best[f"metrics.{part}/{METRIC}{end}"] for end in ("", "_low", "_high"))
    plt.errorbar(value, best.index + shift, xerr=[value - low, high - value], fmt="o", capsize=3, label=part)
plt.yticks(best.index, best["tags.mlflow.runName"])
plt.xlabel(METRIC)
plt.legend()
plt.tight_layout()

# %% [markdown]
# ## Pair by pair
# Each run against the best on validation, on the validation rows: the difference with its 95 % interval,
# and how often chance alone would set them as far apart.

# %%
first, *others = runs["run_id"].head(5)
ours = tracking.answers(first, "validation")
for other in others:
    theirs = tracking.answers(other, "validation")
    if list(theirs["sentence_id"]) != list(ours["sentence_id"]):
        continue
    told = paired(
        list(ours["given"]), list(ours["predicted"]), list(theirs["predicted"]), list(ours["article_id"])
    )
    print(
        f"{tracking.name_of(other)} against {tracking.name_of(first)}:"
        f" {100 * told['difference']:+.1f} ({100 * told['difference_low']:+.1f} to"
        f" {100 * told['difference_high']:+.1f}), p {told['p_randomisation']:.3f}"
    )

# %% [markdown]
# ## What they pass
# Behaviour cases, capability by capability.

# %%
passed = runs.set_index("tags.mlflow.runName").filter(like="metrics.behaviour/").head(5).T
passed.index = passed.index.str.removeprefix("metrics.behaviour/")
passed.mul(100).round(0).sort_values(passed.columns[0])
